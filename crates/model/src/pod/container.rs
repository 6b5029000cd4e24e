//! One container of a pod, with what it inherits.

use super::{Located, Origin, PodView, Setting, defaults, present};
use crate::{FieldPath, NodeRef};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ContainerKind {
    Init,
    /// An init container with `restartPolicy: Always`: it keeps running beside the others.
    Sidecar,
    Regular,
    Ephemeral,
}

impl ContainerKind {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Init => "init",
            Self::Sidecar => "sidecar",
            Self::Regular => "container",
            Self::Ephemeral => "ephemeral",
        }
    }

    /// The API server's order of visits; sidecars stand among the init containers.
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Init | Self::Sidecar => 0,
            Self::Regular => 1,
            Self::Ephemeral => 2,
        }
    }
}

/// Where a container stands.
#[derive(Clone, Debug)]
pub(super) enum Spot<'t> {
    /// In a list of the pod spec.
    Spec { key: &'static str, idx: usize },
    /// Anywhere else in a custom resource.
    Path(Box<FieldPath<'t>>),
}

#[derive(Clone, Debug)]
pub(super) struct Container<'t> {
    pub(super) kind: ContainerKind,
    pub(super) node: NodeRef<'t>,
    /// What gives the fields that the container lacks, in custom resources: Tekton's
    /// `stepTemplate`, the application around a Spark driver.
    pub(super) base: Option<NodeRef<'t>>,
    pub(super) spot: Spot<'t>,
    /// What the resource's controller calls it where the manifest gives no name.
    pub(super) fallback_name: &'static str,
}

/// 16 bytes, to be copied.
#[derive(Clone, Copy, Debug)]
pub struct ContainerView<'p, 't> {
    pub(super) pod: &'p PodView<'t>,
    pub(super) container: &'p Container<'t>,
}

impl<'p, 't> ContainerView<'p, 't> {
    #[must_use]
    pub fn pod(self) -> &'p PodView<'t> {
        self.pod
    }

    #[must_use]
    pub fn kind(self) -> ContainerKind {
        self.container.kind
    }

    #[must_use]
    pub fn node(self) -> NodeRef<'t> {
        self.container.node
    }

    /// Empty where the manifest gives none.
    #[must_use]
    pub fn name(self) -> &'t str {
        let name = self.container.node.get("name").and_then(NodeRef::as_str);
        name.filter(|name| !name.is_empty()).unwrap_or(self.container.fallback_name)
    }

    #[must_use]
    pub fn image(self) -> Option<&'t str> {
        self.get("image")?.as_str().filter(|image| !image.is_empty())
    }

    /// `spec.template.spec.containers[0]`.
    #[must_use]
    pub fn path(self) -> FieldPath<'t> {
        match &self.container.spot {
            Spot::Spec { key, idx } => self.pod.spec_path().clone().key(*key).index(*idx),
            Spot::Path(path) => (**path).clone(),
        }
    }

    /// The path of a field of the container: where it stands or would stand.
    #[must_use]
    pub fn path_of(self, dotted: &'t str) -> FieldPath<'t> {
        self.path().keys(dotted)
    }

    /// A field of the container, `null` being absent.
    #[must_use]
    pub fn get(self, key: &str) -> Option<NodeRef<'t>> {
        present(self.container.node, key)
            .or_else(|| self.container.base.and_then(|base| present(base, key)))
    }

    /// The items of a list of the container (`ports`, `env`, `volumeMounts`).
    pub fn items(self, key: &'t str) -> impl Iterator<Item = Located<'t>> + use<'t> {
        let path = self.path().key(key);
        self.item_nodes(key)
            .enumerate()
            .map(move |(idx, node)| Located { node, path: path.clone().index(idx) })
    }

    pub fn item_nodes(self, key: &str) -> impl Iterator<Item = NodeRef<'t>> + use<'t> {
        self.get(key).into_iter().flat_map(NodeRef::items)
    }

    /// The container's own security context.
    #[must_use]
    pub fn security_context(self) -> Option<NodeRef<'t>> {
        self.get("securityContext")
    }

    /// A field of the container's own security context.
    #[must_use]
    pub fn security(self, key: &str) -> Option<NodeRef<'t>> {
        let field = |node: NodeRef<'t>| present(present(node, "securityContext")?, key);
        field(self.container.node).or_else(|| self.container.base.and_then(field))
    }

    #[must_use]
    pub fn security_path(self, dotted: &'t str) -> FieldPath<'t> {
        self.path().key("securityContext").keys(dotted)
    }

    /// A field of the security context as it holds for the container: its own, else the pod's where
    /// containers inherit it, else the default.
    #[must_use]
    pub fn security_setting(self, key: &str) -> Setting<'t> {
        if let Some(node) = self.security(key) {
            return Setting::written(node, Origin::Container);
        }
        if defaults::is_inherited(key)
            && let Some(node) = self.pod.security(key)
        {
            return Setting::written(node, Origin::Pod);
        }
        Setting::default_of(defaults::container_security(key))
    }

    /// Where the value of [`Self::security_setting`] stands; the container's own field for a
    /// default.
    #[must_use]
    pub fn security_setting_path(self, key: &'t str) -> FieldPath<'t> {
        match self.security_setting(key).origin() {
            Origin::Pod => self.pod.security_path(key),
            Origin::Container | Origin::Default => self.security_path(key),
        }
    }

    /// A field of `windowsOptions`, which are inherited one by one and not as a whole.
    #[must_use]
    pub fn windows_setting(self, key: &str) -> Setting<'t> {
        let field = |options: Option<NodeRef<'t>>| present(options?, key);
        if let Some(node) = field(self.security("windowsOptions")) {
            return Setting::written(node, Origin::Container);
        }
        match field(self.pod.security("windowsOptions")) {
            Some(node) => Setting::written(node, Origin::Pod),
            None => Setting::default_of(defaults::windows_option(key)),
        }
    }

    /// `Always`, `IfNotPresent` or `Never`, with the API server's default by the image's tag.
    #[must_use]
    pub fn image_pull_policy(self) -> &'t str {
        let written = self.get("imagePullPolicy").and_then(NodeRef::as_str);
        written
            .filter(|policy| !policy.is_empty())
            .unwrap_or_else(|| defaults::default_pull_policy(self.image().unwrap_or_default()))
    }
}
