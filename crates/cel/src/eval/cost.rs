//! What operations cost at evaluation, in the units of the API server.

use crate::{Value, plan::node::SizeCost};

/// The size of a value as cost rules see it: 1 for what has no size.
pub(super) fn size(value: &Value<'_>) -> u64 {
    match value {
        Value::String(text) => text.chars().count() as u64,
        Value::Bytes(bytes) => bytes.len() as u64,
        Value::List(list) => list.len() as u64,
        Value::Map(map) => map.len() as u64,
        Value::Optional(Some(value)) => size(value),
        _ => 1,
    }
}

/// A tenth, rounded up: what walking over so many characters costs.
pub(super) fn traversal(n: u64) -> u64 {
    n.div_ceil(10)
}

/// The part of an operator's cost that depends on its operands.
pub(crate) fn size_cost(cost: SizeCost, left: &Value<'_>, right: &Value<'_>) -> u64 {
    match cost {
        SizeCost::None => 0,
        SizeCost::Shorter => match (left, right) {
            (Value::Opaque(_), _) => 1,
            (Value::String(a), Value::String(b)) => traversal(shorter(a, b)),
            _ => traversal(size(left).min(size(right))),
        },
        SizeCost::Both => traversal(size(left).saturating_add(size(right))),
        SizeCost::Items => size(right),
    }
}

/// The characters of the shorter text, without counting those of a much longer one.
pub(super) fn shorter(a: &str, b: &str) -> u64 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let n = short.chars().count();
    match long.len() >= short.len().saturating_mul(4) {
        true => n as u64,
        false => n.min(long.chars().count()) as u64,
    }
}
