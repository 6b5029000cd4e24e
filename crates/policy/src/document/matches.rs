//! `matchConstraints` and `matchResources`: which requests a policy or a binding is for.

use super::{cursor::Cursor, names};
use crate::{
    matching::{Requirement, Selector, SetOperator},
    problem::Problems,
};

/// Which requests are meant. Absent fields have the defaults of the API server.
#[derive(Debug)]
pub(crate) struct MatchResources {
    /// None: everything.
    pub(crate) rules: Vec<Rule>,
    pub(crate) exclude: Vec<Rule>,
    pub(crate) match_policy: MatchPolicy,
    pub(crate) namespace_selector: Selector,
    pub(crate) object_selector: Selector,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum MatchPolicy {
    Exact,
    /// Also requests to other groups and versions of the same objects.
    Equivalent,
}

#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) groups: Vec<Box<str>>,
    pub(crate) versions: Vec<Box<str>>,
    pub(crate) resources: Vec<ResourcePattern>,
    pub(crate) operations: Operations,
    pub(crate) scope: RuleScope,
    /// None: every name.
    pub(crate) names: Vec<Box<str>>,
}

/// `pods`, `pods/status`, `*`, `*/*`, `pods/*`, `*/scale`.
#[derive(Debug)]
pub(crate) struct ResourcePattern {
    pub(crate) resource: Box<str>,
    /// Empty: the resource itself.
    pub(crate) subresource: Box<str>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RuleScope {
    All,
    Cluster,
    Namespaced,
}

/// A set of operations as bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Operations(pub(crate) u8);

impl Operations {
    const NONE: Self = Self(0);
    pub(crate) const ALL: Self = Self(0b1111);
    const CHOICES: [(&'static str, Self); 5] = [
        ("*", Self::ALL),
        ("CREATE", Self(1)),
        ("UPDATE", Self(2)),
        ("DELETE", Self(4)),
        ("CONNECT", Self(8)),
    ];
}

const FIELDS: [&str; 5] =
    ["resourceRules", "excludeResourceRules", "matchPolicy", "namespaceSelector", "objectSelector"];

pub(super) fn read<'t>(at: &Cursor<'t>, problems: &mut Problems<'t>) -> MatchResources {
    at.only(&FIELDS, problems);
    let policies = [("Exact", MatchPolicy::Exact), ("Equivalent", MatchPolicy::Equivalent)];
    let mut rules = |key| {
        let found = at.objects(key, problems);
        found.iter().map(|item| rule(item, problems)).collect()
    };
    MatchResources {
        rules: rules("resourceRules"),
        exclude: rules("excludeResourceRules"),
        match_policy: at
            .choice("matchPolicy", &policies, problems)
            .unwrap_or(MatchPolicy::Equivalent),
        namespace_selector: selector(at, "namespaceSelector", problems),
        object_selector: selector(at, "objectSelector", problems),
    }
}

const RULE_FIELDS: [&str; 6] =
    ["apiGroups", "apiVersions", "operations", "resources", "resourceNames", "scope"];

fn rule<'t>(at: &Cursor<'t>, problems: &mut Problems<'t>) -> Rule {
    at.only(&RULE_FIELDS, problems);
    let groups = words(at, "apiGroups", problems);
    let versions = words(at, "apiVersions", problems);
    for item in at.items("apiVersions", problems) {
        if item.node().as_str() == Some("") {
            item.error(problems, "must not be empty");
        }
    }
    let names = at.texts("resourceNames", problems);
    for item in at.items("resourceNames", problems) {
        if item.node().as_str().is_some_and(|name| !names::is_path_segment(name)) {
            item.error(problems, "is no name of an object: it has `/` or `%`");
        }
    }
    let scopes = [
        ("*", RuleScope::All),
        ("Cluster", RuleScope::Cluster),
        ("Namespaced", RuleScope::Namespaced),
    ];
    Rule {
        groups,
        versions,
        resources: resources(at, problems),
        operations: operations(at, problems),
        scope: at.choice("scope", &scopes, problems).unwrap_or(RuleScope::All),
        names,
    }
}

/// A list that must not be empty and in which `*` stands alone.
fn words<'t>(at: &Cursor<'t>, key: &str, problems: &mut Problems<'t>) -> Vec<Box<str>> {
    let found = at.texts(key, problems);
    require_items(at, key, found.len(), problems);
    if found.len() > 1 && found.iter().any(|word| **word == *"*") {
        let list = at.get(key).unwrap_or_else(|| at.clone());
        list.error(problems, "`*` must stand alone");
    }
    found
}

fn require_items<'t>(at: &Cursor<'t>, key: &str, n_items: usize, problems: &mut Problems<'t>) {
    match at.get(key) {
        None => at.required(key, problems),
        Some(list) if n_items == 0 => list.error(problems, "must not be empty"),
        Some(_) => {}
    }
}

fn operations<'t>(at: &Cursor<'t>, problems: &mut Problems<'t>) -> Operations {
    let items = at.items("operations", problems);
    require_items(at, "operations", items.len(), problems);
    let mut all = Operations::NONE;
    for item in &items {
        if let Some(operation) = item.as_choice(&Operations::CHOICES, problems) {
            if operation == Operations::ALL && items.len() > 1 {
                item.error(problems, "`*` must stand alone");
            }
            all.0 |= operation.0;
        }
    }
    all
}

fn resources<'t>(at: &Cursor<'t>, problems: &mut Problems<'t>) -> Vec<ResourcePattern> {
    let items = at.items("resources", problems);
    require_items(at, "resources", items.len(), problems);
    let texts: Vec<&str> = items.iter().filter_map(|item| item.as_text(problems)).collect();
    let (mut any_sub, mut any_resource) = (Vec::new(), Vec::new());
    for item in &items {
        let Some(text) = item.node().as_str() else { continue };
        if text.is_empty() {
            item.error(problems, "must not be empty");
        }
        let Some((resource, sub)) = text.split_once('/') else { continue };
        if any_sub.contains(&resource) {
            item.error(problems, format!("`{resource}/*` is there already"));
        }
        if any_resource.contains(&sub) {
            item.error(problems, format!("`*/{sub}` is there already"));
        }
        if sub == "*" {
            any_sub.push(resource);
        }
        if resource == "*" {
            any_resource.push(sub);
        }
    }
    if texts.len() > 1 && texts.contains(&"*/*") {
        at.error(problems, "resources: `*/*` must stand alone");
    }
    let plain = |text: &&str| !text.contains('/') && *text != "*";
    if texts.contains(&"*") && texts.iter().any(plain) {
        at.error(problems, "resources: beside `*` there may be subresources only");
    }
    texts.into_iter().map(pattern).collect()
}

fn pattern(text: &str) -> ResourcePattern {
    let (resource, subresource) = text.split_once('/').unwrap_or((text, ""));
    ResourcePattern { resource: resource.into(), subresource: subresource.into() }
}

const EXPRESSION_FIELDS: [&str; 3] = ["key", "operator", "values"];

/// A label selector; an absent one matches everything.
pub(super) fn selector<'t>(
    parent: &Cursor<'t>,
    key: &str,
    problems: &mut Problems<'t>,
) -> Selector {
    let Some(at) = parent.map(key, problems) else { return Selector::default() };
    at.only(&["matchLabels", "matchExpressions"], problems);
    let mut requirements = Vec::new();
    for (label, value) in at.text_entries("matchLabels", problems) {
        let Some(text) = value.as_text(problems) else { continue };
        if !names::is_qualified_name(label) {
            value.error(problems, format!("`{label}` is no label key"));
        }
        if !names::is_label_value(text) {
            value.error(problems, format!("`{text}` is no label value"));
        }
        requirements.push(Requirement::equals(label, text));
    }
    let expressions = at.objects("matchExpressions", problems);
    requirements.extend(expressions.iter().filter_map(|item| requirement(item, problems)));
    Selector::new(requirements)
}

fn requirement<'t>(at: &Cursor<'t>, problems: &mut Problems<'t>) -> Option<Requirement> {
    at.only(&EXPRESSION_FIELDS, problems);
    let operators = [
        ("In", SetOperator::In),
        ("NotIn", SetOperator::NotIn),
        ("Exists", SetOperator::Exists),
        ("DoesNotExist", SetOperator::DoesNotExist),
    ];
    let key = at.required_text("key", problems);
    if let Some(key) = key.filter(|key| !names::is_qualified_name(key)) {
        at.error(problems, format!("`{key}` is no label key"));
    }
    if !at.has("operator") {
        at.required("operator", problems);
    }
    let operator = at.choice("operator", &operators, problems)?;
    let values = at.texts("values", problems);
    if let Some(value) = values.iter().find(|value| !names::is_label_value(value)) {
        at.error(problems, format!("`{value}` is no label value"));
    }
    let takes_values = matches!(operator, SetOperator::In | SetOperator::NotIn);
    match (takes_values, values.is_empty()) {
        (true, true) => at.required("values", problems),
        (false, false) => at.error(problems, "this operator takes no values"),
        _ => {}
    }
    Some(Requirement::new(key?, operator, values))
}
