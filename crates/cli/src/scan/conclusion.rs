//! What every command on manifests ends with: the report, what is told beside it, the exit code.

use std::path::PathBuf;

use anyhow::Context as _;
use jiff::Timestamp;
use kordon_manifest::Discovered;
use kordon_report::{PodSecurity, Report, Target};

use super::{gate, read::Scanned};
use crate::{
    common::{Gate, Output},
    failure::Exit,
};

/// What a run was asked for.
pub(crate) struct Conclusion<'a> {
    pub(crate) started: Timestamp,
    pub(crate) targets: &'a [PathBuf],
    pub(crate) found: &'a Discovered,
    pub(crate) gate: &'a Gate,
    pub(crate) output: &'a Output,
}

impl Conclusion<'_> {
    pub(crate) fn draw(
        &self,
        mut scanned: Scanned,
        pod_security: Option<PodSecurity<'_>>,
    ) -> anyhow::Result<Exit> {
        let Self { targets, found, gate, output, .. } = self;
        scanned.add_problems(&found.problems);
        let is_at_gate = scanned.findings.iter().any(|finding| gate.stops(finding));
        let n_hidden = scanned.retain(|finding| gate.is_shown(finding.severity));
        let names: Vec<String> = targets.iter().map(|path| path.display().to_string()).collect();
        let report = Report {
            version: env!("CARGO_PKG_VERSION"),
            started: &self.started.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            target: Target { kind: "manifests", name: &names.join(" "), pod_security },
            coverage: &scanned.coverage,
            findings: &scanned.findings,
        };
        output.render(&report, &scanned, n_hidden).context("the report was not written")?;
        gate::tell_missed(output, &scanned);
        let is_named = |file: &usize| match &found.inputs[*file].path {
            Some(path) => targets.contains(path),
            None => true,
        };
        let is_unreadable = scanned.lost.iter().any(is_named);
        let outcome = gate::Outcome { is_at_gate, is_unreadable };
        Ok(gate::exit(gate, outcome, &scanned.coverage))
    }
}
