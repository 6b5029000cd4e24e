//! A report to render, for tests.

use std::sync::Arc;

use kordon_finding::{
    Coverage, Covered, Edit, EditValue, Evidence, Finding, FindingKind, Fingerprint, Fix, Location,
    Rule, Safety, Severity, State, Subject,
};
use serde_json::{Value, json};

use crate::{Report, Target};

pub(crate) fn rule(id: &str, severity: Severity, title: &str, remediation: &str) -> Arc<Rule> {
    Arc::new(Rule {
        id: id.into(),
        name: "some-bad-state".into(),
        aliases: vec!["KSV-0017".into()],
        kind: FindingKind::Misconfiguration,
        title: title.into(),
        severity,
        description: "Why it matters.".into(),
        remediation: remediation.into(),
        controls: vec!["cis-kubernetes-1.12/5.2.2".into()],
    })
}

pub(crate) fn finding(rule: &Arc<Rule>, name: &str, line: u32, message: &str) -> Finding {
    let subject = Subject {
        api_version: "apps/v1".into(),
        kind: "Deployment".into(),
        namespace: Some("shop".into()),
        name: name.into(),
    };
    let path = "spec.template.spec.containers[0].securityContext.privileged";
    Finding {
        rule: Arc::clone(rule),
        severity: rule.severity,
        container: Some("app".into()),
        principal: None,
        location: Location { file: "shop/cart.yaml".into(), line, column: 15, path: path.into() },
        evidence: vec![Evidence { path: path.into(), value: Value::Bool(true) }],
        message: message.into(),
        fix: None,
        excepted: None,
        fingerprint: Fingerprint::new(&rule.id, Some(&subject), Some("app"), ""),
        subject: Some(Arc::new(subject)),
    }
}

pub(crate) struct Sample {
    pub(crate) findings: Vec<Finding>,
    pub(crate) coverage: Vec<Coverage>,
}

impl Sample {
    pub(crate) fn new() -> Self {
        let privileged = rule(
            "POD-001",
            Severity::Critical,
            "Privileged container",
            "Set `privileged` to false; add the single capability that is needed instead.",
        );
        let limits = rule("RES-001", Severity::Low, "No memory limit", "Set a memory limit.");
        let mut fixable = finding(&privileged, "cart", 21, "container app is privileged");
        let edit = Edit {
            path: "spec.template.spec.containers[0].securityContext.privileged".into(),
            value: EditValue::Set(json!(false)),
        };
        fixable.fix = Some(Arc::new(Fix { safety: Safety::Review, edits: vec![edit] }));
        let mut lonely = finding(&limits, "", 0, "the cluster has no limits");
        (lonely.subject, lonely.container) = (None, None);
        let mut excepted = finding(&limits, "cart", 18, "container app has no memory limit");
        excepted.excepted = Some("batch only".into());
        let findings = vec![
            finding(&limits, "cart", 19, "container app has no memory limit"),
            fixable,
            finding(&limits, "订单服务", 7, "容器没有内存限制"),
            lonely,
            excepted,
        ];
        Self { findings, coverage: coverage() }
    }

    pub(crate) fn report(&self) -> Report<'_> {
        Report {
            version: "0.1.0",
            started: "2026-11-25T07:10:00Z",
            target: Target { kind: "manifests", name: "shop", pod_security: None },
            coverage: &self.coverage,
            findings: &self.findings,
        }
    }
}

fn coverage() -> Vec<Coverage> {
    let entry = |what, file: Option<&str>, line, id: Option<&str>, reason: &str| Coverage {
        what,
        file: file.map(Into::into),
        line,
        column: u32::from(line > 0),
        id: id.map(Into::into),
        state: if reason.is_empty() { State::Assessed } else { State::NotAssessed },
        reason: reason.into(),
    };
    vec![
        entry(Covered::File, Some("shop/cart.yaml"), 0, None, ""),
        entry(Covered::File, Some("shop/bro ken.yaml"), 0, None, "not readable: permission denied"),
        entry(Covered::Document, Some("shop/cart.yaml"), 40, None, "a Helm template"),
        entry(Covered::Check, None, 0, Some("IMG-003"), "no allowed registries in kordon.yaml"),
    ]
}
