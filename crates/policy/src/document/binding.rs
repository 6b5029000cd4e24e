//! ValidatingAdmissionPolicyBinding: where a policy applies, with which parameters, and what a
//! violation does.

use super::{
    cursor::Cursor,
    matches::{self, MatchResources},
    names, policy,
};
use crate::{matching::Selector, problem::Problems};

#[derive(Debug)]
pub(crate) struct Binding {
    pub(crate) name: Box<str>,
    pub(crate) policy_name: Box<str>,
    /// None: everything that the policy matches.
    pub(crate) matches: Option<MatchResources>,
    pub(crate) param_ref: Option<ParamRef>,
    pub(crate) actions: Vec<ValidationAction>,
}

#[derive(Debug)]
pub(crate) struct ParamRef {
    pub(crate) choice: ParamChoice,
    pub(crate) namespace: Option<Box<str>>,
    pub(crate) not_found: NotFoundAction,
}

#[derive(Debug)]
pub(crate) enum ParamChoice {
    Name(Box<str>),
    Selector(Selector),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NotFoundAction {
    Allow,
    Deny,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ValidationAction {
    Deny,
    Warn,
    Audit,
}

const SPEC_FIELDS: [&str; 4] = ["policyName", "paramRef", "matchResources", "validationActions"];

pub(super) fn read<'t>(root: &Cursor<'t>, problems: &mut Problems<'t>) -> Option<Binding> {
    let name = policy::read_metadata(root, problems);
    let Some(spec) = root.map("spec", problems) else {
        root.required("spec", problems);
        return None;
    };
    spec.only(&SPEC_FIELDS, problems);
    let policy_name = spec.required_text("policyName", problems);
    if let Some(name) = policy_name.filter(|name| !names::is_subdomain(name)) {
        spec.error(problems, format!("policyName: `{name}` is no name of a policy"));
    }
    let matches = spec.map("matchResources", problems).map(|at| matches::read(&at, problems));
    let param_ref = spec.map("paramRef", problems).and_then(|at| read_param_ref(&at, problems));
    let actions = read_actions(&spec, problems);
    Some(Binding {
        name: name?.into(),
        policy_name: policy_name?.into(),
        matches,
        param_ref,
        actions,
    })
}

fn read_param_ref<'t>(at: &Cursor<'t>, problems: &mut Problems<'t>) -> Option<ParamRef> {
    at.only(&["name", "namespace", "selector", "parameterNotFoundAction"], problems);
    let not_found = [("Allow", NotFoundAction::Allow), ("Deny", NotFoundAction::Deny)];
    if !at.has("parameterNotFoundAction") {
        at.required("parameterNotFoundAction", problems);
    }
    let not_found = at.choice("parameterNotFoundAction", &not_found, problems);
    let name = at.text("name", problems).filter(|name| !name.is_empty());
    if name.is_some_and(|name| !names::is_path_segment(name)) {
        at.error(problems, "name: is no name of an object");
    }
    let choice = match (name, at.has("selector")) {
        (Some(name), false) => ParamChoice::Name(name.into()),
        (None, true) => ParamChoice::Selector(matches::selector(at, "selector", problems)),
        (Some(_), true) => {
            at.error(problems, "name and selector exclude each other");
            return None;
        }
        (None, false) => {
            at.error(problems, "needs name or selector");
            return None;
        }
    };
    let namespace = at.text("namespace", problems).filter(|text| !text.is_empty());
    Some(ParamRef { choice, namespace: namespace.map(Box::from), not_found: not_found? })
}

fn read_actions<'t>(spec: &Cursor<'t>, problems: &mut Problems<'t>) -> Vec<ValidationAction> {
    let choices = [
        ("Deny", ValidationAction::Deny),
        ("Warn", ValidationAction::Warn),
        ("Audit", ValidationAction::Audit),
    ];
    let mut actions = Vec::new();
    for item in spec.items("validationActions", problems) {
        let Some(action) = item.as_choice(&choices, problems) else { continue };
        if actions.contains(&action) {
            item.error(problems, "is there twice");
        }
        actions.push(action);
    }
    if spec.get("validationActions").is_none_or(|list| list.node().is_empty()) {
        spec.required("validationActions", problems);
    }
    if actions.contains(&ValidationAction::Deny) && actions.contains(&ValidationAction::Warn) {
        spec.error(problems, "validationActions: Deny and Warn exclude each other");
    }
    actions
}
