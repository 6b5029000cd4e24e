//! ValidatingAdmissionPolicy and kordon's `Policy`, whose spec is a superset of it.

use kordon_finding::Severity;
use kordon_model::{NodeRef, resources::group_version};

use super::{
    cursor::Cursor,
    matches::{self, MatchResources},
    names, ours,
};
use crate::problem::Problems;

pub(crate) struct Policy<'t> {
    pub(crate) root: NodeRef<'t>,
    pub(crate) kind: &'t str,
    pub(crate) name: &'t str,
    pub(crate) title: Option<&'t str>,
    pub(crate) param_kind: Option<ParamKind>,
    /// What is written inline, for policies without `paramKind`.
    pub(crate) inline_params: Option<NodeRef<'t>>,
    /// None only for kordon's own policies: every object of the subject.
    pub(crate) matches: Option<MatchResources>,
    pub(crate) match_conditions: Vec<Named<'t>>,
    pub(crate) variables: Vec<Named<'t>>,
    pub(crate) validations: Vec<Validation<'t>>,
    pub(crate) audit_annotations: Vec<AuditAnnotation<'t>>,
    pub(crate) failure_policy: FailurePolicy,
    pub(crate) subject: SubjectKind,
    pub(crate) severity: Severity,
    pub(crate) controls: Vec<Box<str>>,
    pub(crate) remediation: Box<str>,
    pub(crate) actions: Actions,
    pub(crate) on_unknown: OnUnknown,
}

/// A CEL expression where it stands.
#[derive(Clone)]
pub(crate) struct Expression<'t> {
    pub(crate) text: &'t str,
    pub(crate) node: NodeRef<'t>,
    /// `spec.validations[0].expression`.
    pub(crate) path: Box<str>,
}

/// A variable or a match condition.
pub(crate) struct Named<'t> {
    pub(crate) name: &'t str,
    pub(crate) expression: Expression<'t>,
}

pub(crate) struct Validation<'t> {
    pub(crate) expression: Expression<'t>,
    pub(crate) message: Option<&'t str>,
    pub(crate) message_expression: Option<Expression<'t>>,
    pub(crate) reason: Option<Reason>,
}

pub(crate) struct AuditAnnotation<'t> {
    pub(crate) key: &'t str,
    pub(crate) value_expression: Expression<'t>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ParamKind {
    pub(crate) api_version: Box<str>,
    pub(crate) kind: Box<str>,
}

/// What an evaluation that fails means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FailurePolicy {
    /// A violation.
    Fail,
    /// None.
    Ignore,
}

/// The status that a refusal carries in the API server's answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    Unauthorized,
    Forbidden,
    Invalid,
    RequestEntityTooLarge,
}

impl Reason {
    /// The HTTP status of the API server's answer.
    #[must_use]
    pub fn code(self) -> u16 {
        match self {
            Self::Unauthorized => 401,
            Self::Forbidden => 403,
            Self::Invalid => 422,
            Self::RequestEntityTooLarge => 413,
        }
    }

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unauthorized => "Unauthorized",
            Self::Forbidden => "Forbidden",
            Self::Invalid => "Invalid",
            Self::RequestEntityTooLarge => "RequestEntityTooLarge",
        }
    }
}

/// What instances of a policy's subject are and which variables it reads.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SubjectKind {
    /// A Kubernetes object as it is sent to the API server.
    Object,
    /// Every object that bears a pod template, seen as the Pod that comes of it.
    Pod,
}

/// What a violation does at each moment; absent moments have defaults.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Actions {
    pub build: Option<Box<str>>,
    pub scan: Option<Box<str>>,
    pub deploy: Option<Box<str>>,
    pub run: Option<Box<str>>,
}

/// What a verdict is that depends on something unknown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnUnknown {
    /// The coverage says that it was not assessed.
    NotAssessed,
    Fail,
    Pass,
}

const SPEC_FIELDS: [&str; 7] = [
    "paramKind",
    "matchConstraints",
    "matchConditions",
    "variables",
    "validations",
    "auditAnnotations",
    "failurePolicy",
];

const MAX_MATCH_CONDITIONS: usize = 64;
const MAX_AUDIT_ANNOTATIONS: usize = 20;
const MAX_VALUE_EXPRESSION_BYTES: usize = 5 * 1024;

pub(super) fn read<'t>(root: &Cursor<'t>, problems: &mut Problems<'t>) -> Option<Policy<'t>> {
    let name = read_metadata(root, problems);
    let kind = root.node().get("kind")?.as_str()?;
    let is_ours = kind == "Policy";
    let Some(spec) = root.map("spec", problems) else {
        root.required("spec", problems);
        return None;
    };
    let known =
        if is_ours { [&SPEC_FIELDS[..], &ours::FIELDS].concat() } else { SPEC_FIELDS.into() };
    spec.only(&known, problems);
    let own = if is_ours { ours::read(&spec, problems) } else { ours::Extras::default() };
    let matches = read_match_constraints(&spec, &own, problems);
    let match_conditions = read_match_conditions(&spec, problems);
    let variables = read_variables(&spec, problems);
    let validations: Vec<_> = spec
        .objects("validations", problems)
        .iter()
        .filter_map(|item| read_validation(item, problems))
        .collect();
    let audit_annotations = read_audit_annotations(&spec, name, problems);
    let is_missing = |key| spec.get(key).is_none_or(|list| list.node().is_empty());
    if is_missing("validations") && is_missing("auditAnnotations") {
        spec.error(problems, "needs at least one of validations or auditAnnotations");
    }
    let failure = [("Fail", FailurePolicy::Fail), ("Ignore", FailurePolicy::Ignore)];
    let failure_policy = spec.choice("failurePolicy", &failure, problems);
    Some(Policy {
        root: root.node(),
        kind,
        name: name?,
        title: own.title,
        param_kind: read_param_kind(&spec, problems),
        inline_params: own.params,
        matches,
        match_conditions,
        variables,
        validations,
        audit_annotations,
        failure_policy: failure_policy.unwrap_or(FailurePolicy::Fail),
        subject: own.subject,
        severity: own.severity,
        controls: own.controls,
        remediation: own.remediation,
        actions: own.actions,
        on_unknown: own.on_unknown,
    })
}

const TOP_FIELDS: [&str; 5] = ["apiVersion", "kind", "metadata", "spec", "status"];
const METADATA_FIELDS: [&str; 15] = [
    "name",
    "labels",
    "annotations",
    "generateName",
    "namespace",
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "finalizers",
    "ownerReferences",
    "managedFields",
    "selfLink",
];

/// The fields that every object has; gives the name.
pub(super) fn read_metadata<'t>(root: &Cursor<'t>, problems: &mut Problems<'t>) -> Option<&'t str> {
    root.only(&TOP_FIELDS, problems);
    let Some(metadata) = root.map("metadata", problems) else {
        root.required("metadata", problems);
        return None;
    };
    metadata.only(&METADATA_FIELDS, problems);
    let name = metadata.required_text("name", problems)?;
    if !names::is_subdomain(name) {
        metadata.error(problems, format!("name: `{name}` is not made of a-z, 0-9, `-` and `.`"));
    }
    Some(name)
}

fn read_match_constraints<'t>(
    spec: &Cursor<'t>,
    own: &ours::Extras<'t>,
    problems: &mut Problems<'t>,
) -> Option<MatchResources> {
    let Some(at) = spec.map("matchConstraints", problems) else {
        if own.subject == SubjectKind::Object && !spec.has("matchConstraints") {
            spec.required("matchConstraints", problems);
        }
        return None;
    };
    let found = matches::read(&at, problems);
    if found.rules.is_empty() && own.subject == SubjectKind::Object {
        at.required("resourceRules", problems);
    }
    Some(found)
}

fn read_param_kind<'t>(spec: &Cursor<'t>, problems: &mut Problems<'t>) -> Option<ParamKind> {
    let at = spec.map("paramKind", problems)?;
    at.only(&["apiVersion", "kind"], problems);
    let api_version = at.required_text("apiVersion", problems);
    let kind = at.required_text("kind", problems);
    if let Some(text) = api_version {
        let (group, version) = group_version(text);
        let group_is_fine = group.is_empty() || names::is_subdomain(group);
        if !group_is_fine || !names::is_letter_label(version) {
            at.error(problems, format!("apiVersion: `{text}` is no group/version"));
        }
    }
    if let Some(kind) = kind.filter(|kind| !names::is_letter_label(&kind.to_lowercase())) {
        at.error(problems, format!("kind: `{kind}` is no kind"));
    }
    Some(ParamKind { api_version: api_version?.into(), kind: kind?.into() })
}

fn expression<'t>(
    at: &Cursor<'t>,
    key: &str,
    problems: &mut Problems<'t>,
) -> Option<Expression<'t>> {
    let text = at.required_text(key, problems)?;
    let child = at.get(key)?;
    Some(Expression { text, node: child.node(), path: child.path().into() })
}

fn read_match_conditions<'t>(spec: &Cursor<'t>, problems: &mut Problems<'t>) -> Vec<Named<'t>> {
    let items = spec.objects("matchConditions", problems);
    if items.len() > MAX_MATCH_CONDITIONS {
        spec.error(problems, format!("matchConditions: more than {MAX_MATCH_CONDITIONS}"));
    }
    let mut found: Vec<Named<'t>> = Vec::new();
    for item in &items {
        item.only(&["name", "expression"], problems);
        let name = item.required_text("name", problems);
        let expression = expression(item, "expression", problems);
        let Some(name) = name else { continue };
        if !names::is_qualified_name(name) {
            item.error(problems, format!("name: `{name}` is no qualified name"));
        }
        if found.iter().any(|other| other.name == name) {
            item.error(problems, format!("name: `{name}` is there twice"));
        }
        found.extend(expression.map(|expression| Named { name, expression }));
    }
    found
}

fn read_variables<'t>(spec: &Cursor<'t>, problems: &mut Problems<'t>) -> Vec<Named<'t>> {
    let mut found = Vec::new();
    for item in spec.objects("variables", problems) {
        item.only(&["name", "expression"], problems);
        let name = item.required_text("name", problems);
        let expression = expression(&item, "expression", problems);
        let Some(name) = name else { continue };
        if !kordon_cel::is_identifier(name) {
            item.error(problems, format!("name: `{name}` is no identifier of CEL"));
        }
        found.extend(expression.map(|expression| Named { name, expression }));
    }
    found
}

fn read_validation<'t>(at: &Cursor<'t>, problems: &mut Problems<'t>) -> Option<Validation<'t>> {
    at.only(&["expression", "message", "messageExpression", "reason"], problems);
    let reasons = [
        ("Forbidden", Reason::Forbidden),
        ("Invalid", Reason::Invalid),
        ("RequestEntityTooLarge", Reason::RequestEntityTooLarge),
        ("Unauthorized", Reason::Unauthorized),
    ];
    let message = at.text("message", problems).filter(|text| !text.is_empty());
    match message.map(str::trim) {
        Some("") => at.error(problems, "message: must not be blank"),
        Some(text) if text.contains(['\n', '\r']) => {
            at.error(problems, "message: must be one line");
        }
        _ => {}
    }
    let wants_message_expression =
        at.text("messageExpression", problems).is_some_and(|text| !text.is_empty());
    let message_expression =
        wants_message_expression.then(|| expression(at, "messageExpression", problems)).flatten();
    let reason = at.choice("reason", &reasons, problems);
    let expression = expression(at, "expression", problems)?;
    Some(Validation { expression, message, message_expression, reason })
}

fn read_audit_annotations<'t>(
    spec: &Cursor<'t>,
    policy: Option<&str>,
    problems: &mut Problems<'t>,
) -> Vec<AuditAnnotation<'t>> {
    let items = spec.objects("auditAnnotations", problems);
    if items.len() > MAX_AUDIT_ANNOTATIONS {
        spec.error(problems, format!("auditAnnotations: more than {MAX_AUDIT_ANNOTATIONS}"));
    }
    let mut found: Vec<AuditAnnotation<'t>> = Vec::new();
    for item in &items {
        item.only(&["key", "valueExpression"], problems);
        let key = item.required_text("key", problems);
        let value_expression = expression(item, "valueExpression", problems);
        let Some(key) = key else { continue };
        let whole = format!("{}/{key}", policy.unwrap_or("policy"));
        if !names::is_qualified_name(&whole) {
            item.error(problems, format!("key: `{whole}` is no qualified name"));
        }
        if found.iter().any(|other| other.key == key) {
            item.error(problems, format!("key: `{key}` is there twice"));
        }
        let Some(value_expression) = value_expression else { continue };
        if value_expression.text.trim().len() > MAX_VALUE_EXPRESSION_BYTES {
            item.error(problems, "valueExpression: longer than 5 KiB");
        }
        found.push(AuditAnnotation { key, value_expression });
    }
    found
}
