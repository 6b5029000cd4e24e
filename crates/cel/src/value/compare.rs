//! Equality and order of values as cel-spec has them: equality never fails and is false between
//! types (numbers apart); order exists within a type and between numbers.

use std::cmp::Ordering;

use super::{List, Map, Value, number::Number};
use crate::{ErrorKind, EvalError, Failure, Type, Unknown};

/// Counts the steps of a comparison, so that one of two large values can be stopped.
pub(crate) type Tick<'t> = &'t mut dyn FnMut(usize) -> Result<(), EvalError>;

/// Lists and maps nest at most so deep in a comparison.
const MAX_DEPTH: u32 = 1024;

impl Value<'_> {
    /// CEL's `==`. What is unknown inside of a value equals nothing.
    #[must_use]
    pub fn equals(&self, other: &Value<'_>) -> bool {
        equal(self, other, &mut |_| Ok(())).unwrap_or(false)
    }

    /// CEL's order; `Ok(None)` where one is NaN, an error where the types have no order.
    pub fn order(&self, other: &Value<'_>) -> Result<Option<Ordering>, EvalError> {
        match (self, other) {
            (Value::String(a), Value::String(b)) => Ok(Some((**a).cmp(&**b))),
            (Value::Bool(a), Value::Bool(b)) => Ok(Some(a.cmp(b))),
            (Value::Bytes(a), Value::Bytes(b)) => Ok(Some((**a).cmp(&**b))),
            (Value::Duration(a), Value::Duration(b)) => Ok(Some(a.cmp(b))),
            (Value::Timestamp(a), Value::Timestamp(b)) => Ok(Some(a.cmp(b))),
            _ => match (Number::of(self), Number::of(other)) {
                (Some(a), Some(b)) => Ok(a.compare(b)),
                _ => Err(EvalError::no_such_overload()),
            },
        }
    }
}

/// CEL's `==`, which fails only where it is stopped or meets the unknown.
pub(crate) fn equal(a: &Value<'_>, b: &Value<'_>, tick: Tick<'_>) -> Result<bool, Failure> {
    equal_at(a, b, tick, MAX_DEPTH)
}

fn equal_at(a: &Value<'_>, b: &Value<'_>, tick: Tick<'_>, depth: u32) -> Result<bool, Failure> {
    Ok(match (a, b) {
        (Value::String(a), Value::String(b)) => **a == **b,
        (Value::Int(a), Value::Int(b)) => a == b,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Null, Value::Null) => true,
        (Value::Bytes(a), Value::Bytes(b)) => **a == **b,
        (Value::Duration(a), Value::Duration(b)) => a == b,
        (Value::Timestamp(a), Value::Timestamp(b)) => a == b,
        (Value::List(a), Value::List(b)) => return lists_equal(a, b, tick, depth),
        (Value::Map(a), Value::Map(b)) => return maps_equal(a, b, tick, depth),
        (Value::Optional(a), Value::Optional(b)) => match (a, b) {
            (Some(a), Some(b)) => return equal_at(a, b, tick, deeper(depth)?),
            (None, None) => true,
            _ => false,
        },
        (Value::Type(a), Value::Type(b)) => same_type(a, b),
        (Value::Opaque(a), Value::Opaque(b)) => a.equals(&**b),
        (Value::Unknown(path), _) | (_, Value::Unknown(path)) => {
            return Err(Failure::Unknown(Box::new(Unknown { paths: vec![(**path).into()] })));
        }
        _ => match (Number::of(a), Number::of(b)) {
            (Some(a), Some(b)) => a.compare(b) == Some(Ordering::Equal),
            _ => false,
        },
    })
}

fn lists_equal(a: &List<'_>, b: &List<'_>, tick: Tick<'_>, depth: u32) -> Result<bool, Failure> {
    let depth = deeper(depth)?;
    if a.len() != b.len() {
        return Ok(false);
    }
    for (a, b) in a.iter().zip(b.iter()) {
        tick(1)?;
        if !equal_at(&a, &b, tick, depth)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn maps_equal(a: &Map<'_>, b: &Map<'_>, tick: Tick<'_>, depth: u32) -> Result<bool, Failure> {
    let depth = deeper(depth)?;
    if a.len() != b.len() {
        return Ok(false);
    }
    for (key, value) in a.entries() {
        tick(1)?;
        let Some(other) = b.get(&key) else { return Ok(false) };
        if !equal_at(&value, &other, tick, depth)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn deeper(depth: u32) -> Result<u32, EvalError> {
    depth.checked_sub(1).ok_or_else(|| {
        EvalError::new(ErrorKind::TooDeep, "the compared values nest deeper than the limit")
    })
}

/// Whether two types are one at evaluation, where a list is a list whatever its items are.
pub(crate) fn same_type(a: &Type, b: &Type) -> bool {
    match (a, b) {
        (Type::List(_), Type::List(_))
        | (Type::Map(_), Type::Map(_))
        | (Type::Optional(_), Type::Optional(_))
        | (Type::Type(_), Type::Type(_)) => true,
        (Type::Object(a), Type::Object(b)) => a.name == b.name,
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MapBuilder;

    #[test]
    fn equality_crosses_number_types_only() {
        assert!(Value::Int(1).equals(&Value::Uint(1)));
        assert!(Value::Int(1).equals(&Value::Double(1.0)));
        assert!(!Value::Int(1).equals(&Value::str("1")));
        assert!(!Value::Double(f64::NAN).equals(&Value::Double(f64::NAN)));
        let list = |last| Value::list(vec![Value::Int(1), last]);
        assert!(list(Value::Uint(2)).equals(&list(Value::Double(2.0))));
        assert!(!list(Value::Null).equals(&list(Value::Bool(false))));
        let map = |key| {
            let mut map = MapBuilder::new();
            map.insert(key, Value::str("x"));
            map.finish()
        };
        assert!(map(Value::Int(1)).equals(&map(Value::Uint(1))));
        assert!(!map(Value::Int(1)).equals(&map(Value::Int(2))));
        assert!(Value::some(Value::Int(1)).equals(&Value::some(Value::Int(1))));
        assert!(!Value::some(Value::Null).equals(&Value::Optional(None)));
    }

    #[test]
    fn order_is_within_a_type_or_between_numbers() {
        let order = |a: Value<'_>, b: Value<'_>| a.order(&b).ok().flatten();
        assert_eq!(order(Value::str("a"), Value::str("b")), Some(Ordering::Less));
        assert_eq!(order(Value::Int(2), Value::Double(1.5)), Some(Ordering::Greater));
        assert!(
            matches!(Value::Int(2).order(&Value::str("2")), Err(error) if error.kind() == ErrorKind::NoSuchOverload)
        );
        assert!(matches!(Value::Int(2).order(&Value::Double(f64::NAN)), Ok(None)));
    }
}
