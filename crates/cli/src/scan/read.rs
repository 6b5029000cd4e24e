//! Reads and judges all files at once, and puts what was said in the order of the files.

use std::sync::Arc;

use kordon_assess::{Assessed, Assessment, Assessor};
use kordon_finding::{Coverage, Covered, Finding, State};
use kordon_manifest::{FileOutcome, Input, Limits, Loss, Problem, Reading, Reason, What, read_all};
use kordon_model::{Object, item_objects, objects};
use kordon_report::{Artifacts, Replacement};
use parking_lot::Mutex;

use super::mend;
use crate::{common::Output, progress::Progress};

/// What a scan has to say.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    pub(crate) findings: Vec<Finding>,
    pub(crate) coverage: Vec<Coverage>,
    /// Of each finding, where the report can carry fixes of text; else empty.
    pub(crate) replacements: Vec<Box<[Replacement]>>,
    /// What was read, but perhaps not as its author meant it: for standard error.
    pub(crate) notes: Vec<String>,
    /// Indices of inputs of which nothing was read.
    pub(crate) lost: Vec<usize>,
}

/// Whether fixes are wanted as changes of text, which costs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TextFixes {
    Wanted,
    Unwanted,
}

/// What one part of a file gave.
#[derive(Default)]
struct Part {
    assessed: Assessed,
    replacements: Vec<Box<[Replacement]>>,
    notes: Vec<String>,
    n_objects: usize,
}

/// Asks the assessor about every object.
pub(crate) fn assess(
    inputs: &[Input],
    limits: Limits,
    assessor: &Assessor,
    output: &Output,
) -> Scanned {
    let engine = Engine {
        start: || assessor.start(),
        assess: |assessment: &mut Assessment<'_>, object: Object<'_>, file: &Arc<str>| {
            assessment.assess(object, file)
        },
    };
    let (mut scanned, assessments) = read(inputs, limits, &engine, output);
    let Assessed { mut findings, coverage } = assessor.finish(assessments);
    // Threads see objects in any order.
    findings.sort_by(|a, b| (&a.location, a.fingerprint).cmp(&(&b.location, b.fingerprint)));
    scanned.findings.extend(findings);
    scanned.coverage.extend(coverage);
    scanned
}

/// What is asked about objects: how a thread begins, and what it says about one object.
pub(crate) struct Engine<Start, Assess> {
    pub(crate) start: Start,
    pub(crate) assess: Assess,
}

/// Reads all inputs and asks about every object; gives what each thread keeps for the end, too.
pub(crate) fn read<State: Send>(
    inputs: &[Input],
    limits: Limits,
    engine: &Engine<
        impl Fn() -> State + Sync,
        impl Fn(&mut State, Object<'_>, &Arc<str>) -> Assessed + Sync,
    >,
    output: &Output,
) -> (Scanned, Vec<State>) {
    let names: Vec<Arc<str>> = inputs.iter().map(|input| Arc::from(&*input.name)).collect();
    let pool: Mutex<Vec<State>> = Mutex::new(Vec::new());
    let progress = Progress::new(inputs.len(), output.wants_progress());
    let outcomes = read_all(inputs, limits, |reading| {
        let taken = pool.lock().pop();
        let mut state = taken.unwrap_or_else(|| (engine.start)());
        progress.reached(reading.file);
        let mut assess =
            |object: Object<'_>, file: &Arc<str>| (engine.assess)(&mut state, object, file);
        let part = judge(reading, &names, &mut assess, output.text_fixes());
        pool.lock().push(state);
        part
    });
    progress.finish();
    let mut scanned = Scanned::default();
    // At once: growing step by step would need the room twice.
    let parts = outcomes.iter().flat_map(|outcome| &outcome.parts);
    let n_findings = parts.map(|part| part.assessed.findings.len()).sum();
    scanned.findings.reserve_exact(n_findings);
    if output.text_fixes() == TextFixes::Wanted {
        scanned.replacements.reserve_exact(n_findings);
    }
    for (idx, outcome) in outcomes.into_iter().enumerate() {
        if outcome.problems.iter().any(|problem| problem.loss == Loss::File) {
            scanned.lost.push(idx);
        }
        scanned.add_file(&names[idx], outcome);
    }
    (scanned, pool.into_inner())
}

fn judge(
    reading: Reading<'_>,
    names: &[Arc<str>],
    assess: &mut dyn FnMut(Object<'_>, &Arc<str>) -> Assessed,
    fixes: TextFixes,
) -> Part {
    let file = &names[reading.file];
    let mut part = Part::default();
    let document = match reading.document {
        Ok(document) => document,
        Err(problem) => {
            part.assessed.coverage.push(unread(file, &problem));
            return part;
        }
    };
    let source = document.tree.source();
    match document.what() {
        What::Empty | What::Other => return part,
        What::Kustomize(kind) => {
            let position = source.position(document.tree.root().span().start);
            let reason = Reason::Kustomize(kind).to_string();
            part.assessed.coverage.push(entry(file, (position.line, position.column), &reason));
            return part;
        }
        What::Object => {}
    }
    let root = document.tree.root();
    let found = match &document.item {
        Some(item) => item_objects(root, &item.list.api_version, &item.list.kind),
        None => objects(root),
    };
    for found in found {
        match found {
            Ok(object) => part.add(assess(object, file), object, fixes),
            Err(refused) => {
                let position = source.position(refused.node.span().start);
                let reason = format!("{}: {}", refused.path, refused.reason);
                let place = (position.line, position.column);
                part.assessed.coverage.push(entry(file, place, reason.trim_start_matches(": ")));
            }
        }
    }
    for note in &document.notes {
        let position = source.position(note.span.start);
        let (line, column) = (position.line, position.column);
        part.notes.push(format!("{file}:{line}:{column}: {}", note.kind.message()));
    }
    part
}

impl Part {
    fn add(&mut self, assessed: Assessed, object: Object<'_>, fixes: TextFixes) {
        self.n_objects += 1;
        if fixes == TextFixes::Wanted {
            let findings = assessed.findings.iter();
            let fixes = findings.map(|one| mend::replacements(object, one).into_boxed_slice());
            self.replacements.extend(fixes);
        }
        // Most documents are one object, whose findings need not be moved.
        if self.assessed.findings.is_empty() {
            self.assessed.findings = assessed.findings;
            self.assessed.findings.shrink_to_fit();
        } else {
            self.assessed.findings.extend(assessed.findings);
        }
        self.assessed.coverage.extend(assessed.coverage);
    }
}

impl Scanned {
    fn add_file(&mut self, name: &Arc<str>, outcome: FileOutcome<Part>) {
        let at = self.coverage.len();
        let mut n_objects = 0;
        for mut part in outcome.parts {
            n_objects += part.n_objects;
            self.findings.append(&mut part.assessed.findings);
            self.coverage.append(&mut part.assessed.coverage);
            self.replacements.append(&mut part.replacements);
            self.notes.append(&mut part.notes);
        }
        let lost = outcome.problems.iter().find(|problem| problem.loss == Loss::File);
        let others = outcome.problems.iter().filter(|problem| problem.loss != Loss::File);
        self.coverage.extend(others.map(|problem| unread(name, problem)));
        let n_missed = self.coverage.len() - at;
        let (state, reason) = match lost {
            Some(problem) => (State::NotAssessed, problem.reason.to_string()),
            None if n_missed > 0 && n_objects == 0 => {
                (State::NotAssessed, format!("nothing in it could be judged: {n_missed} parts"))
            }
            None if n_missed > 0 => (State::Partial, format!("{n_missed} parts, each named below")),
            None => (State::Assessed, String::new()),
        };
        let mut file = entry(name, (0, 0), &reason);
        (file.what, file.state) = (Covered::File, state);
        self.coverage.insert(at, file);
    }

    /// Takes the findings out that nobody wants to see; gives their number.
    pub(crate) fn retain(&mut self, is_shown: impl Fn(&Finding) -> bool) -> usize {
        let n_found = self.findings.len();
        // Findings about several objects come last and have no replacements.
        let mut findings = self.findings.iter();
        self.replacements.retain(|_| findings.next().is_some_and(&is_shown));
        self.findings.retain(is_shown);
        n_found - self.findings.len()
    }

    /// What was met while the files were looked for.
    pub(crate) fn add_problems(&mut self, problems: &[Problem]) {
        for problem in problems {
            let file = Arc::from(&*problem.file);
            self.coverage.push(unread(&file, problem));
        }
    }
}

impl Artifacts for Scanned {
    fn replacements(&self, finding_idx: usize) -> &[Replacement] {
        self.replacements.get(finding_idx).map_or(&[], |fixes| fixes)
    }
}

fn unread(file: &Arc<str>, problem: &Problem) -> Coverage {
    let place = problem.position.map_or((0, 0), |at| (at.line, at.column));
    let mut entry = entry(file, place, &problem.reason.to_string());
    match problem.loss {
        Loss::File => entry.what = Covered::File,
        Loss::Document => {}
        Loss::Partial => entry.state = State::Partial,
    }
    entry
}

/// A document that was not assessed.
fn entry(file: &Arc<str>, (line, column): (u32, u32), reason: &str) -> Coverage {
    Coverage {
        what: Covered::Document,
        file: Some(Arc::clone(file)),
        line,
        column,
        id: None,
        state: State::NotAssessed,
        reason: reason.into(),
    }
}
