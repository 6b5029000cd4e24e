//! The evaluator: walks the nodes of a plan over borrowed values.

mod budget;
mod call;
mod cost;
mod fold;
mod logic;
mod lookup;
mod machine;
mod operators;
mod path;
mod place;
#[cfg(test)]
mod tests;
mod trace;
mod unknown;
mod walk;

pub(crate) use call::{fits, fold_call};
pub(crate) use cost::size_cost;
pub(crate) use fold::is_key;
pub(crate) use machine::Machine;
pub(crate) use operators::{fold_binary, negate, not};

use crate::{Failure, Value};

/// What evaluating a node gives.
pub(crate) type Outcome<'a> = Result<Value<'a>, Failure>;
