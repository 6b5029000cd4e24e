//! `kordon explain ID`: what a check asks, why it matters, how to mend it.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

use anyhow::Context as _;
use clap::Args;
use kordon_posture::{Catalogue, CheckDocument, Logic};
use serde_json::Value;

use crate::{
    common::Select,
    configuration,
    failure::{Exit, Hinted},
    output, scan,
};

#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// A check's id or name, a peer's id for it, a family, a control as `framework/control`, or the
    /// fingerprint of a finding
    id: String,
    /// The JSON report that holds the finding
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    #[command(flatten)]
    select: Select,
}

pub(crate) fn run(mut explain: Explain) -> anyhow::Result<Exit> {
    explain.select.fill(&configuration::load(None)?);
    let catalogue = scan::catalogue(&explain.select)?;
    let id = explain.id.as_str();
    if is_fingerprint(id) {
        return explain_finding(id, explain.report.as_deref(), &catalogue);
    }
    let found = catalogue.select(id);
    if found.is_empty() {
        return explain_control(id, &catalogue);
    }
    output::write(None, |out| {
        for (idx, check) in found.iter().enumerate() {
            if idx > 0 {
                writeln!(out)?;
            }
            write_check(check, out)?;
        }
        Ok(())
    })?;
    Ok(Exit::Clean)
}

/// A control of a framework is what the checks are that serve it.
fn explain_control(id: &str, catalogue: &Catalogue) -> anyhow::Result<Exit> {
    let serves = |check: &&CheckDocument| check.rule.controls.iter().any(|own| **own == *id);
    let found: Vec<_> = catalogue.checks().iter().filter(serves).collect();
    if found.is_empty() {
        return Err(unknown(id, catalogue).into());
    }
    output::write(None, |out| {
        writeln!(out, "{id} is served by:")?;
        for check in &found {
            let rule = &check.rule;
            writeln!(out, "  {}  {} ({})", rule.id, rule.title, rule.severity)?;
        }
        Ok(())
    })?;
    Ok(Exit::Clean)
}

fn unknown(id: &str, catalogue: &Catalogue) -> Hinted {
    let hint = catalogue.hint(id).unwrap_or_else(|| "`kordon checks` lists all checks".into());
    Hinted::new(format!("nothing is called `{id}`"), hint)
}

fn is_fingerprint(id: &str) -> bool {
    id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Fingerprints cannot be turned back, so the report that has the finding is needed.
fn explain_finding(
    fingerprint: &str,
    report: Option<&std::path::Path>,
    catalogue: &Catalogue,
) -> anyhow::Result<Exit> {
    let Some(path) = report else {
        let hint = "name the JSON report that has it: --report FILE";
        return Err(Hinted::new("a fingerprint alone does not tell its finding", hint).into());
    };
    let name = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
    let report: Value =
        serde_json::from_str(&text).with_context(|| format!("{name} is no JSON report"))?;
    let findings = report["findings"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_it = |finding: &&Value| finding["fingerprint"] == fingerprint;
    let Some(finding) = findings.iter().find(is_it) else {
        let hint = "fingerprints stand in the field `fingerprint` of findings";
        return Err(Hinted::new(format!("no finding {fingerprint} in {name}"), hint).into());
    };
    output::write(None, |out| {
        write_finding(finding, out)?;
        let id = finding["id"].as_str().unwrap_or_default();
        match catalogue.get(id) {
            Some(check) => write_check(check, out),
            None => Ok(()),
        }
    })?;
    Ok(Exit::Clean)
}

fn write_finding(finding: &Value, out: &mut dyn Write) -> io::Result<()> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (subject, location) = (&finding["subject"], &finding["location"]);
    let parts = ["kind", "namespace", "name"].map(|key| text(&subject[key]));
    let parts: Vec<_> = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect();
    writeln!(out, "{}", kordon_report::clean(&parts.join("/")))?;
    let place = format!("{}:{}:{}", text(&location["file"]), location["line"], location["column"]);
    writeln!(out, "  {}", kordon_report::clean(&place))?;
    writeln!(out, "  {}", kordon_report::clean(&text(&finding["message"])))?;
    for evidence in finding["evidence"].as_array().into_iter().flatten() {
        let line = format!("{} is {}", text(&evidence["path"]), evidence["value"]);
        writeln!(out, "  {}", kordon_report::clean(&line))?;
    }
    writeln!(out)
}

fn write_check(check: &CheckDocument, out: &mut dyn Write) -> io::Result<()> {
    let rule = &check.rule;
    writeln!(out, "{}  {}", rule.id, rule.title)?;
    writeln!(out, "{}, {}, {}", rule.severity, rule.name, rule.kind.as_str())?;
    section(out, "Why it matters", &check.why)?;
    section(out, "How an attacker uses it", &check.attack)?;
    section(out, "What to do", &rule.remediation)?;
    if let Logic::Cel(questions) = &check.logic {
        let conditions: Vec<&str> =
            questions.iter().map(|question| question.fails.text.trim()).collect();
        section(out, "Fails when", &conditions.join("\nor "))?;
    }
    if !check.settings.is_empty() {
        writeln!(out, "\nSettings (checks.{}.settings in kordon.yaml)", rule.id)?;
        for setting in &check.settings {
            writeln!(out, "  {}: {}", setting.name, setting.about)?;
        }
    }
    section(out, "Controls", &rule.controls.join("\n"))?;
    let aliases: Vec<String> =
        check.aliases.iter().map(|(peer, alias)| format!("{peer}:{alias}")).collect();
    section(out, "Elsewhere", &aliases.join("\n"))
}

fn section(out: &mut dyn Write, heading: &str, text: &str) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{heading}")?;
    for line in text.lines() {
        for line in kordon_report::wrap(line, 96) {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}
