//! Words: Kubernetes objects as kordon reads them.

mod credential;
mod image;
mod object;
mod path;
pub mod resources;
#[cfg(test)]
mod testing;
mod tree;

pub use credential::{Confidence, CredentialHit, CredentialPlace};
pub use image::{DEFAULT_REGISTRY, Digest, DigestError, ImageError, ImageRef};
pub use object::{NotAnObject, Object, is_list, list_items, objects};
pub use path::{FieldPath, ParsePathError, Place, Segment, locate};
pub use tree::{Kind, NodeId, NodeRef, Tree, TreeBuilder};
