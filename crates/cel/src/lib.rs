//! The CEL language in the dialect of Kubernetes: parse, check, plan, evaluate.
//!
//! The way of an expression: an [`Env`] (dialect, libraries, declared variables) compiles text to a
//! checked [`Program`]; a [`PlanBuilder`] joins programs and lazily evaluated variables to one
//! immutable [`Plan`], in which equal sub-expressions are one; a [`Session`] evaluates a plan over
//! borrowed input. Nothing here reads a file, a clock or an environment variable: deadlines come
//! in as a callback.

pub mod ast;
mod checker;
mod env;
mod error;
mod estimate;
mod eval;
mod lexer;
pub mod library;
mod parser;
mod plan;
mod problem;
mod session;
#[cfg(test)]
mod testing;
mod types;
mod value;

pub use env::{Dialect, Env, EnvBuilder, Program};
pub use error::{ErrorKind, EvalError, Failure, Unknown};
pub use estimate::{NoSizes, Sizes, estimate};
pub use parser::is_identifier;
pub use plan::{ExprSlot, Plan, PlanBuilder, Scope, VariableSlot};
pub use problem::{CompileError, Problem};
pub use session::{Interrupt, Limits, Session, Trace, TraceStep};
pub use types::{GenericType, ObjectField, ObjectType, Type};
pub use value::{
    Bytes, Duration, Fields, List, Map, MapBuilder, Opaque, OpaqueRef, OwnedMap, Sequence, Str,
    Timestamp, Value,
};
