//! From a report to an exit code; what was not assessed is told on standard error.

use kordon_finding::State;
use kordon_report::Report;

use super::read::Scanned;
use crate::{
    common::{FailOn, Gate, Output},
    failure::{Exit, tell},
};

/// Lines on standard error; the report has all.
const MAX_TOLD: usize = 20;

pub(super) fn exit(gate: &Gate, output: &Output, report: &Report<'_>, scanned: &Scanned) -> Exit {
    let missed: Vec<_> =
        report.coverage.iter().filter(|entry| entry.state != State::Assessed).collect();
    if !output.quiet {
        for entry in missed.iter().take(MAX_TOLD) {
            let file = entry.file.as_deref().unwrap_or_default();
            let place = match (file, entry.line) {
                ("", _) => String::new(),
                (file, 0) => format!("{file}: "),
                (file, line) => format!("{file}:{line}:{}: ", entry.column),
            };
            let id = entry.id.as_deref().map(|id| format!("{id}: ")).unwrap_or_default();
            let state = entry.state.as_str();
            tell(&format!("{state}: {place}{id}{}\n", entry.reason));
        }
        if missed.len() > MAX_TOLD {
            let n_more = missed.len() - MAX_TOLD;
            tell(&format!("{n_more} more were not or only partly assessed: see the report\n"));
        }
    }
    let is_at_gate = |finding: &kordon_finding::Finding| match gate.fail_on {
        FailOn::Never => false,
        FailOn::From(least) => finding.excepted.is_none() && finding.severity >= least,
    };
    if scanned.is_unreadable || (gate.strict && !missed.is_empty()) {
        Exit::Failed
    } else if report.findings.iter().any(is_at_gate)
        || (gate.fail_on_coverage && !missed.is_empty())
    {
        Exit::Findings
    } else {
        Exit::Clean
    }
}
