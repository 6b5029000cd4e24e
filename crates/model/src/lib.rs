//! Words: Kubernetes objects as kordon reads them.

mod credential;
mod image;
mod object;
mod path;
mod pod;
pub mod resources;
#[cfg(test)]
mod testing;
mod tree;

pub use credential::{Confidence, CredentialHit, CredentialPlace};
pub use image::{DEFAULT_REGISTRY, Digest, DigestError, ImageError, ImageRef};
pub use object::{NotAnObject, Object, is_list, item_objects, list_items, objects};
pub use path::{FieldPath, ParsePathError, Place, Segment, locate};
pub use pod::{
    ContainerKind, ContainerView, Found, Located, Malformed, Origin, PodForm, PodKind,
    PodKindError, PodKinds, PodView, Setting, bears_pods, default_pull_policy, find_pods,
};
pub use tree::{Kind, NodeId, NodeRef, Tree, TreeBuilder};
