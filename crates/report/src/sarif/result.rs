//! What SARIF says of a finding.

use kordon_finding::{Evidence, Finding, Subject};
use serde_json::{Value, json};

use super::{Region, Replacement, rule, uri};

pub(super) fn result(finding: &Finding, rule_idx: usize, replacements: &[Replacement]) -> Value {
    let location = &finding.location;
    let mut result = json!({
        "ruleId": finding.rule.id,
        "ruleIndex": rule_idx,
        "level": rule::level(finding.severity),
        "message": { "text": &*finding.message },
        "partialFingerprints": { "kordon/v1": finding.fingerprint.to_string() },
        "properties": properties(finding),
    });
    let mut place = json!({});
    if !location.file.is_empty() {
        place["physicalLocation"] = physical(&location.file, location.line, location.column);
    }
    if let Some(subject) = &finding.subject {
        place["logicalLocations"] = json!([logical(subject, finding)]);
    }
    result["locations"] = json!([place]);
    if !replacements.is_empty() {
        result["fixes"] = json!([fix(finding, replacements)]);
    }
    if let Some(reason) = &finding.excepted {
        result["suppressions"] = json!([{ "kind": "external", "justification": &**reason }]);
    }
    result
}

/// `-` is standard input, which has no URI that anybody could open; the name is kept.
pub(super) fn physical(file: &str, line: u32, column: u32) -> Value {
    let mut place = json!({ "artifactLocation": { "uri": uri::of_path(file) } });
    if line > 0 {
        place["region"] = match column {
            0 => json!({ "startLine": line }),
            column => json!({ "startLine": line, "startColumn": column }),
        };
    }
    place
}

fn logical(subject: &Subject, finding: &Finding) -> Value {
    let mut name = subject.to_string();
    if let Some(container) = &finding.container {
        name = format!("{name}/{container}");
    }
    json!({ "fullyQualifiedName": name, "name": subject.name, "kind": "resource" })
}

fn properties(finding: &Finding) -> Value {
    json!({
        "severity": finding.severity.as_str(),
        "path": &*finding.location.path,
        "evidence": finding.evidence.iter().map(evidence).collect::<Vec<_>>(),
        "remediation": finding.rule.remediation,
    })
}

fn evidence(evidence: &Evidence) -> Value {
    json!({ "path": &*evidence.path, "value": evidence.value })
}

fn fix(finding: &Finding, replacements: &[Replacement]) -> Value {
    let replacements: Vec<_> = replacements.iter().map(replacement).collect();
    json!({
        "description": { "text": finding.rule.remediation },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri::of_path(&finding.location.file) },
            "replacements": replacements,
        }],
    })
}

fn replacement(replacement: &Replacement) -> Value {
    let Region { start, end } = replacement.region;
    json!({
        "deletedRegion": {
            "startLine": start.0, "startColumn": start.1, "endLine": end.0, "endColumn": end.1,
        },
        "insertedContent": { "text": replacement.text },
    })
}
