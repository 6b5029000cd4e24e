//! Bits of `int` and `uint`.

use super::super::{Function, Implementation, Overload, args};
use crate::{EvalError, Type, Value};

pub(super) fn functions() -> Vec<Function> {
    let binary = |name, ids: [&'static str; 2], of_int: Implementation, of_uint: Implementation| {
        Function::new(name)
            .overload(Overload::global(ids[0], &[Type::Int, Type::Int], Type::Int, of_int))
            .overload(Overload::global(ids[1], &[Type::Uint, Type::Uint], Type::Uint, of_uint))
    };
    let mut functions = vec![
        binary(
            "math.bitAnd",
            ["math_bitAnd_int_int", "math_bitAnd_uint_uint"],
            |_, values| Ok((args::int(values, 0)? & args::int(values, 1)?).into()),
            |_, values| Ok(Value::Uint(args::uint(values, 0)? & args::uint(values, 1)?)),
        ),
        binary(
            "math.bitOr",
            ["math_bitOr_int_int", "math_bitOr_uint_uint"],
            |_, values| Ok((args::int(values, 0)? | args::int(values, 1)?).into()),
            |_, values| Ok(Value::Uint(args::uint(values, 0)? | args::uint(values, 1)?)),
        ),
        binary(
            "math.bitXor",
            ["math_bitXor_int_int", "math_bitXor_uint_uint"],
            |_, values| Ok((args::int(values, 0)? ^ args::int(values, 1)?).into()),
            |_, values| Ok(Value::Uint(args::uint(values, 0)? ^ args::uint(values, 1)?)),
        ),
        Function::new("math.bitNot")
            .overload(Overload::global(
                "math_bitNot_int_int",
                &[Type::Int],
                Type::Int,
                |_, values| Ok((!args::int(values, 0)?).into()),
            ))
            .overload(Overload::global(
                "math_bitNot_uint_uint",
                &[Type::Uint],
                Type::Uint,
                |_, values| Ok(Value::Uint(!args::uint(values, 0)?)),
            )),
    ];
    functions.extend(shifts());
    functions
}

fn shifts() -> Vec<Function> {
    let shift = |name, ids: [&'static str; 2], of_int: Implementation, of_uint: Implementation| {
        Function::new(name)
            .overload(Overload::global(ids[0], &[Type::Int, Type::Int], Type::Int, of_int))
            .overload(Overload::global(ids[1], &[Type::Uint, Type::Int], Type::Uint, of_uint))
    };
    vec![
        shift(
            "math.bitShiftLeft",
            ["math_bitShiftLeft_int_int", "math_bitShiftLeft_uint_int"],
            |_, values| {
                let offset = offset("math.bitShiftLeft", values)?;
                Ok(args::int(values, 0)?.checked_shl(offset).unwrap_or(0).into())
            },
            |_, values| {
                let offset = offset("math.bitShiftLeft", values)?;
                Ok(Value::Uint(args::uint(values, 0)?.checked_shl(offset).unwrap_or(0)))
            },
        ),
        shift(
            "math.bitShiftRight",
            ["math_bitShiftRight_int_int", "math_bitShiftRight_uint_int"],
            |_, values| {
                let offset = offset("math.bitShiftRight", values)?;
                // The sign is a bit like others.
                let bits = args::int(values, 0)?.cast_unsigned();
                Ok(bits.checked_shr(offset).unwrap_or(0).cast_signed().into())
            },
            |_, values| {
                let offset = offset("math.bitShiftRight", values)?;
                Ok(Value::Uint(args::uint(values, 0)?.checked_shr(offset).unwrap_or(0)))
            },
        ),
    ]
}

/// By how many bits; whatever is above 63 shifts all of them out.
fn offset(function: &str, values: &[Value<'_>]) -> Result<u32, EvalError> {
    let offset = args::int(values, 1)?;
    if offset < 0 {
        return Err(EvalError::invalid(format!("{function}() negative offset: {offset}")));
    }
    Ok(u32::try_from(offset).unwrap_or(u32::MAX))
}
