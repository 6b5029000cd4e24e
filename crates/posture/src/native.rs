//! Analysers for what is no question about fields of one object: named by check files.

mod tokens;
mod workloads;

pub use workloads::Workloads;

/// Which analyser.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Analyser {
    /// Workloads of one namespace that run under one ServiceAccount.
    SharedServiceAccount,
    /// Pods that get a token of their ServiceAccount.
    AutomountedToken,
}

impl Analyser {
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "shared-service-account" => Some(Self::SharedServiceAccount),
            "automounted-token" => Some(Self::AutomountedToken),
            _ => None,
        }
    }
}
