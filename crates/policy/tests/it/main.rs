//! Tests against the reference implementation.

#[cfg(test)]
mod apiserver;
