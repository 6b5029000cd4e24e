//! The Pod view: one reading of every object that bears pods, so that no check can be evaded by
//! the kind that wraps the pod.
//!
//! `null` is absent, as for the API server. A field of the wrong type is handed out as it is, and
//! stands in [`PodView::malformed`]: the API server refuses such an object, so nothing in it may
//! be called safe.

use kordon_base::Source;

use crate::{FieldPath, NodeRef, Object, object::texts};

mod container;
mod defaults;
mod detect;
mod find;
mod kinds;
mod pattern;
mod setting;
mod shape;
mod table;

pub use container::{ContainerKind, ContainerView};
pub use defaults::default_pull_policy;
pub use find::{bears_pods, find_pods};
pub use kinds::{PodForm, PodKind, PodKindError, PodKinds};
pub use setting::{Origin, Setting};
pub use shape::Malformed;

use container::Container;

/// How kordon knows that a pod is there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Found {
    /// A kind of Kubernetes itself.
    BuiltIn,
    /// A custom resource whose paths kordon knows.
    Table,
    /// A custom resource whose paths the user configured.
    Configured,
    /// Something that looks like a pod in an object of unknown kind.
    Detected,
}

impl Found {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BuiltIn => "built-in",
            Self::Table => "table",
            Self::Configured => "configured",
            Self::Detected => "detected",
        }
    }
}

/// A node and its path from the object's root.
#[derive(Clone, Debug)]
pub struct Located<'t> {
    pub node: NodeRef<'t>,
    pub path: FieldPath<'t>,
}

impl<'t> Located<'t> {
    /// A field of a map, unless it is missing or `null`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Self> {
        let (key, node) = self.node.entry(key).filter(|(_, node)| !node.is_null())?;
        let path = self.path.clone().key(key.as_str().unwrap_or_default());
        Some(Self { node, path })
    }
}

/// A map that holds fields of the pod, and what it calls the pod's security context (some custom
/// resources use `securityContext` for the container's).
#[derive(Clone, Debug)]
struct Layer<'t> {
    at: Located<'t>,
    security_key: &'static str,
}

/// One pod of an object.
#[derive(Clone, Debug)]
pub struct PodView<'t> {
    object: Object<'t>,
    found: Found,
    /// The first that has a field decides. One, the pod spec, for everything but a few custom
    /// resources; never none.
    layers: Vec<Layer<'t>>,
    metadata: Option<Located<'t>>,
    containers: Vec<Container<'t>>,
    malformed: Vec<Malformed<'t>>,
}

impl<'t> PodView<'t> {
    #[must_use]
    pub fn object(&self) -> Object<'t> {
        self.object
    }

    #[must_use]
    pub fn source(&self) -> &'t Source {
        self.object.source()
    }

    #[must_use]
    pub fn found(&self) -> Found {
        self.found
    }

    /// The pod spec, or what stands for it.
    #[must_use]
    pub fn spec(&self) -> NodeRef<'t> {
        self.layers[0].at.node
    }

    /// `spec.template.spec`; `spec` for a Pod.
    #[must_use]
    pub fn spec_path(&self) -> &FieldPath<'t> {
        &self.layers[0].at.path
    }

    /// Labels and annotations of the pod itself, not of the workload around it.
    #[must_use]
    pub fn metadata(&self) -> Option<&Located<'t>> {
        self.metadata.as_ref()
    }

    pub fn labels(&self) -> impl Iterator<Item = (&'t str, &'t str)> + Clone + use<'t> {
        texts(self.metadata_field("labels"))
    }

    pub fn annotations(&self) -> impl Iterator<Item = (&'t str, &'t str)> + Clone + use<'t> {
        texts(self.metadata_field("annotations"))
    }

    #[must_use]
    pub fn annotation(&self, key: &str) -> Option<&'t str> {
        self.metadata_field("annotations")?.get(key)?.as_str()
    }

    /// The path of one of the pod's annotations.
    #[must_use]
    pub fn annotation_path(&self, key: &'t str) -> FieldPath<'t> {
        let metadata = self.metadata.as_ref().map_or_else(FieldPath::root, |at| at.path.clone());
        metadata.key("annotations").key(key)
    }

    fn metadata_field(&self, key: &str) -> Option<NodeRef<'t>> {
        self.metadata.as_ref()?.node.get(key)
    }

    /// Init containers first, then containers, then ephemeral ones: the order in which the API
    /// server visits them.
    pub fn containers(&self) -> impl ExactSizeIterator<Item = ContainerView<'_, 't>> + Clone {
        self.containers.iter().map(|container| ContainerView { pod: self, container })
    }

    #[must_use]
    pub fn container(&self, idx: usize) -> Option<ContainerView<'_, 't>> {
        self.containers.get(idx).map(|container| ContainerView { pod: self, container })
    }

    /// A field of the pod spec, `null` being absent.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<NodeRef<'t>> {
        self.layers.iter().find_map(|layer| present(layer.at.node, key))
    }

    /// The path of a pod-level field: where it stands, else where it would stand.
    #[must_use]
    pub fn path_of(&self, dotted: &'t str) -> FieldPath<'t> {
        let first = dotted.split('.').next().unwrap_or_default();
        let has = |layer: &&Layer<'t>| present(layer.at.node, first).is_some();
        let layer = self.layers.iter().find(has).unwrap_or(&self.layers[0]);
        layer.at.path.clone().keys(dotted)
    }

    /// The items of a list of the pod spec (`volumes`, `tolerations`), of all layers.
    pub fn items(&self, key: &'t str) -> impl Iterator<Item = Located<'t>> {
        self.layers.iter().flat_map(move |layer| {
            let items = layer.at.node.get(key).into_iter().flat_map(NodeRef::items).enumerate();
            items.map(move |(idx, node)| Located {
                node,
                path: layer.at.path.clone().key(key).index(idx),
            })
        })
    }

    /// As [`Self::items`] without the paths, which cost.
    pub fn item_nodes(&self, key: &'t str) -> impl Iterator<Item = NodeRef<'t>> {
        self.layers
            .iter()
            .flat_map(move |layer| layer.at.node.get(key).into_iter().flat_map(NodeRef::items))
    }

    pub fn volumes(&self) -> impl Iterator<Item = Located<'t>> {
        self.items("volumes")
    }

    /// The pod's own security context; what containers inherit of it is in
    /// [`ContainerView::security_setting`].
    #[must_use]
    pub fn security_context(&self) -> Option<NodeRef<'t>> {
        self.security_layer().and_then(|layer| present(layer.at.node, layer.security_key))
    }

    /// A field of the pod's own security context.
    #[must_use]
    pub fn security(&self, key: &str) -> Option<NodeRef<'t>> {
        present(self.security_context()?, key)
    }

    /// The path of a field of the pod's security context; the context itself for empty text.
    #[must_use]
    pub fn security_path(&self, dotted: &'t str) -> FieldPath<'t> {
        let layer = self.security_layer().unwrap_or(&self.layers[0]);
        layer.at.path.clone().key(layer.security_key).keys(dotted)
    }

    fn security_layer(&self) -> Option<&Layer<'t>> {
        self.layers.iter().find(|layer| present(layer.at.node, layer.security_key).is_some())
    }

    /// What is not of the type that a pod's field has.
    #[must_use]
    pub fn malformed(&self) -> &[Malformed<'t>] {
        &self.malformed
    }
}

/// The value of a key unless it is `null`, which Kubernetes reads as absent.
fn present<'t>(node: NodeRef<'t>, key: &str) -> Option<NodeRef<'t>> {
    node.get(key).filter(|node| !node.is_null())
}

#[cfg(test)]
mod tests;
