//! `math.greatest` and `math.least`, as the macros leave them: `math.@max` and `math.@min` of one
//! number, of two of any types, of a list.

use std::cmp::Ordering;

use super::{
    super::{Context, Function, Implementation, Overload, args},
    identity,
};
use crate::{EvalError, Type, Value};

macro_rules! extreme {
    ($name:literal, $prefix:literal, $pair:ident, $list:ident) => {
        Function::new($name)
            .overload(one(concat!($prefix, "_double"), &Type::Double))
            .overload(one(concat!($prefix, "_int"), &Type::Int))
            .overload(one(concat!($prefix, "_uint"), &Type::Uint))
            .overload(two(concat!($prefix, "_double_double"), Type::Double, Type::Double, $pair))
            .overload(two(concat!($prefix, "_int_int"), Type::Int, Type::Int, $pair))
            .overload(two(concat!($prefix, "_uint_uint"), Type::Uint, Type::Uint, $pair))
            .overload(two(concat!($prefix, "_int_uint"), Type::Int, Type::Uint, $pair))
            .overload(two(concat!($prefix, "_int_double"), Type::Int, Type::Double, $pair))
            .overload(two(concat!($prefix, "_double_int"), Type::Double, Type::Int, $pair))
            .overload(two(concat!($prefix, "_double_uint"), Type::Double, Type::Uint, $pair))
            .overload(two(concat!($prefix, "_uint_int"), Type::Uint, Type::Int, $pair))
            .overload(two(concat!($prefix, "_uint_double"), Type::Uint, Type::Double, $pair))
            .overload(of_list(concat!($prefix, "_list_double"), Type::Double, $list))
            .overload(of_list(concat!($prefix, "_list_int"), Type::Int, $list))
            .overload(of_list(concat!($prefix, "_list_uint"), Type::Uint, $list))
    };
}

pub(super) fn functions() -> Vec<Function> {
    vec![
        extreme!("math.@min", "math_@min", least_of_two, least_of_list),
        extreme!("math.@max", "math_@max", greatest_of_two, greatest_of_list),
    ]
}

fn one(id: &'static str, type_: &Type) -> Overload {
    Overload::global(id, std::slice::from_ref(type_), type_.clone(), identity)
}

fn two(id: &'static str, first: Type, second: Type, implementation: Implementation) -> Overload {
    let result = if first == second { first.clone() } else { Type::Dyn };
    Overload::global(id, &[first, second], result, implementation)
}

fn of_list(id: &'static str, item: Type, implementation: Implementation) -> Overload {
    Overload::global(id, &[Type::list(item.clone())], item, implementation)
}

fn least_of_two<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    better(args::any(values, 0)?.clone(), args::any(values, 1)?.clone(), Ordering::Greater)
}

fn greatest_of_two<'a>(
    _: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    better(args::any(values, 0)?.clone(), args::any(values, 1)?.clone(), Ordering::Less)
}

fn least_of_list<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    best_of_list("math.@min", context, values, Ordering::Greater)
}

fn greatest_of_list<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    best_of_list("math.@max", context, values, Ordering::Less)
}

/// The second where the first stands to it as given, else the first.
fn better<'a>(
    first: Value<'a>,
    second: Value<'a>,
    worse: Ordering,
) -> Result<Value<'a>, EvalError> {
    match first.order(&second)? {
        Some(order) => Ok(if order == worse { second } else { first }),
        None => Err(EvalError::invalid("NaN values cannot be ordered")),
    }
}

fn best_of_list<'a>(
    function: &str,
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
    worse: Ordering,
) -> Result<Value<'a>, EvalError> {
    let list = args::list(values, 0)?;
    context.tick(list.len())?;
    let mut items = list.iter();
    let Some(mut best) = items.next() else {
        let message = format!("{function}(list) argument must not be empty");
        return Err(EvalError::invalid(message));
    };
    for item in items {
        best = better(best, item, worse)?;
    }
    match best {
        Value::Int(_) | Value::Uint(_) | Value::Double(_) => Ok(best),
        _ => Err(EvalError::no_such_overload()),
    }
}
