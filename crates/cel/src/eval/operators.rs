//! Arithmetic, comparison and membership. Integers overflow to errors, never silently.

use std::{cmp::Ordering, sync::Arc};

use super::{Outcome, cost::size_cost, machine::Machine, unknown};
use crate::{
    Bytes, Duration, ErrorKind, EvalError, Failure, List, Str, Timestamp, Value,
    library::MAX_TEXT,
    plan::node::{Binary, NodeIdx, Operator, SizeCost},
    value::equal,
};

/// Lists do not grow beyond so many items.
const MAX_ITEMS: usize = 1 << 20;

impl<'a> Machine<'a> {
    pub(super) fn binary(&mut self, binary: Binary, left: NodeIdx, right: NodeIdx) -> Outcome<'a> {
        match (self.eval(left), self.eval(right)) {
            (Ok(left), Ok(right)) => self.apply(binary, &left, &right),
            (left, right) => self.failed(binary, left, right),
        }
    }

    /// An operator with an operand that failed costs what one of size 1 would.
    #[cold]
    pub(super) fn failed(
        &mut self,
        binary: Binary,
        left: Outcome<'a>,
        right: Outcome<'a>,
    ) -> Outcome<'a> {
        let size = |outcome: &Outcome<'a>| outcome.as_ref().map_or(Value::Null, Value::clone);
        self.budget.charge(size_cost(binary.cost, &size(&left), &size(&right)))?;
        match (left, right) {
            (Err(left), Err(right)) => Err(unknown::join_strict(left, right)),
            (Err(failure), Ok(_)) | (Ok(_), Err(failure)) => Err(failure),
            (Ok(_), Ok(_)) => unreachable!("one of the two failed"),
        }
    }

    pub(super) fn apply(
        &mut self,
        binary: Binary,
        left: &Value<'a>,
        right: &Value<'a>,
    ) -> Outcome<'a> {
        let value = match binary.operator {
            Operator::Equal => Value::Bool(self.equal(left, right)?),
            Operator::NotEqual => Value::Bool(!self.equal(left, right)?),
            Operator::Less | Operator::LessEqual | Operator::Greater | Operator::GreaterEqual => {
                compare(binary.operator, left, right)?
            }
            Operator::In => self.contained(left, right)?,
            Operator::Add => {
                self.ticker.tick(growth(left) + growth(right))?;
                arithmetic(binary.operator, left, right)?
            }
            _ => arithmetic(binary.operator, left, right)?,
        };
        if binary.cost != SizeCost::None {
            self.budget.charge(size_cost(binary.cost, left, right))?;
        }
        Ok(value)
    }

    fn equal(&mut self, left: &Value<'_>, right: &Value<'_>) -> Result<bool, Failure> {
        match (left, right) {
            (Value::String(a), Value::String(b)) => Ok(**a == **b),
            (Value::Bool(a), Value::Bool(b)) => Ok(a == b),
            (Value::Int(a), Value::Int(b)) => Ok(a == b),
            _ => equal(left, right, &mut |n| self.ticker.tick(n)),
        }
    }

    fn contained(&mut self, item: &Value<'a>, container: &Value<'a>) -> Outcome<'a> {
        let found = match container {
            Value::List(list) => {
                let mut found = false;
                for candidate in list.iter() {
                    self.ticker.tick(1)?;
                    if self.equal(item, &candidate)? {
                        found = true;
                        break;
                    }
                }
                found
            }
            Value::Map(map) => map.get(item).is_some(),
            Value::Unknown(path) => return Err(unknown::at(path)),
            _ => return Err(EvalError::no_such_overload().into()),
        };
        Ok(Value::Bool(found))
    }
}

/// Steps that walking over this operand takes.
pub(super) fn growth(value: &Value<'_>) -> usize {
    match value {
        Value::String(text) => text.len() / 64,
        Value::Bytes(bytes) => bytes.len() / 64,
        Value::List(list) => list.len(),
        _ => 0,
    }
}

/// An operation on constants, before any evaluation; `None` where it fails.
pub(crate) fn fold_binary(
    operator: Operator,
    left: &Value<'static>,
    right: &Value<'static>,
) -> Option<Value<'static>> {
    let value = match operator {
        Operator::Equal => Value::Bool(left.equals(right)),
        Operator::NotEqual => Value::Bool(!left.equals(right)),
        Operator::In => match right {
            Value::List(list) => Value::Bool(list.iter().any(|item| item.equals(left))),
            Value::Map(map) => Value::Bool(map.get(left).is_some()),
            _ => return None,
        },
        Operator::Less | Operator::LessEqual | Operator::Greater | Operator::GreaterEqual => {
            return compare(operator, left, right).ok();
        }
        _ => return arithmetic(operator, left, right).ok(),
    };
    Some(value)
}

fn compare<'a>(
    operator: Operator,
    left: &Value<'_>,
    right: &Value<'_>,
) -> Result<Value<'a>, EvalError> {
    let order = left.order(right)?;
    Ok(Value::Bool(order.is_some_and(|order| match operator {
        Operator::Less => order == Ordering::Less,
        Operator::LessEqual => order != Ordering::Greater,
        Operator::Greater => order == Ordering::Greater,
        _ => order != Ordering::Less,
    })))
}

pub(crate) fn not(value: &Value<'_>) -> Result<Value<'static>, EvalError> {
    match value {
        Value::Bool(value) => Ok(Value::Bool(!value)),
        _ => Err(EvalError::no_such_overload()),
    }
}

pub(crate) fn negate(value: &Value<'_>) -> Result<Value<'static>, EvalError> {
    match value {
        Value::Int(value) => value.checked_neg().map(Value::Int).ok_or_else(overflow),
        Value::Double(value) => Ok(Value::Double(-value)),
        _ => Err(EvalError::no_such_overload()),
    }
}

fn arithmetic<'a>(
    operator: Operator,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Result<Value<'a>, EvalError> {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => int(operator, *a, *b).map(Value::Int),
        (Value::Uint(a), Value::Uint(b)) => uint(operator, *a, *b).map(Value::Uint),
        (Value::Double(a), Value::Double(b)) => double(operator, *a, *b).map(Value::Double),
        (Value::Timestamp(a), Value::Duration(b)) => moved(operator, *a, *b),
        (Value::Duration(a), Value::Timestamp(b)) if operator == Operator::Add => {
            moved(operator, *b, *a)
        }
        (Value::Timestamp(a), Value::Timestamp(b)) if operator == Operator::Subtract => {
            between(*a, *b)
        }
        (Value::Duration(a), Value::Duration(b)) => durations(operator, *a, *b),
        _ if operator == Operator::Add => join(left, right),
        _ => Err(EvalError::no_such_overload()),
    }
}

fn int(operator: Operator, a: i64, b: i64) -> Result<i64, EvalError> {
    let result = match operator {
        Operator::Add => a.checked_add(b),
        Operator::Subtract => a.checked_sub(b),
        Operator::Multiply => a.checked_mul(b),
        Operator::Divide | Operator::Remainder if b == 0 => return Err(by_zero(operator)),
        Operator::Divide => a.checked_div(b),
        Operator::Remainder => a.checked_rem(b),
        _ => return Err(EvalError::no_such_overload()),
    };
    result.ok_or_else(overflow)
}

fn uint(operator: Operator, a: u64, b: u64) -> Result<u64, EvalError> {
    let result = match operator {
        Operator::Add => a.checked_add(b),
        Operator::Subtract => a.checked_sub(b),
        Operator::Multiply => a.checked_mul(b),
        Operator::Divide | Operator::Remainder if b == 0 => return Err(by_zero(operator)),
        Operator::Divide => a.checked_div(b),
        Operator::Remainder => a.checked_rem(b),
        _ => return Err(EvalError::no_such_overload()),
    };
    result.ok_or_else(overflow)
}

fn double(operator: Operator, a: f64, b: f64) -> Result<f64, EvalError> {
    Ok(match operator {
        Operator::Add => a + b,
        Operator::Subtract => a - b,
        Operator::Multiply => a * b,
        Operator::Divide => a / b,
        _ => return Err(EvalError::no_such_overload()),
    })
}

fn join<'a>(left: &Value<'a>, right: &Value<'a>) -> Result<Value<'a>, EvalError> {
    match (left, right) {
        (Value::String(a), Value::String(b)) => {
            limit(a.len(), b.len(), MAX_TEXT)?;
            Ok(Value::String(Str::Shared(Arc::from([&**a, &**b].concat()))))
        }
        (Value::Bytes(a), Value::Bytes(b)) => {
            limit(a.len(), b.len(), MAX_TEXT)?;
            Ok(Value::Bytes(Bytes::Shared([&**a, &**b].concat().into())))
        }
        (Value::List(a), Value::List(b)) => {
            if b.is_empty() {
                return Ok(left.clone());
            }
            if a.is_empty() {
                return Ok(right.clone());
            }
            limit(a.len(), b.len(), MAX_ITEMS)?;
            let mut items = Vec::with_capacity(a.len() + b.len());
            items.extend(a.iter());
            items.extend(b.iter());
            Ok(Value::List(List::Shared(Arc::new(items))))
        }
        _ => Err(EvalError::no_such_overload()),
    }
}

fn limit(a: usize, b: usize, most: usize) -> Result<(), EvalError> {
    match a.saturating_add(b) > most {
        true => Err(EvalError::new(ErrorKind::Other, "a value grows beyond its limit")),
        false => Ok(()),
    }
}

fn moved<'a>(operator: Operator, at: Timestamp, by: Duration) -> Result<Value<'a>, EvalError> {
    let by = nanos(by)?;
    let by = match operator {
        Operator::Add => i128::from(by),
        Operator::Subtract => -i128::from(by),
        _ => return Err(EvalError::no_such_overload()),
    };
    let total = timestamp_nanos(at) + by;
    let seconds = total.div_euclid(NANOS);
    let seconds = i64::try_from(seconds).ok().filter(|seconds| YEARS.contains(seconds));
    let seconds =
        seconds.ok_or_else(|| EvalError::new(ErrorKind::Overflow, "timestamp overflow"))?;
    let nanos = u32::try_from(total.rem_euclid(NANOS)).expect("a remainder below 10^9");
    Ok(Value::Timestamp(Timestamp { seconds, nanos }))
}

const NANOS: i128 = 1_000_000_000;

/// The years 1 to 9999.
const YEARS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

fn timestamp_nanos(at: Timestamp) -> i128 {
    i128::from(at.seconds) * NANOS + i128::from(at.nanos)
}

fn between<'a>(a: Timestamp, b: Timestamp) -> Result<Value<'a>, EvalError> {
    let nanos = i64::try_from(timestamp_nanos(a) - timestamp_nanos(b));
    nanos.map(duration).map_err(|_too_far| duration_overflow())
}

fn durations<'a>(operator: Operator, a: Duration, b: Duration) -> Result<Value<'a>, EvalError> {
    let (a, b) = (nanos(a)?, nanos(b)?);
    let result = match operator {
        Operator::Add => a.checked_add(b),
        Operator::Subtract => a.checked_sub(b),
        _ => return Err(EvalError::no_such_overload()),
    };
    result.map(duration).ok_or_else(duration_overflow)
}

fn nanos(duration: Duration) -> Result<i64, EvalError> {
    let seconds = duration.seconds.checked_mul(1_000_000_000);
    let total = seconds.and_then(|nanos| nanos.checked_add(i64::from(duration.nanos)));
    total.ok_or_else(duration_overflow)
}

fn duration<'a>(nanos: i64) -> Value<'a> {
    let rest = i32::try_from(nanos % 1_000_000_000).expect("a remainder below 10^9");
    Value::Duration(Duration { seconds: nanos / 1_000_000_000, nanos: rest })
}

#[cold]
fn duration_overflow() -> EvalError {
    EvalError::new(ErrorKind::Overflow, "duration overflow")
}

#[cold]
fn overflow() -> EvalError {
    EvalError::new(ErrorKind::Overflow, "integer overflow")
}

#[cold]
fn by_zero(operator: Operator) -> EvalError {
    let message = match operator {
        Operator::Divide => "division by zero",
        _ => "modulus by zero",
    };
    EvalError::new(ErrorKind::DivisionByZero, message)
}
