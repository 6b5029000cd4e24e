//! Which requests a policy or a binding is for, decided as the API server decides it.

mod rules;
mod selector;

use kordon_model::{
    NodeRef,
    resources::{ResourceRef, Resources},
};

use crate::{
    Attributes,
    document::{MatchPolicy, MatchResources},
};
pub(crate) use selector::{Requirement, Selector, SetOperator};

/// What a request was matched as: itself, or with `matchPolicy: Equivalent` another version of the
/// same objects, which the policy then sees as `request.kind` and `request.resource`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Match<'a> {
    No,
    Itself,
    As(ResourceRef<'a>),
}

/// What matching looks at beside the request's attributes.
#[derive(Clone, Copy)]
pub(crate) struct MatchInput<'a, 'r> {
    pub(crate) attributes: &'a Attributes<'a>,
    pub(crate) object: Option<NodeRef<'a>>,
    pub(crate) old_object: Option<NodeRef<'a>>,
    /// The Namespace of the object, if there is one to look at.
    pub(crate) namespace: Option<NodeRef<'a>>,
    pub(crate) resources: &'r Resources,
}

pub(crate) fn matches<'r>(input: MatchInput<'_, 'r>, criteria: &MatchResources) -> Match<'r> {
    if !namespace_matches(input, &criteria.namespace_selector)
        || !object_matches(input, &criteria.object_selector)
    {
        return Match::No;
    }
    if !criteria.exclude.is_empty()
        && by_rules(input, &criteria.exclude, criteria.match_policy) != Match::No
    {
        return Match::No;
    }
    if criteria.rules.is_empty() {
        return Match::Itself;
    }
    by_rules(input, &criteria.rules, criteria.match_policy)
}

fn by_rules<'r>(
    input: MatchInput<'_, 'r>,
    rules: &[crate::document::Rule],
    policy: MatchPolicy,
) -> Match<'r> {
    let attributes = input.attributes;
    let resource = attributes.resource;
    if rules.iter().any(|rule| rules::matches(rule, attributes, resource)) {
        return Match::Itself;
    }
    if policy == MatchPolicy::Exact {
        return Match::No;
    }
    let others = input.resources.equivalents(resource.group, resource.plural);
    let is_other =
        |row: &ResourceRef<'_>| (row.group, row.version) != (resource.group, resource.version);
    for rule in rules {
        for other in others.iter().filter(|row| is_other(row)) {
            if rules::matches(rule, attributes, *other) {
                return Match::As(*other);
            }
        }
    }
    Match::No
}

fn namespace_matches(input: MatchInput<'_, '_>, selector: &Selector) -> bool {
    let attributes = input.attributes;
    let is_namespace = attributes.resource.plural == "namespaces";
    if attributes.namespace.is_empty() && !is_namespace {
        // A cluster-scoped object is never exempted by namespaces.
        return true;
    }
    if selector.is_empty() {
        return true;
    }
    let writes_namespace = is_namespace
        && attributes.subresource.is_empty()
        && matches!(attributes.operation, "CREATE" | "UPDATE");
    let labelled = if writes_namespace { input.object } else { input.namespace };
    match labelled {
        Some(namespace) => selector.matches(labels(namespace)),
        // The Namespace that nobody wrote has the label that the API server gives each.
        None => selector.matches_pair("kubernetes.io/metadata.name", attributes.namespace),
    }
}

fn object_matches(input: MatchInput<'_, '_>, selector: &Selector) -> bool {
    selector.is_empty()
        || [input.object, input.old_object]
            .into_iter()
            .flatten()
            .any(|object| selector.matches(labels(object)))
}

/// `metadata.labels`, or nothing.
fn labels(object: NodeRef<'_>) -> Option<NodeRef<'_>> {
    object.at(&["metadata", "labels"])
}

pub(crate) fn selects(selector: &Selector, object: NodeRef<'_>) -> bool {
    selector.matches(labels(object))
}

#[cfg(test)]
mod tests;
