//! The math extension: extremes, rounding, signs, bits, square roots.

mod bits;
mod extremes;

use super::{Function, Implementation, Library, MacroSet, Overload, args};
use crate::{ErrorKind, EvalError, Type, Value, library::Context};

impl Library {
    #[must_use]
    pub fn math() -> Self {
        let mut functions = extremes::functions();
        functions.extend(doubles());
        functions.extend(signs());
        functions.extend(bits::functions());
        Self { macros: vec![MacroSet::Math], ..Self::of("math", functions) }
    }
}

/// A function of a double.
fn of_double(
    name: &'static str,
    id: &'static str,
    result: Type,
    implementation: Implementation,
) -> Function {
    Function::new(name).overload(Overload::global(id, &[Type::Double], result, implementation))
}

fn doubles() -> Vec<Function> {
    vec![
        of_double("math.ceil", "math_ceil_double", Type::Double, |_, values| {
            Ok(args::double(values, 0)?.ceil().into())
        }),
        of_double("math.floor", "math_floor_double", Type::Double, |_, values| {
            Ok(args::double(values, 0)?.floor().into())
        }),
        // Halves go away from zero.
        of_double("math.round", "math_round_double", Type::Double, |_, values| {
            Ok(args::double(values, 0)?.round().into())
        }),
        of_double("math.trunc", "math_trunc_double", Type::Double, |_, values| {
            Ok(args::double(values, 0)?.trunc().into())
        }),
        of_double("math.isInf", "math_isInf_double", Type::Bool, |_, values| {
            Ok(args::double(values, 0)?.is_infinite().into())
        }),
        of_double("math.isNaN", "math_isNaN_double", Type::Bool, |_, values| {
            Ok(args::double(values, 0)?.is_nan().into())
        }),
        of_double("math.isFinite", "math_isFinite_double", Type::Bool, |_, values| {
            Ok(args::double(values, 0)?.is_finite().into())
        }),
        of_double("math.sqrt", "math_sqrt_double", Type::Double, sqrt)
            .overload(Overload::global("math_sqrt_int", &[Type::Int], Type::Double, sqrt))
            .overload(Overload::global("math_sqrt_uint", &[Type::Uint], Type::Double, sqrt)),
    ]
}

#[expect(clippy::cast_precision_loss, reason = "the root is a double")]
fn sqrt<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    let number = match args::any(values, 0)? {
        Value::Double(value) => *value,
        Value::Int(value) => *value as f64,
        Value::Uint(value) => *value as f64,
        _ => return Err(EvalError::no_such_overload()),
    };
    Ok(number.sqrt().into())
}

fn identity<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    args::any(values, 0).cloned()
}

fn signs() -> Vec<Function> {
    vec![
        of_double("math.abs", "math_abs_double", Type::Double, |_, values| {
            Ok(args::double(values, 0)?.abs().into())
        })
        .overload(Overload::global("math_abs_int", &[Type::Int], Type::Int, |_, values| {
            let value = args::int(values, 0)?.checked_abs();
            value
                .map(Value::Int)
                .ok_or_else(|| EvalError::new(ErrorKind::Overflow, "integer overflow"))
        }))
        .overload(Overload::global("math_abs_uint", &[Type::Uint], Type::Uint, identity)),
        of_double("math.sign", "math_sign_double", Type::Double, |_, values| {
            let value = args::double(values, 0)?;
            Ok(if value == 0.0 || value.is_nan() { value.abs() } else { value.signum() }.into())
        })
        .overload(Overload::global("math_sign_int", &[Type::Int], Type::Int, |_, values| {
            Ok(args::int(values, 0)?.signum().into())
        }))
        .overload(Overload::global(
            "math_sign_uint",
            &[Type::Uint],
            Type::Uint,
            |_, values| Ok(Value::Uint(args::uint(values, 0)?.min(1))),
        )),
    ]
}
