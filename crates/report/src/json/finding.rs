//! One finding as JSON.

use std::{
    collections::HashMap,
    io::{self, Write},
    sync::Arc,
};

use kordon_finding::{Finding, Rule};
use serde::Serialize;

use super::wire;

/// Keeps what it wrote for each rule, and a buffer.
#[derive(Default)]
pub(super) struct FindingWriter {
    rules: HashMap<*const Rule, RuleText>,
    buffer: Vec<u8>,
}

/// The members that every finding of a rule has, as JSON.
struct RuleText {
    /// From `{"id"` to `"title":"…"`.
    head: Vec<u8>,
    /// `,"remediation":"…"`.
    remediation: Vec<u8>,
    /// `,"controls":[…]`.
    controls: Vec<u8>,
}

impl FindingWriter {
    pub(super) fn write(&mut self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let buffer = &mut self.buffer;
        buffer.clear();
        let rule = match self.rules.entry(Arc::as_ptr(&finding.rule)) {
            std::collections::hash_map::Entry::Occupied(found) => found.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => {
                new.insert(RuleText::new(&finding.rule)?)
            }
        };
        buffer.extend_from_slice(&rule.head);
        member(buffer, "severity", finding.severity.as_str())?;
        match finding.subject.as_deref() {
            Some(subject) => {
                let container = finding.container.as_deref();
                member(buffer, "subject", &wire::Subject::new(subject, container))?;
            }
            None => buffer.extend_from_slice(b",\"subject\":null"),
        }
        let principal = finding.principal.as_deref().map(ToString::to_string);
        member(buffer, "principal", &principal)?;
        member(buffer, "location", &wire::Location::from(&finding.location))?;
        member(buffer, "evidence", &wire::EvidenceList(&finding.evidence))?;
        member(buffer, "message", &*finding.message)?;
        buffer.extend_from_slice(&rule.remediation);
        member(buffer, "fix", &finding.fix.as_deref().map(wire::Fix::from))?;
        buffer.extend_from_slice(&rule.controls);
        member(buffer, "excepted", &finding.excepted.as_deref())?;
        write!(buffer, ",\"fingerprint\":\"{}\"}}", finding.fingerprint)?;
        out.write_all(buffer)
    }
}

impl RuleText {
    fn new(rule: &Rule) -> io::Result<Self> {
        let mut head = b"{\"id\":".to_vec();
        serde_json::to_writer(&mut head, &rule.id)?;
        member(&mut head, "aliases", &rule.aliases)?;
        member(&mut head, "kind", rule.kind.as_str())?;
        member(&mut head, "title", &rule.title)?;
        let (mut remediation, mut controls) = (Vec::new(), Vec::new());
        member(&mut remediation, "remediation", &rule.remediation)?;
        member(&mut controls, "controls", &rule.controls)?;
        Ok(Self { head, remediation, controls })
    }
}

/// `,"key":value`.
fn member(buffer: &mut Vec<u8>, key: &str, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    // Without formatting, which costs more than the value does.
    buffer.extend_from_slice(b",\"");
    buffer.extend_from_slice(key.as_bytes());
    buffer.extend_from_slice(b"\":");
    Ok(serde_json::to_writer(buffer, value)?)
}
