//! Taking arguments apart. The evaluator only calls an implementation with values of its parameter
//! types, so a mismatch is answered like a call that has no overload.

use crate::{
    Duration, EvalError, List, Timestamp, Value,
    value::{Bytes, Opaque, Str},
};

type Args<'v, 'a> = &'v [Value<'a>];

macro_rules! taker {
    ($name:ident, $variant:ident, $type:ty) => {
        pub(crate) fn $name<'v, 'a>(args: Args<'v, 'a>, idx: usize) -> Result<$type, EvalError> {
            match args.get(idx) {
                Some(Value::$variant(value)) => Ok(value),
                _ => Err(EvalError::no_such_overload()),
            }
        }
    };
}

taker!(str, String, &'v Str<'a>);
taker!(bytes, Bytes, &'v Bytes<'a>);
taker!(list, List, &'v List<'a>);
taker!(int_ref, Int, &'v i64);
taker!(uint_ref, Uint, &'v u64);
taker!(double_ref, Double, &'v f64);
taker!(bool_ref, Bool, &'v bool);
taker!(duration, Duration, &'v Duration);
taker!(timestamp, Timestamp, &'v Timestamp);

pub(crate) fn text<'v>(args: &'v [Value<'_>], idx: usize) -> Result<&'v str, EvalError> {
    str(args, idx).map(|text| &**text)
}

pub(crate) fn int(args: &[Value<'_>], idx: usize) -> Result<i64, EvalError> {
    int_ref(args, idx).copied()
}

pub(crate) fn uint(args: &[Value<'_>], idx: usize) -> Result<u64, EvalError> {
    uint_ref(args, idx).copied()
}

pub(crate) fn double(args: &[Value<'_>], idx: usize) -> Result<f64, EvalError> {
    double_ref(args, idx).copied()
}

pub(crate) fn boolean(args: &[Value<'_>], idx: usize) -> Result<bool, EvalError> {
    bool_ref(args, idx).copied()
}

pub(crate) fn any<'v, 'a>(args: &'v [Value<'a>], idx: usize) -> Result<&'v Value<'a>, EvalError> {
    args.get(idx).ok_or_else(EvalError::no_such_overload)
}

pub(crate) fn opaque<'v, T: Opaque>(args: &'v [Value<'_>], idx: usize) -> Result<&'v T, EvalError> {
    args.get(idx).and_then(Value::as_opaque).ok_or_else(EvalError::no_such_overload)
}

/// A length as CEL counts it.
pub(crate) fn length(length: usize) -> Value<'static> {
    Value::Int(i64::try_from(length).unwrap_or(i64::MAX))
}
