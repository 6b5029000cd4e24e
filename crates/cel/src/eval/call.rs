//! Calls of library functions, by the runtime types of the arguments.

use super::{Outcome, machine::Machine, operators::growth, unknown};
use crate::{
    ErrorKind, EvalError, Failure, Limits, Map, Type, Value,
    library::Context,
    plan::node::{CallNode, Candidate, NodeIdx, PreparedArguments},
    session::Ticker,
};

impl<'a> Machine<'a> {
    pub(super) fn call(&mut self, call: &'a CallNode) -> Outcome<'a> {
        match &*call.args {
            [] => self.invoke(call, &[]),
            [a] => match self.eval(*a) {
                Ok(a) => self.invoke(call, &[a]),
                Err(failure) => self.not_called(failure),
            },
            [a, b] => match (self.eval(*a), self.eval(*b)) {
                (Ok(a), Ok(b)) => self.invoke(call, &[a, b]),
                (Err(a), Err(b)) => self.not_called(unknown::join_strict(a, b)),
                (Err(failure), Ok(_)) | (Ok(_), Err(failure)) => self.not_called(failure),
            },
            args => {
                let args = self.arguments(args)?;
                self.invoke(call, &args)
            }
        }
    }

    /// A call is paid for even when an argument failed.
    #[cold]
    fn not_called(&mut self, failure: Failure) -> Outcome<'a> {
        self.budget.charge(1)?;
        Err(failure)
    }

    fn arguments(&mut self, args: &[NodeIdx]) -> Result<Vec<Value<'a>>, Failure> {
        let mut values = Vec::with_capacity(args.len());
        let mut unknown: Option<Failure> = None;
        for arg in args {
            match (self.eval(*arg), unknown.take()) {
                (Ok(value), none @ None) => {
                    values.push(value);
                    unknown = none;
                }
                (Ok(_), some) => unknown = some,
                (Err(error @ Failure::Error(_)), _) => return Err(error),
                (Err(failure), None) => unknown = Some(failure),
                (Err(failure), Some(first)) => unknown = Some(unknown::join(first, failure)),
            }
        }
        unknown.map_or(Ok(values), Err)
    }

    fn invoke(&mut self, call: &'a CallNode, args: &[Value<'a>]) -> Outcome<'a> {
        let Some(candidate) = choose(call, args) else { return Err(no_overload(call, args)) };
        let prepared = match &candidate.prepared {
            PreparedArguments::Nothing => None,
            PreparedArguments::Ready(prepared) => Some(&**prepared),
            PreparedArguments::Failed(error) => return Err(error.clone().into()),
        };
        let steps = args.iter().map(growth).sum();
        if steps > 0 {
            self.ticker.tick(steps)?;
        }
        let mut context = Context { prepared, ticker: &mut self.ticker };
        let result = (candidate.overload.implementation)(&mut context, args);
        let cost = match candidate.overload.cost {
            Some(cost) => (cost.runtime)(args, result.as_ref().unwrap_or(&Value::Null)),
            None => 1,
        };
        self.budget.charge(cost)?;
        Ok(result?)
    }
}

fn choose<'c>(call: &'c CallNode, args: &[Value<'_>]) -> Option<&'c Candidate> {
    call.candidates.iter().find(|candidate| {
        let params = &candidate.overload.params;
        candidate.overload.unguarded || params.iter().zip(args).all(|(param, arg)| fits(param, arg))
    })
}

/// Whether a value may stand for a parameter of a type.
pub(crate) fn fits(param: &Type, value: &Value<'_>) -> bool {
    match (param, value) {
        (Type::Dyn | Type::Param(_) | Type::Var(_) | Type::Error, _)
        | (Type::Null, Value::Null)
        | (Type::Bool, Value::Bool(_))
        | (Type::Int, Value::Int(_))
        | (Type::Uint, Value::Uint(_))
        | (Type::Double, Value::Double(_))
        | (Type::String, Value::String(_))
        | (Type::Bytes, Value::Bytes(_))
        | (Type::Duration, Value::Duration(_))
        | (Type::Timestamp, Value::Timestamp(_))
        | (Type::Type(_), Value::Type(_)) => true,
        (Type::List(item), Value::List(list)) => {
            item.is_dyn() || list.get(0).is_none_or(|first| fits(item, &first))
        }
        (Type::Map(entry), Value::Map(map)) => {
            matches!(&entry.0, Type::Dyn | Type::Param(_) | Type::String)
                || first_key_fits(map, &entry.0)
        }
        (Type::Object(_), Value::Map(_)) => true,
        (Type::Optional(inner), Value::Optional(value)) => {
            value.as_deref().is_none_or(|value| fits(inner, value))
        }
        (Type::Opaque(name), Value::Opaque(opaque)) => opaque.type_of() == Type::Opaque(name),
        _ => false,
    }
}

fn first_key_fits(map: &Map<'_>, key: &Type) -> bool {
    map.entries().first().is_none_or(|(first, _)| fits(key, first))
}

#[cold]
fn no_overload(call: &CallNode, args: &[Value<'_>]) -> Failure {
    let types: Vec<_> = args.iter().map(|arg| arg.type_of().to_string()).collect();
    let message = format!("no such overload: {}({})", call.function, types.join(", "));
    EvalError::new(ErrorKind::NoSuchOverload, message).into()
}

/// Steps that a call before any evaluation may take.
const FOLD_STEPS: u64 = 10_000;

/// A call with constant arguments, and what it costs; `None` where it fails.
pub(crate) fn fold_call(call: &CallNode, args: &[Value<'static>]) -> Option<(Value<'static>, u64)> {
    let candidate = choose(call, args)?;
    let limits = Limits { iterations: FOLD_STEPS, ..Limits::NONE };
    let mut ticker = Ticker::new(None, limits);
    let mut context = Context { prepared: None, ticker: &mut ticker };
    let value = (candidate.overload.implementation)(&mut context, args).ok()?;
    let cost = match candidate.overload.cost {
        Some(cost) => (cost.runtime)(args, &value),
        None => 1,
    };
    Some((value, cost))
}
