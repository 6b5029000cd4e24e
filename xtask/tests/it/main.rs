//! Tests of the workspace itself.

#[cfg(test)]
mod catalogue;
#[cfg(test)]
mod check_examples;
#[cfg(test)]
mod codegen;
#[cfg(test)]
mod layers;
