//! What kordon's `Policy` has beyond a ValidatingAdmissionPolicy.

use kordon_finding::Severity;
use kordon_model::NodeRef;

use super::{
    cursor::Cursor,
    policy::{Actions, OnUnknown, SubjectKind},
};
use crate::problem::Problems;

pub(super) const FIELDS: [&str; 9] = [
    "title",
    "subject",
    "severity",
    "controls",
    "remediation",
    "params",
    "actions",
    "onUnknown",
    "mutations",
];

pub(super) struct Extras<'t> {
    pub(super) title: Option<&'t str>,
    pub(super) subject: SubjectKind,
    pub(super) severity: Severity,
    pub(super) controls: Vec<Box<str>>,
    pub(super) remediation: Box<str>,
    pub(super) params: Option<NodeRef<'t>>,
    pub(super) actions: Actions,
    pub(super) on_unknown: OnUnknown,
}

impl Default for Extras<'_> {
    /// What a ValidatingAdmissionPolicy means: it has none of these fields.
    fn default() -> Self {
        Self {
            title: None,
            subject: SubjectKind::Object,
            severity: Severity::Medium,
            controls: Vec::new(),
            remediation: Box::default(),
            params: None,
            actions: Actions::default(),
            on_unknown: OnUnknown::NotAssessed,
        }
    }
}

/// Subjects that the design has and that cannot be judged yet.
const LATER_SUBJECTS: [&str; 8] =
    ["Image", "Node", "Rbac", "AuditEvent", "Process", "File", "Connection", "Finding"];

pub(super) fn read<'t>(spec: &Cursor<'t>, problems: &mut Problems<'t>) -> Extras<'t> {
    if let Some(mutations) = spec.get("mutations") {
        mutations.error(problems, "mutations cannot be applied by this version of kordon");
    }
    if let Some(params) = spec.get("params").filter(|_| spec.has("paramKind")) {
        params.error(problems, "params and paramKind exclude each other");
    }
    let severities = Severity::ALL.map(|severity| (severity.as_str(), severity));
    let unknown = [
        ("not-assessed", OnUnknown::NotAssessed),
        ("fail", OnUnknown::Fail),
        ("pass", OnUnknown::Pass),
    ];
    Extras {
        title: spec.text("title", problems),
        subject: read_subject(spec, problems),
        severity: spec.choice("severity", &severities, problems).unwrap_or(Severity::Medium),
        controls: read_controls(spec, problems),
        remediation: spec.text("remediation", problems).unwrap_or_default().trim().into(),
        params: spec.map("params", problems).map(|params| params.node()),
        actions: read_actions(spec, problems),
        on_unknown: spec.choice("onUnknown", &unknown, problems).unwrap_or(OnUnknown::NotAssessed),
    }
}

fn read_subject<'t>(spec: &Cursor<'t>, problems: &mut Problems<'t>) -> SubjectKind {
    let later = spec.text("subject", problems).filter(|text| LATER_SUBJECTS.contains(text));
    if let Some(text) = later {
        let at = spec.get("subject").unwrap_or_else(|| spec.clone());
        at.error(problems, format!("subject {text} cannot be judged by this version of kordon"));
        return SubjectKind::Object;
    }
    let subjects = [("Object", SubjectKind::Object), ("Pod", SubjectKind::Pod)];
    spec.choice("subject", &subjects, problems).unwrap_or(SubjectKind::Object)
}

fn read_controls<'t>(spec: &Cursor<'t>, problems: &mut Problems<'t>) -> Vec<Box<str>> {
    let mut controls = Vec::new();
    for item in spec.items("controls", problems) {
        let Some(text) = item.as_text(problems) else { continue };
        match text.split_once('/') {
            Some((framework, id)) if !framework.is_empty() && !id.is_empty() => {
                controls.push(text.into());
            }
            _ => item.error(problems, "must be framework/control: `cis-kubernetes-1.12/5.2.2`"),
        }
    }
    controls.sort();
    controls
}

fn read_actions<'t>(spec: &Cursor<'t>, problems: &mut Problems<'t>) -> Actions {
    let Some(at) = spec.map("actions", problems) else { return Actions::default() };
    at.only(&["build", "scan", "deploy", "run"], problems);
    let mut moment = |key, words: &[&'static str]| {
        let choices: Vec<_> = words.iter().map(|word| (*word, *word)).collect();
        at.choice(key, &choices, problems).map(Box::from)
    };
    Actions {
        build: moment("build", &["fail", "warn"]),
        scan: moment("scan", &["report", "alert"]),
        deploy: moment("deploy", &["deny", "warn", "audit", "mutate"]),
        run: moment("run", &["alert", "report", "kill", "quarantine"]),
    }
}
