//! How a library adds functions, types and macros to the language.
//!
//! A [`Library`] is a list of [`Function`]s, each with [`Overload`]s. An overload has a signature
//! (parameter and result types, with type parameters as [`Type::Param`]) and an implementation:
//!
//! ```text
//! fn reverse<'a>(_: &mut Context<'a>, args: &[Value<'a>]) -> Result<Value<'a>, EvalError> { … }
//!
//! Function::new("reverse")
//!     .overload(Overload::member("string_reverse", &[Type::String], Type::String, reverse)
//!         .cost(CallCost { runtime: |args, _| …, estimate: |args| … }))
//! ```
//!
//! The receiver of a method is `args[0]`. At evaluation the overloads of a name are tried by the
//! runtime types of the arguments, so an implementation sees only values of its parameter types
//! (`dyn` and type parameters take anything); a name whose only candidate the checker has found is
//! called directly. Arguments that fail or are unknown never reach an implementation.
//!
//! [`Overload::prepare`] looks at literal arguments when an expression is compiled: what it makes
//! (a compiled regular expression) is read back by [`Context::prepared`] in every call; its error
//! is one of evaluation. A pure call whose arguments are all literals needs no hook: the planner
//! folds it. [`Overload::validate`] makes the failure of either a compile error in the Kubernetes
//! dialects, as `duration('x')` and `a.matches('(')` are.
//!
//! Namespaced functions have dotted names: `Function::new("math.greatest")`. What a name's last
//! part is when written as method call on an identifier is found out by the checker.

pub(crate) mod args;
pub(crate) mod cost;
pub(crate) mod duration;
mod encoders;
pub mod kubernetes;
mod lists;
mod macros;
mod math;
mod net;
mod network;
mod number;
mod operators;
mod optionals;
mod range;
mod re2;
mod regex;
mod sets;
mod specification;
mod standard;
mod strings;
pub(crate) mod timestamp;
mod zone;

use std::{any::Any, fmt, sync::Arc};

pub use range::Range;
pub use re2::compile_regex;

use crate::{
    ErrorKind, EvalError, Type, Value,
    ast::{Ast, ExprId, ExprKind},
    session::Ticker,
};

/// An implementation. Never panics, never loops longer than its arguments are long without
/// [`Context::tick`].
pub type Implementation =
    for<'a> fn(&mut Context<'_, 'a>, &[Value<'a>]) -> Result<Value<'a>, EvalError>;

/// What a [`Prepare`] makes of literal arguments.
pub type Prepared = Arc<dyn Any + Send + Sync>;

/// Looks at the arguments that are literals (`None` where one is not). `Ok(None)` means that there
/// is nothing to prepare.
pub type Prepare = fn(&[Option<&Value<'static>>]) -> Result<Option<Prepared>, EvalError>;

/// A call whose types are known, as a [`Check`] sees it.
pub struct CallView<'p> {
    pub id: ExprId,
    /// The receiver of a method first.
    pub args: Vec<ExprId>,
    pub(crate) ast: &'p Ast,
    pub(crate) types: &'p [Type],
}

impl<'p> CallView<'p> {
    /// What is written at a place of the expression.
    #[must_use]
    pub fn kind(&self, id: ExprId) -> &'p ExprKind {
        &self.ast.expr(id).kind
    }

    #[must_use]
    pub fn type_of(&self, id: ExprId) -> Type {
        self.types.get(id.index()).cloned().unwrap_or(Type::Dyn)
    }
}

/// Looks at a call after type-checking and says what is wrong with it, and where.
pub type Check = fn(&CallView<'_>) -> Result<(), (ExprId, EvalError)>;

/// Texts that an evaluation makes are no longer than this: some milliseconds of work.
pub(crate) const MAX_TEXT: usize = 16 << 20;

/// What an implementation may ask of the evaluation it is called in.
pub struct Context<'c, 'a> {
    pub(crate) prepared: Option<&'a (dyn Any + Send + Sync)>,
    pub(crate) ticker: &'c mut Ticker<'a>,
}

impl<'a> Context<'_, 'a> {
    /// What the overload's [`Prepare`] made for this call.
    #[must_use]
    pub fn prepared<T: 'static>(&self) -> Option<&'a T> {
        self.prepared.and_then(<dyn Any + Send + Sync>::downcast_ref)
    }

    /// Counts `n` steps of work and stops the evaluation when its deadline has passed or its
    /// iteration budget is spent.
    pub fn tick(&mut self, n: usize) -> Result<(), EvalError> {
        self.ticker.tick(n)
    }

    /// Counts the making of a text of so many bytes; fails where it is longer than any may be.
    pub fn room_for(&mut self, n_bytes: usize) -> Result<(), EvalError> {
        if n_bytes > MAX_TEXT {
            return Err(EvalError::new(
                ErrorKind::Other,
                "a text grows beyond the limit of 16 MiB",
            ));
        }
        self.tick(n_bytes / 64)
    }

    /// A compiled regular expression: the prepared one, or compiled now. Linear in the text
    /// whatever the pattern.
    pub fn regex(&self, pattern: &str) -> Result<std::borrow::Cow<'a, ::regex::Regex>, EvalError> {
        match self.prepared::<::regex::Regex>() {
            Some(regex) => Ok(std::borrow::Cow::Borrowed(regex)),
            None => compile_regex(pattern).map(std::borrow::Cow::Owned),
        }
    }
}

/// What the static estimate knows of one argument.
#[derive(Clone, Debug)]
pub struct ArgumentEstimate {
    pub type_: Type,
    /// Characters of a string, bytes, items of a list, entries of a map; 1 for scalars.
    pub size: Range,
    /// What is known of the items of a list beforehand; `None` for what has no items.
    pub item_size: Option<Range>,
    /// The number, where it is written in the expression.
    pub literal: Option<i64>,
}

impl ArgumentEstimate {
    #[must_use]
    pub fn item_type(&self) -> Option<&Type> {
        match &self.type_ {
            Type::List(item) => Some(item),
            Type::Map(entry) => Some(&entry.0),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CallEstimate {
    pub cost: Range,
    pub result_size: Option<Range>,
}

/// What one call costs in the API server's units. Without one a call costs 1.
#[derive(Clone, Copy, Debug)]
pub struct CallCost {
    /// The cost of a call that was made: arguments and result.
    pub runtime: fn(&[Value<'_>], &Value<'_>) -> u64,
    /// The cost of a call before any evaluation.
    pub estimate: fn(&[ArgumentEstimate]) -> CallEstimate,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Style {
    /// `f(a, b)`
    Global,
    /// `a.f(b)`
    Member,
}

#[derive(Clone)]
pub struct Overload {
    pub id: &'static str,
    pub style: Style,
    /// The receiver of a member first.
    pub params: Vec<Type>,
    pub result: Type,
    pub implementation: Implementation,
    pub prepare: Option<Prepare>,
    pub cost: Option<CallCost>,
    /// A literal call that fails, and literals that cannot be prepared, are refused at compile time in the Kubernetes dialects.
    pub validate: bool,
    /// A mistake that the types and literals of a call show.
    pub check: Option<Check>,
    /// The implementation looks at the types of its arguments itself.
    pub unguarded: bool,
    /// Reads something beyond its arguments (an authorizer); never folded or shared.
    pub impure: bool,
}

impl Overload {
    #[must_use]
    pub fn global(
        id: &'static str,
        params: &[Type],
        result: Type,
        implementation: Implementation,
    ) -> Self {
        let (style, params) = (Style::Global, params.to_vec());
        let (prepare, cost, check) = (None, None, None);
        let (validate, unguarded, impure) = (false, false, false);
        Self {
            id,
            style,
            params,
            result,
            implementation,
            prepare,
            cost,
            validate,
            check,
            unguarded,
            impure,
        }
    }

    #[must_use]
    pub fn member(
        id: &'static str,
        params: &[Type],
        result: Type,
        implementation: Implementation,
    ) -> Self {
        Self { style: Style::Member, ..Self::global(id, params, result, implementation) }
    }

    #[must_use]
    pub fn prepare(mut self, prepare: Prepare) -> Self {
        self.prepare = Some(prepare);
        self
    }

    #[must_use]
    pub fn cost(mut self, cost: CallCost) -> Self {
        self.cost = Some(cost);
        self
    }

    #[must_use]
    pub fn validate(mut self) -> Self {
        self.validate = true;
        self
    }

    #[must_use]
    pub fn check(mut self, check: Check) -> Self {
        self.check = Some(check);
        self
    }

    #[must_use]
    pub fn unguarded(mut self) -> Self {
        self.unguarded = true;
        self
    }

    #[must_use]
    pub fn impure(mut self) -> Self {
        self.impure = true;
        self
    }
}

impl fmt::Debug for Overload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// A function name with its overloads. Two libraries may add overloads to one name.
#[derive(Clone, Debug)]
pub struct Function {
    pub name: &'static str,
    pub overloads: Vec<Overload>,
}

impl Function {
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self { name, overloads: Vec::new() }
    }

    #[must_use]
    pub fn overload(mut self, overload: Overload) -> Self {
        self.overloads.push(overload);
        self
    }
}

/// Syntax that the parser expands; each extension is off until a library asks for it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MacroSet {
    /// `cel.bind`
    Bindings,
    /// `cel.block`, `cel.index`, `cel.iterVar`, `cel.accuVar`
    Block,
    /// `a.?b`, `a[?b]`, `[?a]`, `{?a: b}`, `optMap`, `optFlatMap`; the types and functions of
    /// optionals come with it.
    Optionals,
    /// `all(i, v, …)`, `existsOne`, `transformList`, `transformMap`, `transformMapEntry`
    TwoVariables,
    /// `math.greatest(a, b, …)` and `math.least` become `math.@max([…])` and `math.@min([…])`,
    /// with one or two arguments `math.@max(a)` and `math.@max(a, b)`.
    Math,
    /// `list.sortBy(v, key)` becomes `@sortByAssociatedKeys` of the list and its keys.
    SortBy,
}

/// A named set of functions, type names and macros.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pub name: &'static str,
    pub functions: Vec<Function>,
    /// Type names that expressions may use as values: `type(x) == net.IP`.
    pub types: Vec<(&'static str, Type)>,
    pub macros: Vec<MacroSet>,
}

impl Library {
    fn of(name: &'static str, functions: Vec<Function>) -> Self {
        let functions = functions.into_iter().map(cost::priced).collect();
        Self { name, functions, ..Self::default() }
    }
}

/// The error of a failed evaluation inside a function, for implementations that check ranges.
#[must_use]
pub fn index_out_of_range(idx: i64) -> EvalError {
    EvalError::new(ErrorKind::IndexOutOfRange, format!("index out of range: {idx}"))
}

#[cfg(test)]
mod tests;
