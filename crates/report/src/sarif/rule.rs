//! What SARIF says of a rule.

use kordon_finding::{Rule, Severity};
use serde_json::{Value, json};

pub(super) fn descriptor(rule: &Rule) -> Value {
    let mut tags = vec!["security", rule.kind.as_str()];
    tags.extend(rule.controls.iter().map(|control| &**control));
    let mut descriptor = json!({
        "id": rule.id,
        "shortDescription": { "text": rule.title },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": {
            "tags": tags,
            "aliases": rule.aliases,
            "security-severity": security_severity(rule.severity),
        },
    });
    if !rule.name.is_empty() {
        descriptor["name"] = json!(rule.name);
    }
    if !rule.description.is_empty() {
        descriptor["fullDescription"] = json!({ "text": rule.description });
    }
    if !rule.remediation.is_empty() {
        let text = &rule.remediation;
        descriptor["help"] = json!({ "text": text, "markdown": text });
    }
    descriptor
}

pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "note",
    }
}

/// GitHub sorts alerts by this number, in the ranges of CVSS.
fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "3.0",
        Severity::Info => "0.0",
    }
}
