//! Words: Kubernetes objects as kordon reads them.

pub mod resources;
mod tree;

pub use tree::{Kind, NodeId, NodeRef, Tree, TreeBuilder};
