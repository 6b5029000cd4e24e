//! SARIF 2.1.0, for code hosts and editors.
//!
//! Written as it comes, like the JSON report: first the rules that have findings, then one result
//! a line. Coverage becomes notifications of the tool, so that no viewer shows a clean result for
//! what was never read.

mod result;
mod rule;
mod uri;

use std::{
    collections::HashMap,
    io::{self, Write},
    sync::Arc,
};

use kordon_finding::{Coverage, Finding, Rule};
use serde_json::{Value, json};

use crate::{Report, missed};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// A part of a file's text, in lines and columns from 1; the end is exclusive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Region {
    pub start: (u32, u32),
    pub end: (u32, u32),
}

/// What to write instead of a region.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Replacement {
    pub region: Region,
    pub text: Box<str>,
}

/// What the texts of the files tell about a finding, which the finding itself does not keep.
pub trait Artifacts {
    /// The fix as changes of text, where it can be written so.
    fn replacements(&self, finding_idx: usize) -> &[Replacement];
}

pub fn write_sarif(
    report: &Report<'_>,
    artifacts: &dyn Artifacts,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rules = Rules::of(report.findings);
    write!(
        out,
        "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\n\"tool\":{{\"driver\":"
    )?;
    write!(out, "{{\"name\":\"kordon\",\"informationUri\":\"https://kordon.dev\",\"version\":")?;
    serde_json::to_writer(&mut *out, report.version)?;
    out.write_all(b",\"rules\":[")?;
    let mut separator: &[u8] = b"\n";
    for rule in &rules.list {
        out.write_all(separator)?;
        serde_json::to_writer(&mut *out, &rule::descriptor(rule))?;
        separator = b",\n";
    }
    out.write_all(b"]}},\n\"columnKind\":\"unicodeCodePoints\",\n\"invocations\":[")?;
    serde_json::to_writer(&mut *out, &invocation(report))?;
    out.write_all(b"],\n\"results\":[")?;
    separator = b"\n";
    for (idx, finding) in report.findings.iter().enumerate() {
        out.write_all(separator)?;
        let rule_idx = rules.places[&*finding.rule.id];
        let result = result::result(finding, rule_idx, artifacts.replacements(idx));
        serde_json::to_writer(&mut *out, &result)?;
        separator = b",\n";
    }
    out.write_all(b"]\n}]}\n")
}

/// The rules that have findings, each once, in the order of their ids.
struct Rules<'a> {
    list: Vec<&'a Rule>,
    places: HashMap<&'a str, usize>,
}

impl<'a> Rules<'a> {
    fn of(findings: &'a [Finding]) -> Self {
        let mut by_pointer: HashMap<*const Rule, &Rule> = HashMap::new();
        for finding in findings {
            by_pointer.insert(Arc::as_ptr(&finding.rule), &finding.rule);
        }
        let mut list: Vec<&Rule> = by_pointer.into_values().collect();
        list.sort_by(|a, b| a.id.cmp(&b.id));
        list.dedup_by(|a, b| a.id == b.id);
        let places = list.iter().enumerate().map(|(idx, rule)| (&*rule.id, idx)).collect();
        Self { list, places }
    }
}

fn invocation(report: &Report<'_>) -> Value {
    json!({
        "executionSuccessful": true,
        "startTimeUtc": report.started,
        "toolExecutionNotifications": missed(report.coverage).map(notification).collect::<Vec<_>>(),
    })
}

fn notification(entry: &Coverage) -> Value {
    let mut notification = json!({
        "level": "warning",
        "descriptor": { "id": format!("coverage/{}", entry.what.as_str()) },
        "message": { "text": match &entry.id {
            Some(id) => format!("{id} {}: {}", entry.state.as_str(), entry.reason),
            None => format!("{}: {}", entry.state.as_str(), entry.reason),
        }},
    });
    if let Some(file) = &entry.file {
        let place = result::physical(file, entry.line, entry.column);
        notification["locations"] = json!([{ "physicalLocation": place }]);
    }
    notification
}

#[cfg(test)]
mod tests;
