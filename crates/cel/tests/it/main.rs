//! What the language does as a whole, seen from outside.

#[cfg(test)]
mod differential;
#[cfg(test)]
mod expressions;
#[cfg(test)]
mod properties;
#[cfg(test)]
#[path = "../../src/testing.rs"]
mod testing;
