//! One rule of `resourceRules` against one resource.

use kordon_model::resources::ResourceRef;

use crate::{
    Attributes,
    document::{ResourcePattern, Rule, RuleScope},
};

/// `resource` is the request's own or one that is equivalent to it.
pub(super) fn matches(rule: &Rule, attributes: &Attributes<'_>, resource: ResourceRef<'_>) -> bool {
    rule.operations.0 & attributes.operation_bit() != 0
        && listed(&rule.groups, resource.group)
        && listed(&rule.versions, resource.version)
        && rule.resources.iter().any(|pattern| names(pattern, attributes, resource))
        && in_scope(rule.scope, attributes, resource)
        && (rule.names.is_empty() || rule.names.iter().any(|name| **name == *attributes.name))
}

fn listed(words: &[Box<str>], wanted: &str) -> bool {
    words.iter().any(|word| **word == *"*" || **word == *wanted)
}

fn names(
    pattern: &ResourcePattern,
    attributes: &Attributes<'_>,
    resource: ResourceRef<'_>,
) -> bool {
    let fits = |pattern: &str, text: &str| pattern == "*" || pattern == text;
    fits(&pattern.resource, resource.plural) && fits(&pattern.subresource, attributes.subresource)
}

fn in_scope(scope: RuleScope, attributes: &Attributes<'_>, resource: ResourceRef<'_>) -> bool {
    // A request for a Namespace carries its name as the namespace, and is cluster-scoped.
    let is_namespace =
        (resource.group, resource.version, resource.plural) == ("", "v1", "namespaces");
    let is_cluster_scoped = is_namespace || attributes.namespace.is_empty();
    match scope {
        RuleScope::All => true,
        RuleScope::Cluster => is_cluster_scoped,
        RuleScope::Namespaced => !is_cluster_scoped,
    }
}
