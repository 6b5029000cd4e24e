//! Conversions between types: `int(…)`, `string(…)`, `duration(…)` and the like.

use crate::{
    ErrorKind, EvalError, Type, Value,
    library::{Context, Function, Implementation, Overload, args, duration, number, timestamp},
    value::{Bytes, Str, Timestamp},
};

pub(super) fn functions() -> Vec<Function> {
    let any = Type::Param("A");
    let type_of = Overload::global(
        "type",
        std::slice::from_ref(&any),
        Type::of_type(any.clone()),
        |_, values| Ok(Value::Type(std::sync::Arc::new(args::any(values, 0)?.type_of()))),
    );
    let dyn_ = Overload::global("to_dyn", &[any], Type::Dyn, identity);
    vec![
        Function::new("type").overload(type_of),
        Function::new("dyn").overload(dyn_),
        to_bool(),
        to_bytes(),
        to_double(),
        to_duration(),
        to_int(),
        to_string(),
        to_timestamp(),
        to_uint(),
    ]
}

fn identity<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    args::any(values, 0).cloned()
}

/// A conversion function from `(overload, from, implementation)`.
fn conversion(
    name: &'static str,
    to: &Type,
    overloads: &[(&'static str, Type, Implementation)],
) -> Function {
    let mut function = Function::new(name);
    for (id, from, implementation) in overloads {
        let params = std::slice::from_ref(from);
        function = function.overload(Overload::global(id, params, to.clone(), *implementation));
    }
    function
}

fn not_converted(from: &'static str, to: &'static str) -> EvalError {
    EvalError::invalid(format!("type conversion error from '{from}' to '{to}'"))
}

fn overflow(type_: &'static str) -> EvalError {
    EvalError::new(ErrorKind::Overflow, format!("{type_} overflow"))
}

fn to_bool() -> Function {
    conversion(
        "bool",
        &Type::Bool,
        &[
            ("bool_to_bool", Type::Bool, identity),
            ("string_to_bool", Type::String, |_, values| {
                let value = number::parse_bool(args::text(values, 0)?);
                value.map(Value::Bool).ok_or_else(|| not_converted("string", "bool"))
            }),
        ],
    )
}

fn to_bytes() -> Function {
    conversion(
        "bytes",
        &Type::Bytes,
        &[
            ("bytes_to_bytes", Type::Bytes, identity),
            ("string_to_bytes", Type::String, |_, values| {
                Ok(Value::Bytes(match args::str(values, 0)? {
                    Str::Borrowed(text) => Bytes::Borrowed(text.as_bytes()),
                    Str::Shared(text) => Bytes::Shared(text.as_bytes().into()),
                }))
            }),
        ],
    )
}

fn to_double() -> Function {
    conversion(
        "double",
        &Type::Double,
        &[
            ("double_to_double", Type::Double, identity),
            ("int64_to_double", Type::Int, |_, values| {
                #[expect(clippy::cast_precision_loss, reason = "what the conversion means")]
                let value = args::int(values, 0)? as f64;
                Ok(value.into())
            }),
            ("string_to_double", Type::String, |_, values| {
                let value = number::parse_double(args::text(values, 0)?);
                value.map(Value::Double).ok_or_else(|| not_converted("string", "double"))
            }),
            ("uint64_to_double", Type::Uint, |_, values| {
                #[expect(clippy::cast_precision_loss, reason = "what the conversion means")]
                let value = args::uint(values, 0)? as f64;
                Ok(value.into())
            }),
        ],
    )
}

fn to_duration() -> Function {
    Function::new("duration")
        .overload(
            Overload::global("duration_to_duration", &[Type::Duration], Type::Duration, identity)
                .validate(),
        )
        .overload(
            Overload::global("string_to_duration", &[Type::String], Type::Duration, |_, values| {
                let value = duration::parse(args::text(values, 0)?);
                value.map(Value::Duration).ok_or_else(|| {
                    not_converted("string", "google.protobuf.Duration")
                        .with_hint("a duration is written as 1h30m, 90s or 1.5ms")
                })
            })
            .validate(),
        )
}

fn to_int() -> Function {
    conversion(
        "int",
        &Type::Int,
        &[
            ("int64_to_int64", Type::Int, identity),
            ("double_to_int64", Type::Double, |_, values| {
                double_to_int(args::double(values, 0)?).map(Value::Int)
            }),
            ("duration_to_int64", Type::Duration, |_, values| {
                let nanos = args::duration(values, 0)?.as_nanos();
                nanos.map(Value::Int).ok_or_else(duration::overflow)
            }),
            ("string_to_int64", Type::String, |_, values| {
                let value = number::parse_int(args::text(values, 0)?);
                value.map(Value::Int).ok_or_else(|| not_converted("string", "int"))
            }),
            ("timestamp_to_int64", Type::Timestamp, |_, values| {
                Ok(Value::Int(args::timestamp(values, 0)?.seconds))
            }),
            ("uint64_to_int64", Type::Uint, |_, values| {
                let value = i64::try_from(args::uint(values, 0)?);
                value.map(Value::Int).map_err(|_out_of_range| overflow("integer"))
            }),
        ],
    )
}

/// Both ends of the range are refused, as the reference does.
#[expect(clippy::cast_possible_truncation, reason = "the range was looked at")]
fn double_to_int(value: f64) -> Result<i64, EvalError> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if value > -LIMIT && value < LIMIT { Ok(value as i64) } else { Err(overflow("integer")) }
}

fn to_string() -> Function {
    conversion(
        "string",
        &Type::String,
        &[
            ("string_to_string", Type::String, identity),
            ("bool_to_string", Type::Bool, |_, values| {
                Ok(Value::str(if args::boolean(values, 0)? { "true" } else { "false" }))
            }),
            ("bytes_to_string", Type::Bytes, bytes_to_string),
            ("double_to_string", Type::Double, |_, values| {
                Ok(number::print_double(args::double(values, 0)?).into())
            }),
            ("duration_to_string", Type::Duration, |_, values| {
                Ok(duration::print(*args::duration(values, 0)?).into())
            }),
            ("int64_to_string", Type::Int, |_, values| {
                Ok(args::int(values, 0)?.to_string().into())
            }),
            ("timestamp_to_string", Type::Timestamp, |_, values| {
                Ok(timestamp::print(*args::timestamp(values, 0)?).into())
            }),
            ("uint64_to_string", Type::Uint, |_, values| {
                Ok(args::uint(values, 0)?.to_string().into())
            }),
        ],
    )
}

fn bytes_to_string<'a>(
    _: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let not_text = |_| EvalError::invalid("invalid UTF-8 in bytes, cannot convert to string");
    match args::bytes(values, 0)? {
        Bytes::Borrowed(bytes) => std::str::from_utf8(bytes).map(Value::str).map_err(not_text),
        Bytes::Shared(bytes) => std::str::from_utf8(bytes).map(Value::string).map_err(not_text),
    }
}

fn to_timestamp() -> Function {
    Function::new("timestamp")
        .overload(
            Overload::global(
                "timestamp_to_timestamp",
                &[Type::Timestamp],
                Type::Timestamp,
                identity,
            )
            .validate(),
        )
        .overload(
            Overload::global("int64_to_timestamp", &[Type::Int], Type::Timestamp, |_, values| {
                let seconds = args::int(values, 0)?;
                if !(timestamp::MIN_SECONDS..=timestamp::MAX_SECONDS).contains(&seconds) {
                    return Err(timestamp::overflow());
                }
                Ok(Value::Timestamp(Timestamp { seconds, nanos: 0 }))
            })
            .validate(),
        )
        .overload(
            Overload::global(
                "string_to_timestamp",
                &[Type::String],
                Type::Timestamp,
                |_, values| timestamp::parse(args::text(values, 0)?).map(Value::Timestamp),
            )
            .validate(),
        )
}

fn to_uint() -> Function {
    conversion(
        "uint",
        &Type::Uint,
        &[
            ("uint64_to_uint64", Type::Uint, identity),
            ("double_to_uint64", Type::Double, |_, values| {
                double_to_uint(args::double(values, 0)?).map(Value::Uint)
            }),
            ("int64_to_uint64", Type::Int, |_, values| {
                let value = u64::try_from(args::int(values, 0)?);
                value.map(Value::Uint).map_err(|_negative| overflow("unsigned integer"))
            }),
            ("string_to_uint64", Type::String, |_, values| {
                let value = number::parse_uint(args::text(values, 0)?);
                value.map(Value::Uint).ok_or_else(|| not_converted("string", "uint"))
            }),
        ],
    )
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range was looked at"
)]
fn double_to_uint(value: f64) -> Result<u64, EvalError> {
    const LIMIT: f64 = 18_446_744_073_709_551_616.0;
    if (0.0..LIMIT).contains(&value) { Ok(value as u64) } else { Err(overflow("unsigned integer")) }
}
