//! Violations as findings of a report.

use std::sync::{Arc, OnceLock};

use kordon_finding::{
    Evidence, Finding, FindingKind, Fingerprint, Location, Rule, Severity, Subject,
};
use kordon_model::PodView;
use serde_json::Value;

use crate::check::document::json;

use super::{BadField, Control, LevelVersion, Violation};

/// Whose findings they are.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub subject: &'a Arc<Subject>,
    /// As it is reached from the working directory.
    pub file: &'a Arc<str>,
}

/// One finding for a control that a pod violates, be it in one container or in all.
#[must_use]
pub fn finding<'t>(
    pod: &PodView<'t>,
    violation: &Violation<'t>,
    level_version: LevelVersion,
    place: Place<'_>,
) -> Finding {
    let rule = rule(violation.control);
    let verb = if pod.object().is("", "Pod") { "violates" } else { "would violate" };
    let (reason, detail) = (violation.reason(), violation.detail(pod));
    let message = format!("{verb} PodSecurity \"{level_version}\": {reason} ({detail})");
    let first = violation.fields.first().map(|field| field.path(pod)).unwrap_or_default();
    let position = pod.object().locate(&first).position();
    let container = single_container(pod, violation);
    let detail = detail_of(pod, violation);
    Finding {
        severity: rule.severity,
        subject: Some(Arc::clone(place.subject)),
        container: container.map(Arc::from),
        principal: None,
        location: Location {
            file: Arc::clone(place.file),
            line: position.line,
            column: position.column,
            path: first.to_string().into(),
        },
        evidence: violation.fields.iter().map(|field| evidence(pod, field)).collect(),
        message: message.into(),
        fix: None,
        excepted: None,
        fingerprint: Fingerprint::new(&rule.id, Some(place.subject), None, &detail),
        rule,
    }
}

/// The rules of all controls, made at the first question.
#[must_use]
pub fn rule(control: Control) -> Arc<Rule> {
    static RULES: OnceLock<Vec<Arc<Rule>>> = OnceLock::new();
    let make = || Control::ALL.into_iter().map(|control| Arc::new(rule_of(control))).collect();
    Arc::clone(&RULES.get_or_init(make)[control as usize])
}

/// A level is kept or it is not, so all violations weigh the same: the API server refuses the pod.
fn rule_of(control: Control) -> Rule {
    let level = control.level();
    Rule {
        id: format!("pss/{}", control.id()).into(),
        name: Box::default(),
        aliases: control.catalogue_ids().iter().map(|id| Box::from(*id)).collect(),
        kind: FindingKind::Policy,
        title: control.title().into(),
        severity: Severity::High,
        description: format!(
            "The level {level} of the Pod Security Standards forbids it; where the level is \
             enforced, the API server refuses the pod."
        )
        .into(),
        remediation: control.remediation().into(),
        controls: vec![format!("pod-security-standards/{}", control.framework_id()).into()],
    }
}

fn evidence(pod: &PodView<'_>, field: &BadField<'_>) -> Evidence {
    let value = field.value.map_or(Value::Null, json);
    Evidence { path: field.path(pod).to_string().into(), value }
}

/// The name of the container, where the fields are those of one.
fn single_container<'t>(pod: &PodView<'t>, violation: &Violation<'t>) -> Option<&'t str> {
    let first = violation.fields.first()?.site.container()?;
    let is_same = |field: &BadField<'_>| field.site.container() == Some(first);
    let name = pod.container(first)?.name();
    (violation.fields.iter().all(is_same) && !name.is_empty()).then_some(name)
}

/// Tells the pods of one object apart, by names and not by places.
fn detail_of(pod: &PodView<'_>, violation: &Violation<'_>) -> String {
    let mut detail: String =
        pod.spec_path().to_string().chars().filter(|c| !c.is_ascii_digit()).collect();
    let mut last = None;
    for idx in violation.fields.iter().filter_map(|field| field.site.container()) {
        if last.replace(idx) != Some(idx)
            && let Some(container) = pod.container(idx)
        {
            detail.push('\n');
            detail.push_str(container.name());
        }
    }
    detail
}
