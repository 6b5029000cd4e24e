//! `sort`, and `sortBy` as its macro leaves it: a list with the list of its keys.

use std::cmp::Ordering;

use super::super::{Context, Function, Overload, args};
use crate::{EvalError, List, Type, Value};

/// Types with an order, with the overload of each.
const SORTABLE: [(&str, &str, Type); 8] = [
    ("list_int_sort", "list_int_sortByAssociatedKeys", Type::Int),
    ("list_uint_sort", "list_uint_sortByAssociatedKeys", Type::Uint),
    ("list_double_sort", "list_double_sortByAssociatedKeys", Type::Double),
    ("list_bool_sort", "list_bool_sortByAssociatedKeys", Type::Bool),
    (
        "list_google.protobuf.Duration_sort",
        "list_google.protobuf.Duration_sortByAssociatedKeys",
        Type::Duration,
    ),
    (
        "list_google.protobuf.Timestamp_sort",
        "list_google.protobuf.Timestamp_sortByAssociatedKeys",
        Type::Timestamp,
    ),
    ("list_string_sort", "list_string_sortByAssociatedKeys", Type::String),
    ("list_bytes_sort", "list_bytes_sortByAssociatedKeys", Type::Bytes),
];

pub(super) fn functions() -> Vec<Function> {
    let (mut by_value, mut by_key) =
        (Function::new("sort"), Function::new("@sortByAssociatedKeys"));
    let any = Type::list(Type::Param("T"));
    for (id, key_id, type_) in SORTABLE {
        let list = Type::list(type_);
        let params = std::slice::from_ref(&list);
        by_value = by_value.overload(Overload::member(id, params, list.clone(), sort));
        let params = [any.clone(), list];
        by_key = by_key.overload(Overload::member(key_id, &params, any.clone(), sort_by));
    }
    vec![by_value, by_key]
}

fn sort<'a>(context: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    let list = args::list(values, 0)?;
    sorted(context, list, list)
}

fn sort_by<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    sorted(context, args::list(values, 0)?, args::list(values, 1)?)
}

fn sorted<'a>(
    context: &mut Context<'_, 'a>,
    list: &List<'a>,
    keys: &List<'a>,
) -> Result<Value<'a>, EvalError> {
    if list.len() != keys.len() {
        let message = format!(
            "@sortByAssociatedKeys() expected a list of the same size as the associated keys list, but got {} and {} elements respectively",
            list.len(),
            keys.len()
        );
        return Err(EvalError::invalid(message));
    }
    let log = list.len().checked_ilog2().map_or(0, |log| log as usize);
    context.tick(list.len().saturating_mul(1 + log))?;
    let mut entries: Vec<(Value<'a>, Value<'a>)> = keys.iter().zip(list.iter()).collect();
    check_keys(&entries)?;
    entries.sort_by(|a, b| order(&a.0, &b.0));
    Ok(Value::list(entries.into_iter().map(|(_, item)| item).collect()))
}

/// All keys have one type, and that type has an order.
fn check_keys(entries: &[(Value<'_>, Value<'_>)]) -> Result<(), EvalError> {
    let Some((first, _)) = entries.first() else { return Ok(()) };
    if first.order(first).is_err() {
        return Err(EvalError::invalid("list elements must be comparable"));
    }
    let type_ = first.type_of();
    if entries.iter().any(|(key, _)| key.type_of() != type_) {
        return Err(EvalError::invalid("list elements must have the same type"));
    }
    Ok(())
}

/// A total order, so that sorting is sound: NaN stands behind all numbers.
fn order(a: &Value<'_>, b: &Value<'_>) -> Ordering {
    match (a, b) {
        (Value::Double(a), Value::Double(b)) => {
            a.partial_cmp(b).unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
        }
        _ => a.order(b).unwrap_or(None).unwrap_or(Ordering::Equal),
    }
}
