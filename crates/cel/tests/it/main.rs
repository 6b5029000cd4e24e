//! What the language does as a whole, seen from outside.

mod differential;
mod expressions;
mod properties;
#[path = "../../src/testing.rs"]
mod testing;
