//! Words: Kubernetes objects as kordon reads them.

mod credential;
mod image;
pub mod resources;
mod tree;

pub use credential::{Confidence, CredentialHit, CredentialPlace};
pub use image::{DEFAULT_REGISTRY, Digest, DigestError, ImageError, ImageRef};
pub use tree::{Kind, NodeId, NodeRef, Tree, TreeBuilder};
