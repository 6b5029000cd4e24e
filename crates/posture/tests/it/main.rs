//! Tests that need more than the crate: a real kube-apiserver.

#[cfg(test)]
mod warnings;
