//! Tests of the workspace itself.

#[cfg(test)]
mod catalogue;
#[cfg(test)]
mod check_examples;
mod layers;
