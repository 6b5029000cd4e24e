//! Words: Kubernetes objects as kordon reads them.

mod tree;

pub use tree::{Kind, NodeId, NodeRef, Tree, TreeBuilder};
