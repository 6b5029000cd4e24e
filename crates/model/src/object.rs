//! A Kubernetes object: the root node of one, with what every engine asks of it.

use kordon_base::Source;

use crate::{FieldPath, NodeRef, Place, locate};

mod list;

pub use list::{NotAnObject, is_list, item_objects, list_items, objects};

/// 48 bytes, to be copied.
#[derive(Clone, Copy, Debug)]
pub struct Object<'t> {
    root: NodeRef<'t>,
    api_version: &'t str,
    kind: &'t str,
}

impl<'t> Object<'t> {
    /// `None` unless `root` is a map that names its apiVersion and kind.
    #[must_use]
    pub fn from_root(root: NodeRef<'t>) -> Option<Self> {
        let text = |key| root.get(key).and_then(NodeRef::as_str).filter(|text| !text.is_empty());
        Some(Self { root, api_version: text("apiVersion")?, kind: text("kind")? })
    }

    /// An object whose apiVersion and kind are known from elsewhere: items of a `PodList` as the
    /// API server writes it do not repeat them.
    #[must_use]
    pub fn new(root: NodeRef<'t>, api_version: &'t str, kind: &'t str) -> Self {
        Self { root, api_version, kind }
    }

    #[must_use]
    pub fn root(self) -> NodeRef<'t> {
        self.root
    }

    #[must_use]
    pub fn source(self) -> &'t Source {
        self.root.tree().source()
    }

    /// `apps/v1`; `v1` for the core group.
    #[must_use]
    pub fn api_version(self) -> &'t str {
        self.api_version
    }

    /// `apps`; empty for the core group.
    #[must_use]
    pub fn group(self) -> &'t str {
        self.api_version.split_once('/').map_or("", |(group, _)| group)
    }

    #[must_use]
    pub fn version(self) -> &'t str {
        self.api_version.split_once('/').map_or(self.api_version, |(_, version)| version)
    }

    #[must_use]
    pub fn kind(self) -> &'t str {
        self.kind
    }

    #[must_use]
    pub fn is(self, group: &str, kind: &str) -> bool {
        self.kind == kind && self.group() == group
    }

    #[must_use]
    pub fn metadata(self) -> Option<NodeRef<'t>> {
        self.root.get("metadata").filter(|node| node.is_map())
    }

    /// As written; absent when missing, empty or no string.
    #[must_use]
    pub fn name(self) -> Option<&'t str> {
        self.metadata_text("name")
    }

    #[must_use]
    pub fn generate_name(self) -> Option<&'t str> {
        self.metadata_text("generateName")
    }

    /// As written: never filled in.
    #[must_use]
    pub fn namespace(self) -> Option<&'t str> {
        self.metadata_text("namespace")
    }

    /// For reports: the name, else the generateName, else empty.
    #[must_use]
    pub fn display_name(self) -> &'t str {
        self.name().or_else(|| self.generate_name()).unwrap_or("")
    }

    /// Key and value of each label; values that are no strings (which the API server refuses) are
    /// left out.
    pub fn labels(self) -> impl Iterator<Item = (&'t str, &'t str)> + Clone {
        texts(self.metadata().and_then(|metadata| metadata.get("labels")))
    }

    pub fn annotations(self) -> impl Iterator<Item = (&'t str, &'t str)> + Clone {
        texts(self.metadata().and_then(|metadata| metadata.get("annotations")))
    }

    #[must_use]
    pub fn label(self, key: &str) -> Option<&'t str> {
        self.metadata()?.get("labels")?.get(key)?.as_str()
    }

    #[must_use]
    pub fn annotation(self, key: &str) -> Option<&'t str> {
        self.metadata()?.get("annotations")?.get(key)?.as_str()
    }

    /// Follows a path from this object's root as far as it goes.
    #[must_use]
    pub fn locate(self, path: &FieldPath<'_>) -> Place<'t> {
        locate(self.root, path)
    }

    fn metadata_text(self, key: &str) -> Option<&'t str> {
        self.metadata()?.get(key)?.as_str().filter(|text| !text.is_empty())
    }
}

pub(crate) fn texts<'t>(
    map: Option<NodeRef<'t>>,
) -> impl Iterator<Item = (&'t str, &'t str)> + Clone + use<'t> {
    map.into_iter()
        .flat_map(NodeRef::entries)
        .filter_map(|(key, value)| Some((key.as_str()?, value.as_str()?)))
}

#[cfg(test)]
mod tests;
