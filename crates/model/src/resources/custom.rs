//! The resources that CustomResourceDefinitions define, beside the built-in ones.

use super::{Resource, Scope, by_kind, equivalents, group_version};
use crate::NodeRef;

/// What one CustomResourceDefinition says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CustomResource {
    pub group: Box<str>,
    pub kind: Box<str>,
    pub plural: Box<str>,
    pub scope: Scope,
    /// The versions that are served.
    pub versions: Vec<Box<str>>,
}

impl CustomResource {
    /// Reads a CustomResourceDefinition (`v1`, or `v1beta1` with its single `version`). `None`
    /// where it does not say what is needed.
    #[must_use]
    pub fn read(definition: NodeRef<'_>) -> Option<Self> {
        let (group, _) = group_version(definition.get("apiVersion")?.as_str()?);
        if group != "apiextensions.k8s.io"
            || definition.get("kind")?.as_str()? != "CustomResourceDefinition"
        {
            return None;
        }
        let spec = definition.get("spec")?;
        let text = |path: &[&str]| spec.at(path).and_then(NodeRef::as_str).map(Box::from);
        let served = |version: &NodeRef<'_>| {
            version.get("served").and_then(NodeRef::as_bool).unwrap_or(true)
        };
        let mut versions: Vec<Box<str>> = spec
            .get("versions")
            .into_iter()
            .flat_map(NodeRef::items)
            .filter(served)
            .filter_map(|version| version.get("name")?.as_str().map(Box::from))
            .collect();
        if versions.is_empty() {
            versions.extend(text(&["version"]));
        }
        Some(Self {
            group: text(&["group"])?,
            kind: text(&["names", "kind"])?,
            plural: text(&["names", "plural"])?,
            scope: match text(&["scope"]).as_deref() {
                Some("Cluster") => Scope::Cluster,
                _ => Scope::Namespaced,
            },
            versions,
        })
    }
}

/// One resource in one version, built-in or custom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ResourceRef<'a> {
    pub group: &'a str,
    pub version: &'a str,
    pub kind: &'a str,
    pub plural: &'a str,
    pub scope: Scope,
}

impl From<&'static Resource> for ResourceRef<'_> {
    fn from(row: &'static Resource) -> Self {
        Self {
            group: row.group,
            version: row.version,
            kind: row.kind,
            plural: row.plural,
            scope: row.scope,
        }
    }
}

/// The built-in resources and the custom ones of the files at hand.
#[derive(Clone, Default, Debug)]
pub struct Resources {
    custom: Vec<CustomResource>,
}

impl Resources {
    /// The last definition of a kind wins.
    pub fn define(&mut self, custom: CustomResource) {
        self.custom.retain(|other| (&other.group, &other.kind) != (&custom.group, &custom.kind));
        self.custom.push(custom);
    }

    #[must_use]
    pub fn by_kind<'a>(
        &'a self,
        group: &str,
        version: &'a str,
        kind: &str,
    ) -> Option<ResourceRef<'a>> {
        if let Some(row) = by_kind(group, version, kind) {
            return Some(row.into());
        }
        let custom =
            self.custom.iter().find(|custom| *custom.group == *group && *custom.kind == *kind)?;
        Some(custom.in_version(version))
    }

    /// The other versions and groups that the API server holds the same objects in: what
    /// `matchPolicy: Equivalent` tries.
    #[must_use]
    pub fn equivalents(&self, group: &str, plural: &str) -> Vec<ResourceRef<'_>> {
        let same = |custom: &&CustomResource| *custom.group == *group && *custom.plural == *plural;
        match self.custom.iter().find(same) {
            Some(custom) => {
                custom.versions.iter().map(|version| custom.in_version(version)).collect()
            }
            None => equivalents(group, plural).map(Into::into).collect(),
        }
    }
}

impl CustomResource {
    /// What a kind's resource is most likely called when no definition of it is at hand: the
    /// plural that Kubernetes' own tools guess.
    #[must_use]
    pub fn guess(group: &str, version: &str, kind: &str) -> Self {
        let singular = kind.to_lowercase();
        let plural = match singular.as_bytes().last() {
            Some(b's') => format!("{singular}es"),
            Some(b'y') => format!("{}ies", singular.trim_end_matches('y')),
            _ => format!("{singular}s"),
        };
        Self {
            group: group.into(),
            kind: kind.into(),
            plural: plural.into(),
            scope: Scope::Namespaced,
            versions: vec![version.into()],
        }
    }

    #[must_use]
    pub fn in_version<'a>(&'a self, version: &'a str) -> ResourceRef<'a> {
        ResourceRef {
            group: &self.group,
            version,
            kind: &self.kind,
            plural: &self.plural,
            scope: self.scope,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_custom_resource_stands_beside_the_built_in_ones() {
        let mut resources = Resources::default();
        resources.define(CustomResource {
            group: "shop.example".into(),
            kind: "Cart".into(),
            plural: "carts".into(),
            scope: Scope::Namespaced,
            versions: vec!["v1".into(), "v2".into()],
        });
        let cart = resources.by_kind("shop.example", "v1", "Cart").expect("it was defined");
        assert_eq!(cart.plural, "carts");
        let versions = resources.equivalents("shop.example", "carts");
        assert_eq!(versions.iter().map(|row| row.version).collect::<Vec<_>>(), ["v1", "v2"]);
        assert!(resources.by_kind("", "v1", "Pod").is_some());
        assert!(resources.by_kind("shop.example", "v1", "Basket").is_none());
    }
}
