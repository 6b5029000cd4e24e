//! Reads and judges all files at once, and puts what was said in the order of the files.

use std::sync::{Arc, Mutex, PoisonError};

use kordon_assess::{Assessed, Assessment, Assessor};
use kordon_finding::{Coverage, Covered, Finding, State};
use kordon_manifest::{
    Document, FileOutcome, Input, Limits, Loss, Problem, Reading, Reason, What, read_all,
};
use kordon_model::{Object, objects};

use crate::{common::Output, progress::Progress};

/// What a scan has to say.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    pub(crate) findings: Vec<Finding>,
    pub(crate) coverage: Vec<Coverage>,
    /// A file could not be read at all.
    pub(crate) is_unreadable: bool,
}

/// What one part of a file gave.
#[derive(Default)]
struct Part {
    assessed: Assessed,
    n_objects: usize,
}

pub(crate) fn assess(
    inputs: &[Input],
    limits: Limits,
    assessor: &Assessor,
    output: &Output,
) -> Scanned {
    let names: Vec<Arc<str>> = inputs.iter().map(|input| Arc::from(&*input.name)).collect();
    let pool: Mutex<Vec<Assessment<'_>>> = Mutex::new(Vec::new());
    let progress = Progress::new(inputs.len(), output.wants_progress());
    let outcomes = read_all(inputs, limits, |reading| {
        // A thread that panics leaves the pool as good as it was.
        let taken = pool.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut assessment = taken.unwrap_or_else(|| assessor.start());
        progress.reached(reading.file);
        let part = judge(reading, &names, &mut assessment);
        pool.lock().unwrap_or_else(PoisonError::into_inner).push(assessment);
        part
    });
    progress.finish();
    let mut scanned = Scanned::default();
    for (name, outcome) in names.iter().zip(outcomes) {
        scanned.add_file(name, outcome);
    }
    let assessments = pool.into_inner().unwrap_or_else(PoisonError::into_inner);
    let Assessed { findings, coverage } = assessor.finish(assessments);
    scanned.findings.extend(findings);
    scanned.coverage.extend(coverage);
    scanned
}

fn judge(reading: Reading<'_>, names: &[Arc<str>], assessment: &mut Assessment<'_>) -> Part {
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
    for note in &document.notes {
        let position = source.position(note.span.start);
        let mut entry = entry(file, (position.line, position.column), note.kind.message());
        entry.state = State::Partial;
        part.assessed.coverage.push(entry);
    }
    match document.what() {
        What::Empty | What::Other => {}
        What::Kustomize(kind) => {
            let position = source.position(document.tree.root().span().start);
            let reason = Reason::Kustomize(kind).to_string();
            part.assessed.coverage.push(entry(file, (position.line, position.column), &reason));
        }
        What::Object => judge_objects(&document, file, assessment, &mut part),
    }
    part
}

fn judge_objects(
    document: &Document,
    file: &Arc<str>,
    assessment: &mut Assessment<'_>,
    part: &mut Part,
) {
    for found in objects(document.tree.root()) {
        let found = found.or_else(|refused| implied(document).ok_or(refused));
        match found {
            Ok(object) => {
                part.n_objects += 1;
                let assessed = assessment.assess(object, file);
                part.assessed.findings.extend(assessed.findings);
                part.assessed.coverage.extend(assessed.coverage);
            }
            Err(refused) => {
                let position = document.tree.source().position(refused.node.span().start);
                let reason = format!("{}: {}", refused.path, refused.reason);
                part.assessed.coverage.push(entry(
                    file,
                    (position.line, position.column),
                    reason.trim_start_matches(": "),
                ));
            }
        }
    }
}

/// The item of a `PodList` that does not say that it is a Pod.
fn implied(document: &Document) -> Option<Object<'_>> {
    let list = &document.item.as_ref()?.list;
    let kind = list.kind.strip_suffix("List").filter(|kind| !kind.is_empty())?;
    let root = document.tree.root();
    root.is_map().then(|| Object::new(root, &list.api_version, kind))
}

impl Scanned {
    fn add_file(&mut self, name: &Arc<str>, outcome: FileOutcome<Part>) {
        let at = self.coverage.len();
        let mut n_objects = 0;
        for part in outcome.parts {
            n_objects += part.n_objects;
            self.findings.extend(part.assessed.findings);
            self.coverage.extend(part.assessed.coverage);
        }
        let lost = outcome.problems.iter().find(|problem| problem.loss == Loss::File);
        let others = outcome.problems.iter().filter(|problem| problem.loss != Loss::File);
        self.coverage.extend(others.map(|problem| unread(name, problem)));
        let n_missed = self.coverage.len() - at;
        let (state, reason) = match lost {
            Some(problem) => {
                self.is_unreadable |= matches!(problem.reason, Reason::Io(_));
                (State::NotAssessed, problem.reason.to_string())
            }
            None if n_missed > 0 => (State::Partial, format!("{n_missed} parts, each named below")),
            None if n_objects == 0 => (State::Assessed, "no Kubernetes object in it".to_owned()),
            None => (State::Assessed, String::new()),
        };
        let mut file = entry(name, (0, 0), &reason);
        (file.what, file.state) = (Covered::File, state);
        self.coverage.insert(at, file);
    }

    /// What was met while the files were looked for.
    pub(crate) fn add_problems(&mut self, problems: &[Problem]) {
        for problem in problems {
            let file = Arc::from(&*problem.file);
            self.coverage.push(unread(&file, problem));
        }
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
