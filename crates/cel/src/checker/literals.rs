//! What a dialect asks of literals once the types are known.
//!
//! Kubernetes refuses lists and maps of mixed types, and durations, timestamps and regular
//! expressions that cannot be read. Functions may look at their own literal arguments in every
//! dialect (`format`).

use super::Checked;
use crate::{
    Dialect, EvalError, Limits, Problem, Type, Value,
    ast::{Ast, Entry, ExprId, ExprKind, Item},
    env::{EnvInner, Reference},
    eval,
    library::{CallView, Context, Overload, Prepared},
    session::Ticker,
};

/// What was made of literals on the way, by call and overload, so that it is not made again.
pub(crate) type PreparedCalls = Vec<(ExprId, &'static str, Prepared)>;

pub(crate) fn check_literals(
    env: &EnvInner,
    ast: &Ast,
    checked: &Checked,
) -> (PreparedCalls, Vec<Problem>) {
    let (problems, prepared) = (Vec::new(), Vec::new());
    let mut literals = Literals { env, ast, checked, problems, prepared };
    literals.visit(ast.root(), Mixed::of(env.dialect));
    let Literals { mut problems, prepared, .. } = literals;
    problems.sort_by_key(|problem| problem.span.start);
    (prepared, problems)
}

/// Whether aggregates of several types are legal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mixed {
    Legal,
    /// `dyn` beside another type is legal, as it was until 1.28.
    WithDyn,
    Refused,
}

impl Mixed {
    fn of(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Standard => Self::Legal,
            Dialect::Kubernetes(..29) => Self::WithDyn,
            Dialect::Kubernetes(_) => Self::Refused,
        }
    }

    fn allows(self, first: &Type, other: &Type) -> bool {
        match self {
            Self::Legal => true,
            Self::WithDyn => first == other || first.is_dyn() || other.is_dyn(),
            Self::Refused => first == other,
        }
    }
}

struct Literals<'c> {
    env: &'c EnvInner,
    ast: &'c Ast,
    checked: &'c Checked,
    problems: Vec<Problem>,
    prepared: PreparedCalls,
}

impl<'c> Literals<'c> {
    fn visit(&mut self, id: ExprId, mut mixed: Mixed) {
        let expr = self.ast.expr(id);
        match &expr.kind {
            ExprKind::List(items) => self.list(items, mixed),
            ExprKind::Map(entries) => self.map(entries, mixed),
            ExprKind::Call(call) => {
                if &*call.function == "format" {
                    mixed = Mixed::Legal;
                }
                self.call(id);
            }
            _ => {}
        }
        expr.for_each_child(|child| self.visit(child, mixed));
    }

    fn problem(&mut self, at: ExprId, message: String, hint: Option<&str>) {
        let span = self.ast.expr(at).span;
        self.problems.push(Problem { span, message: message.into(), hint: hint.map(Into::into) });
    }

    fn type_of(&self, id: ExprId, optional: bool) -> &'c Type {
        match &self.checked.types[id.index()] {
            Type::Optional(inner) if optional => inner,
            type_ => type_,
        }
    }

    fn list(&mut self, items: &[Item], mixed: Mixed) {
        let Some((first, rest)) = items.split_first() else { return };
        let first = self.type_of(first.value, first.optional);
        let odd = rest.iter().find(|item| {
            let type_ = self.type_of(item.value, item.optional);
            !mixed.allows(first, type_)
        });
        if let Some(odd) = odd {
            self.mixed(odd.value, first, self.type_of(odd.value, odd.optional));
        }
    }

    fn map(&mut self, entries: &[Entry], mixed: Mixed) {
        let Some((first, rest)) = entries.split_first() else { return };
        let key = self.type_of(first.key, false);
        let value = self.type_of(first.value, first.optional);
        for entry in rest {
            let other = self.type_of(entry.key, false);
            if !mixed.allows(key, other) {
                self.mixed(entry.key, key, other);
            }
            let other = self.type_of(entry.value, entry.optional);
            if !mixed.allows(value, other) {
                self.mixed(entry.value, value, other);
            }
        }
    }

    fn mixed(&mut self, at: ExprId, wanted: &Type, found: &Type) {
        let message = format!("expected type '{wanted}' but found '{found}'");
        let hint = "Kubernetes allows one type in a list or map literal; wrap every part in dyn()";
        self.problem(at, message, Some(hint));
    }

    fn call(&mut self, id: ExprId) {
        let Some(Reference::Function { name, candidates, qualified: _ }) =
            &self.checked.references[id.index()]
        else {
            return;
        };
        let Some(overloads) = self.env.functions.get(name) else { return };
        let args = self.arguments(id, name);
        for idx in candidates {
            let Some(overload) = overloads.get(usize::from(*idx)) else { continue };
            if let Some(check) = overload.check {
                let args = args.clone();
                let view = CallView { id, args, ast: self.ast, types: &self.checked.types };
                if let Err((at, error)) = check(&view) {
                    self.problem(at, error.message().to_owned(), error.hint());
                    return;
                }
            }
            if overload.validate && self.env.dialect != Dialect::Standard {
                self.validate(id, name, overload, &args);
            }
        }
    }

    /// The receiver of a method first.
    fn arguments(&self, id: ExprId, name: &str) -> Vec<ExprId> {
        let ExprKind::Call(call) = &self.ast.expr(id).kind else { return Vec::new() };
        let target = call.target.filter(|_| *call.function == *name);
        target.iter().chain(&call.args).copied().collect()
    }

    fn validate(&mut self, id: ExprId, name: &str, overload: &Overload, args: &[ExprId]) {
        let literal = |id: &ExprId| match &self.ast.expr(*id).kind {
            ExprKind::Literal(value) => Some(value),
            _ => None,
        };
        let literals: Vec<Option<&Value<'static>>> = args.iter().map(literal).collect();
        let error = match outcome_of(overload, &literals) {
            Ok(None) => return,
            Ok(Some(prepared)) => {
                self.prepared.push((id, overload.id, prepared));
                return;
            }
            Err(error) => error,
        };
        let last_literal = literals.iter().rposition(Option::is_some).unwrap_or_default();
        let message = format!("invalid {name} argument: {}", error.message());
        self.problem(args[last_literal], message, error.hint());
    }
}

/// How a call with these literals is bound to fail, or what is prepared for it.
fn outcome_of(
    overload: &Overload,
    literals: &[Option<&Value<'static>>],
) -> Result<Option<Prepared>, EvalError> {
    // A null fits the types of the checker that may be null, and is none of their values.
    let misfit = |(literal, param): (&Option<&Value<'static>>, &Type)| {
        literal.is_some_and(|literal| !eval::fits(param, literal))
    };
    if literals.iter().zip(&overload.params).any(misfit) {
        return Err(EvalError::no_such_overload());
    }
    if let Some(prepare) = overload.prepare {
        return prepare(literals);
    }
    let all: Option<Vec<Value<'static>>> = literals.iter().map(|value| value.cloned()).collect();
    let Some(args) = all else { return Ok(None) };
    let limits = Limits { iterations: 10_000, ..Limits::NONE };
    let mut ticker = Ticker::new(None, limits);
    let mut context = Context { prepared: None, ticker: &mut ticker };
    (overload.implementation)(&mut context, &args).map(|_| None)
}
