//! The report `kordon.report/v1`, whose schema is `docs/report.schema.json`.
//!
//! A large cluster gives hundreds of thousands of findings, so each is written as it comes, one a
//! line, and what all findings of a rule share is turned to JSON once.

mod finding;
mod wire;

use std::io::{self, Write};

use kordon_finding::Coverage;

use crate::{Report, Summary};
use finding::FindingWriter;

/// The name of the format. A change that breaks readers gets a new number.
const SCHEMA: &str = "kordon.report/v1";

pub fn write_json(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let head = wire::Head {
        schema: SCHEMA,
        tool: wire::Tool { version: report.version },
        started: report.started,
        target: wire::Target::from(report.target),
    };
    let head = serde_json::to_string(&head)?;
    // The head's closing brace belongs at the end of the report.
    out.write_all(head.trim_end_matches('}').as_bytes())?;
    out.write_all(b"},\n\"coverage\":[")?;
    write_coverage(report.coverage, out)?;
    out.write_all(b"],\n\"findings\":[")?;
    write_findings(report, out)?;
    out.write_all(b"],\n\"controls\":[],\n\"summary\":")?;
    serde_json::to_writer(&mut *out, &Summary::of(report.findings))?;
    out.write_all(b"}\n")
}

fn write_coverage(coverage: &[Coverage], out: &mut dyn Write) -> io::Result<()> {
    let mut separator: &[u8] = b"\n";
    for entry in coverage {
        out.write_all(separator)?;
        serde_json::to_writer(&mut *out, &wire::CoverageEntry::from(entry))?;
        separator = b",\n";
    }
    Ok(())
}

fn write_findings(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = FindingWriter::default();
    let mut separator: &[u8] = b"\n";
    for finding in report.findings {
        out.write_all(separator)?;
        writer.write(finding, out)?;
        separator = b",\n";
    }
    Ok(())
}

#[cfg(test)]
mod tests;
