//! Ground: source text with positions, Kubernetes versions. Everything stands on this crate, so it
//! knows nothing of Kubernetes objects, findings or files on a disk.

mod kubernetes_version;
mod source;

pub use kubernetes_version::{KubernetesVersion, ParseVersionError};
pub use source::{Position, Source, Span};
