//! Which resource an object's apiVersion and kind name: the built-in ones of Kubernetes, and the
//! custom ones that CustomResourceDefinitions among the files define.

mod custom;
mod fields;
mod table;

pub use custom::{CustomResource, ResourceRef, Resources};
pub use fields::{FieldType, ObjectType, object_type};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Scope {
    Cluster,
    Namespaced,
}

/// A built-in resource in one of its versions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Resource {
    pub group: &'static str,
    pub version: &'static str,
    pub kind: &'static str,
    /// The resource's name: `pods`.
    pub plural: &'static str,
    pub scope: Scope,
    /// `status`, `scale`, …, sorted.
    pub subresources: &'static [&'static str],
    /// The first minor version that serves it; 0 for 1.28 and before.
    pub since: u16,
    /// The last minor version that serves it, where it was removed.
    pub until: Option<u16>,
}

const fn row(
    [group, version, kind, plural]: [&'static str; 4],
    scope: Scope,
    subresources: &'static [&'static str],
    since: u16,
    until: Option<u16>,
) -> Resource {
    Resource { group, version, kind, plural, scope, subresources, since, until }
}

impl Resource {
    #[must_use]
    pub fn is_served_by(&self, version: kordon_base::KubernetesVersion) -> bool {
        self.since <= version.minor && self.until.is_none_or(|last| version.minor <= last)
    }
}

/// All built-in resources, sorted by group, kind and version.
#[must_use]
pub fn built_in() -> &'static [Resource] {
    &table::TABLE
}

#[must_use]
pub fn by_kind(group: &str, version: &str, kind: &str) -> Option<&'static Resource> {
    let key = (group, kind, version);
    let at = table::TABLE.binary_search_by(|row| (row.group, row.kind, row.version).cmp(&key));
    at.map(|idx| &table::TABLE[idx]).ok()
}

/// All versions of the kind in the group.
#[must_use]
pub fn versions_of(group: &str, kind: &str) -> &'static [Resource] {
    let start = table::TABLE.partition_point(|row| (row.group, row.kind) < (group, kind));
    let rest = &table::TABLE[start..];
    let len = rest.partition_point(|row| (row.group, row.kind) == (group, kind));
    &rest[..len]
}

/// Group and version of an `apiVersion`: `apps/v1` is `("apps", "v1")`, `v1` is `("", "v1")`.
#[must_use]
pub fn group_version(api_version: &str) -> (&str, &str) {
    api_version.split_once('/').unwrap_or(("", api_version))
}

/// Groups that store the same objects, so that a rule for one of them matches requests to the
/// other (`matchPolicy: Equivalent`). From kube-apiserver's storage configuration.
const SHARED_STORAGE: [([&str; 2], &str); 7] = [
    (["networking.k8s.io", "extensions"], "networkpolicies"),
    (["networking.k8s.io", "extensions"], "ingresses"),
    (["apps", "extensions"], "deployments"),
    (["apps", "extensions"], "daemonsets"),
    (["apps", "extensions"], "replicasets"),
    (["", "events.k8s.io"], "events"),
    (["policy", "extensions"], "podsecuritypolicies"),
];

/// The built-in resources that hold the same objects as `plural` of `group`, itself included.
pub fn equivalents<'a>(
    group: &'a str,
    plural: &'a str,
) -> impl Iterator<Item = &'static Resource> + use<'a> {
    let groups = SHARED_STORAGE
        .iter()
        .find(|(groups, name)| *name == plural && groups.contains(&group))
        .map_or([group, group], |(groups, _)| *groups);
    table::TABLE.iter().filter(move |row| row.plural == plural && groups.contains(&row.group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(table::TABLE.is_sorted_by_key(|row| (row.group, row.kind, row.version)));
    }

    #[test]
    fn kinds_are_found() {
        let pod = by_kind("", "v1", "Pod").expect("there are Pods");
        assert_eq!((pod.plural, pod.scope), ("pods", Scope::Namespaced));
        assert!(pod.subresources.contains(&"ephemeralcontainers"));
        let binding = by_kind("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding");
        assert_eq!(binding.map(|row| row.scope), Some(Scope::Cluster));
        assert_eq!(by_kind("", "v1", "Deployment"), None);
        assert_eq!(versions_of("apps", "Deployment").len(), 3);
        assert_eq!(versions_of("apps", "Nothing"), []);
    }

    #[test]
    fn deployments_of_old_groups_are_the_same_objects() {
        let found: Vec<_> =
            equivalents("extensions", "deployments").map(|row| (row.group, row.version)).collect();
        let apps = [("apps", "v1"), ("apps", "v1beta1"), ("apps", "v1beta2")];
        assert_eq!(found, [&apps[..], &[("extensions", "v1beta1")]].concat());
    }
}
