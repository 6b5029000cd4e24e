//! Tests of the workspace itself.

#[cfg(test)]
mod layers;
