//! Kubernetes' own functions on lists: `isSorted`, `sum`, `min`, `max`, `indexOf`, `lastIndexOf`,
//! and `includes` from 1.37 on.

use std::cmp::Ordering;

use super::super::{Context, Function, Library, Overload, args, duration};
use crate::{Duration, ErrorKind, EvalError, Type, Value};

/// Types with an order, and the names that overloads give them.
const ORDERED: [(&str, &str, &str, Type); 8] = [
    ("list_int_is_sorted_bool", "list_int_max_int", "list_int_min_int", Type::Int),
    ("list_uint_is_sorted_bool", "list_uint_max_uint", "list_uint_min_uint", Type::Uint),
    (
        "list_double_is_sorted_bool",
        "list_double_max_double",
        "list_double_min_double",
        Type::Double,
    ),
    ("list_bool_is_sorted_bool", "list_bool_max_bool", "list_bool_min_bool", Type::Bool),
    (
        "list_duration_is_sorted_bool",
        "list_duration_max_duration",
        "list_duration_min_duration",
        Type::Duration,
    ),
    (
        "list_timestamp_is_sorted_bool",
        "list_timestamp_max_timestamp",
        "list_timestamp_min_timestamp",
        Type::Timestamp,
    ),
    (
        "list_string_is_sorted_bool",
        "list_string_max_string",
        "list_string_min_string",
        Type::String,
    ),
    ("list_bytes_is_sorted_bool", "list_bytes_max_bytes", "list_bytes_min_bytes", Type::Bytes),
];

impl Library {
    pub(super) fn kubernetes_lists(version: u32) -> Self {
        let mut is_sorted_function = Function::new("isSorted");
        let (mut max_function, mut min_function) = (Function::new("max"), Function::new("min"));
        for (sorted_id, max_id, min_id, type_) in ORDERED {
            let list = [Type::list(type_.clone())];
            is_sorted_function = is_sorted_function.overload(Overload::member(
                sorted_id,
                &list,
                Type::Bool,
                is_sorted,
            ));
            max_function =
                max_function.overload(Overload::member(max_id, &list, type_.clone(), max));
            min_function = min_function.overload(Overload::member(min_id, &list, type_, min));
        }
        let mut functions = vec![is_sorted_function, max_function, min_function, sum_function()];
        let any = Type::Param("A");
        let params = [Type::list(any.clone()), any];
        functions.push(Function::new("indexOf").overload(Overload::member(
            "list_a_index_of_int",
            &params,
            Type::Int,
            index_of,
        )));
        functions.push(Function::new("lastIndexOf").overload(Overload::member(
            "list_a_last_index_of_int",
            &params,
            Type::Int,
            last_index_of,
        )));
        if version >= 1 {
            functions.push(Function::new("includes").overload(Overload::member(
                "list_includes_dyn_dyn",
                &[Type::Dyn, Type::Dyn],
                Type::Bool,
                includes,
            )));
        }
        Self::of("kubernetes.lists", functions)
    }
}

fn sum_function() -> Function {
    let overload = |id, type_: Type, implementation| {
        Overload::member(id, &[Type::list(type_.clone())], type_, implementation)
    };
    Function::new("sum")
        .overload(overload("list_int_sum_int", Type::Int, |context, values| {
            sum(context, values, Value::Int(0))
        }))
        .overload(overload("list_uint_sum_uint", Type::Uint, |context, values| {
            sum(context, values, Value::Uint(0))
        }))
        .overload(overload("list_double_sum_double", Type::Double, |context, values| {
            sum(context, values, Value::Double(0.0))
        }))
        .overload(overload("list_duration_sum_duration", Type::Duration, |context, values| {
            sum(context, values, Value::Duration(Duration::default()))
        }))
}

fn sum<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
    zero: Value<'a>,
) -> Result<Value<'a>, EvalError> {
    let list = args::list(values, 0)?;
    context.tick(list.len())?;
    list.iter().try_fold(zero, |total, item| add(&total, &item))
}

fn add<'a>(total: &Value<'a>, item: &Value<'a>) -> Result<Value<'a>, EvalError> {
    let overflow = |what: &str| EvalError::new(ErrorKind::Overflow, format!("{what} overflow"));
    match (total, item) {
        (Value::Int(a), Value::Int(b)) => {
            a.checked_add(*b).map(Value::Int).ok_or_else(|| overflow("integer"))
        }
        (Value::Uint(a), Value::Uint(b)) => {
            a.checked_add(*b).map(Value::Uint).ok_or_else(|| overflow("unsigned integer"))
        }
        (Value::Double(a), Value::Double(b)) => Ok(Value::Double(a + b)),
        (Value::Duration(a), Value::Duration(b)) => {
            let nanos = a.as_nanos().zip(b.as_nanos()).and_then(|(a, b)| a.checked_add(b));
            nanos
                .map(|nanos| Value::Duration(Duration::from_nanos(nanos)))
                .ok_or_else(duration::overflow)
        }
        _ => Err(EvalError::no_such_overload()),
    }
}

fn is_sorted<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let list = args::list(values, 0)?;
    context.tick(list.len())?;
    let mut items = list.iter();
    let Some(mut before) = items.next() else { return Ok(true.into()) };
    has_order(&before)?;
    for item in items {
        has_order(&item)?;
        if is(&before, Ordering::Greater, &item) {
            return Ok(false.into());
        }
        before = item;
    }
    Ok(true.into())
}

/// Values without any order are refused.
fn has_order(value: &Value<'_>) -> Result<(), EvalError> {
    value.order(value).map(|_| ())
}

/// Values of two types stand in no order, which does not matter here.
fn is(a: &Value<'_>, order: Ordering, b: &Value<'_>) -> bool {
    a.order(b).is_ok_and(|found| found == Some(order))
}

fn min<'a>(context: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    best(context, values, "min", Ordering::Greater)
}

fn max<'a>(context: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    best(context, values, "max", Ordering::Less)
}

fn best<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
    function: &str,
    worse: Ordering,
) -> Result<Value<'a>, EvalError> {
    let list = args::list(values, 0)?;
    context.tick(list.len())?;
    let mut items = list.iter();
    let Some(mut best) = items.next() else {
        return Err(EvalError::invalid(format!("{function} called on empty list")));
    };
    has_order(&best)?;
    for item in items {
        has_order(&item)?;
        if is(&best, worse, &item) {
            best = item;
        }
    }
    Ok(best)
}

fn position<'a>(
    values: &[Value<'a>],
    mut indices: impl Iterator<Item = usize>,
) -> Result<Value<'a>, EvalError> {
    let (list, wanted) = (args::list(values, 0)?, args::any(values, 1)?);
    let found = indices.find(|idx| list.get(*idx).is_some_and(|item| item.equals(wanted)));
    Ok(found.map_or(Value::Int(-1), args::length))
}

fn index_of<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let length = args::list(values, 0)?.len();
    context.tick(length)?;
    position(values, 0..length)
}

fn last_index_of<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let length = args::list(values, 0)?.len();
    context.tick(length)?;
    position(values, (0..length).rev())
}

/// Whether a list has a value; what is no list has itself.
fn includes<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let (target, wanted) = (args::any(values, 0)?, args::any(values, 1)?);
    let found = match target {
        Value::List(list) => super::super::sets::includes(context, list, wanted)?,
        _ => target.equals(wanted),
    };
    Ok(found.into())
}
