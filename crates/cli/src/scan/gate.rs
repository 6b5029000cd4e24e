//! From a report to an exit code; what was not assessed is told on standard error.

use kordon_finding::{Coverage, Finding, State};
use kordon_report::{clean, missed};

use super::read::Scanned;
use crate::{
    common::{FailOn, Gate, Output},
    failure::{Exit, tell},
};

/// What the exit code follows from, beside the coverage.
#[derive(Clone, Copy)]
pub(crate) struct Outcome {
    pub(crate) is_at_gate: bool,
    /// A file that was asked for by name was not read at all.
    pub(crate) is_unreadable: bool,
}

impl Gate {
    /// Whether a finding makes the scan fail; hiding it does not help.
    pub(crate) fn stops(&self, finding: &Finding) -> bool {
        match self.fail_on() {
            FailOn::Never => false,
            FailOn::From(least) => finding.excepted.is_none() && finding.severity >= least,
        }
    }
}

/// Every entry, one a line; where the table has just shown them on this terminal, nothing.
pub(crate) fn tell_missed(output: &Output, scanned: &Scanned) {
    if output.quiet || output.is_looked_at() {
        return;
    }
    let mut text = String::new();
    for note in &scanned.notes {
        text.push_str(&format!("note: {}\n", clean(note)));
    }
    for entry in missed(&scanned.coverage) {
        let place = match (entry.file.as_deref(), entry.line) {
            (None, _) => String::new(),
            (Some(file), 0) => format!("{file}: "),
            (Some(file), line) => format!("{file}:{line}:{}: ", entry.column),
        };
        let id = entry.id.as_deref().map(|id| format!("{id}: ")).unwrap_or_default();
        let line = format!("{}: {place}{id}{}", entry.state.as_str(), entry.reason);
        text.push_str(&clean(&line));
        text.push('\n');
    }
    tell(&text);
}

pub(crate) fn exit(gate: &Gate, outcome: Outcome, coverage: &[Coverage]) -> Exit {
    let is_missed = coverage.iter().any(|entry| entry.state != State::Assessed);
    if outcome.is_unreadable || (gate.strict && is_missed) {
        Exit::Failed
    } else if outcome.is_at_gate || (gate.fail_on_coverage && is_missed) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}
