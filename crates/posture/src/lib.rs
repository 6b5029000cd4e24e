//! Checks of the catalogue and the Pod Security Standards.

mod check;
mod native;
pub mod pss;

pub use check::*;
pub use native::{Analyser, Workloads};
