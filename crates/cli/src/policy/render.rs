//! Verdicts for people and for programs.

use std::io::{self, Write};

use kordon_policy::{State, Verdict};
use serde_json::{Value, json};

use super::eval::Judged;

/// The name of the JSON form. A change that breaks readers gets a new number.
const SCHEMA: &str = "kordon.policy-eval/v1";

pub(super) fn table(judged: &[Judged<'_>], out: &mut dyn Write) -> io::Result<()> {
    for one in judged {
        writeln!(out, "{}  {}", one.object, one.file)?;
        for verdict in &one.verdicts {
            writeln!(out, "  {:<12}  {}{}", state(verdict), verdict.policy.rule.id, by(verdict))?;
            for violation in &verdict.violations {
                writeln!(out, "      {}: {}", violation.path, violation.message)?;
                for evidence in &violation.evidence {
                    writeln!(out, "        {} is {}", evidence.path, evidence.value)?;
                }
            }
            for unassessed in &verdict.unassessed {
                writeln!(out, "      {}: {}", unassessed.path, unassessed.reason)?;
            }
            for ignored in &verdict.ignored {
                writeln!(out, "      {}: ignored: {}", ignored.path, ignored.message)?;
            }
            for (key, value) in &verdict.audit_annotations {
                writeln!(out, "      {key}: {value}")?;
            }
        }
        if one.verdicts.is_empty() {
            writeln!(out, "  no policy matches")?;
        }
    }
    Ok(())
}

/// ` with binding b and parameters p`.
fn by(verdict: &Verdict<'_>) -> String {
    let binding = verdict.binding.map(|one| format!(" with binding {}", one.name));
    let param = verdict.param.as_deref().map(|name| format!(" and parameters {name}"));
    binding.unwrap_or_default() + &param.unwrap_or_default()
}

fn state(verdict: &Verdict<'_>) -> &'static str {
    match verdict.state {
        State::Pass => "pass",
        State::Fail => "fail",
        State::Skip => "skip",
        State::NotAssessed => "not-assessed",
    }
}

pub(super) fn json(
    judged: &[Judged<'_>],
    unread: &[String],
    out: &mut dyn Write,
) -> io::Result<()> {
    let verdicts = judged.iter().flat_map(|one| {
        one.verdicts.iter().map(|verdict| {
            let mut value = verdict_json(verdict);
            value["object"] = json!(one.object);
            value["file"] = json!(one.file);
            value
        })
    });
    let verdicts: Vec<Value> = verdicts.collect();
    serde_json::to_writer_pretty(
        &mut *out,
        &json!({"schema": SCHEMA, "verdicts": verdicts, "unread": unread}),
    )?;
    writeln!(out)
}

fn verdict_json(verdict: &Verdict<'_>) -> Value {
    let violations: Vec<Value> = verdict
        .violations
        .iter()
        .map(|violation| {
            let evidence: Vec<Value> = violation
                .evidence
                .iter()
                .map(|evidence| json!({"path": &*evidence.path, "value": evidence.value}))
                .collect();
            json!({
                "expression": violation.path,
                "message": violation.message,
                "reason": violation.reason.as_str(),
                "code": violation.reason.code(),
                "error": violation.error.as_ref().map(ToString::to_string),
                "evidence": evidence,
            })
        })
        .collect();
    let unassessed: Vec<Value> = verdict
        .unassessed
        .iter()
        .map(|one| json!({"expression": one.path, "reason": one.reason}))
        .collect();
    let ignored: Vec<Value> = verdict
        .ignored
        .iter()
        .map(|one| json!({"expression": one.path, "error": one.message}))
        .collect();
    let annotations: Value = verdict
        .audit_annotations
        .iter()
        .map(|(key, text)| (key.to_string(), json!(text)))
        .collect();
    json!({
        "policy": verdict.policy.rule.id,
        "binding": verdict.binding.map(|one| &one.name),
        "param": verdict.param,
        "state": state(verdict),
        "violations": violations,
        "unassessed": unassessed,
        "ignoredErrors": ignored,
        "auditAnnotations": annotations,
        "cost": verdict.cost,
    })
}
