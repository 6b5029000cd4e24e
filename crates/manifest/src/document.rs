//! One document as it was read, and what it is.

use std::sync::Arc;

use kordon_model::{NodeRef, Tree};

use crate::{KustomizePart, Note};

#[derive(Debug)]
pub struct Document {
    pub tree: Tree,
    pub notes: Vec<Note>,
    /// Which document of its file it is, from 0.
    pub ordinal: u32,
    /// Where the document is an item of a list that was handed out item by item.
    pub item: Option<ListItem>,
    /// A kustomization names the file as a patch.
    pub is_patch: bool,
}

/// Where in which list an item stood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListItem {
    pub idx: u32,
    pub list: Arc<ListOf>,
}

/// The list that items were taken from. Items of a `PodList` need not say that they are Pods.
#[derive(PartialEq, Eq, Debug)]
pub struct ListOf {
    pub api_version: Box<str>,
    pub kind: Box<str>,
}

/// What a document is, as far as its root tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// Nothing, or comments only.
    Empty,
    /// Has `apiVersion` and `kind`: a Kubernetes object, or a list of such.
    Object,
    /// An input of Kustomize.
    Kustomize(KustomizePart),
    /// Other YAML or JSON: values of a chart, a CI file, … Nobody wants to hear of it.
    Other,
}

impl Document {
    #[must_use]
    pub fn what(&self) -> What {
        match what(self.tree.root(), self.item.is_some()) {
            What::Object | What::Other if self.is_patch => What::Kustomize(KustomizePart::Patch),
            what => what,
        }
    }
}

fn what(root: NodeRef<'_>, is_item: bool) -> What {
    if root.is_null() {
        return What::Empty;
    }
    let text = |key| root.get(key).and_then(NodeRef::as_str).filter(|text| !text.is_empty());
    match (text("apiVersion"), text("kind")) {
        _ if root.get("$patch").is_some() => What::Kustomize(KustomizePart::Patch),
        (Some(version), Some(kind)) if version.starts_with("kustomize.config.k8s.io/") => {
            What::Kustomize(match kind {
                "Kustomization" => KustomizePart::Kustomization,
                "Component" => KustomizePart::Component,
                _ => KustomizePart::Configuration,
            })
        }
        (Some("builtin"), Some(_)) => What::Kustomize(KustomizePart::Configuration),
        (Some(_), Some(_)) => What::Object,
        _ if is_item && root.is_map() => What::Object,
        _ => What::Other,
    }
}
