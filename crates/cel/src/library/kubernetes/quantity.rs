//! Quantities (`100m`, `1Gi`, `1e3`), read, compared and added as the API server does.
//!
//! A quantity that fits 64 bits is a number with a power of ten; others are decimals of any length.
//! The difference shows: `isInteger` is false for all of the latter.

mod decimal;
mod parse;

use std::cmp::Ordering;

use super::super::{Context, Function, Implementation, Library, Overload, args};
use crate::{EvalError, Type, Value, value::Opaque};
use decimal::Decimal;

pub(crate) const QUANTITY: Type = Type::Opaque("kubernetes.Quantity");

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Quantity {
    /// `value` × 10^`exponent`
    Small {
        value: i64,
        exponent: i32,
    },
    Large(Decimal),
}

impl Opaque for Quantity {
    fn type_of(&self) -> Type {
        QUANTITY
    }

    fn equals(&self, other: &dyn Opaque) -> bool {
        other.downcast::<Self>().is_some_and(|other| self.order(other) == Ordering::Equal)
    }
}

impl Quantity {
    pub(crate) fn parse(text: &str) -> Result<Self, EvalError> {
        parse::parse(text)
    }

    pub(crate) fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Small { value: a, exponent }, Self::Small { value: b, exponent: other })
                if exponent == other =>
            {
                a.cmp(b)
            }
            _ => self.decimal().order(&other.decimal()),
        }
    }

    fn decimal(&self) -> Decimal {
        match self {
            Self::Small { value, exponent } => Decimal::of(*value, -exponent),
            Self::Large(decimal) => decimal.clone(),
        }
    }

    fn sign(&self) -> i64 {
        match self {
            Self::Small { value, .. } => value.signum(),
            Self::Large(decimal) => decimal.sign(),
        }
    }

    fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Small { value, exponent } => raised(*value, *exponent),
            Self::Large(_) => None,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "an approximation is what is asked for")]
    fn approximate(&self) -> f64 {
        let (base, exponent) = match self {
            Self::Small { value, exponent } => (*value as f64, *exponent),
            Self::Large(decimal) => (decimal.unscaled_f64(), -decimal.scale()),
        };
        if exponent == 0 { base } else { base * power_of_ten(exponent) }
    }

    fn add(&self, other: &Self) -> Result<Self, EvalError> {
        if let (
            Self::Small { value: a, exponent },
            Self::Small { value: b, exponent: other_exponent },
        ) = (self, other)
            && let Some((value, exponent)) = add_small((*a, *exponent), (*b, *other_exponent))
        {
            return Ok(Self::Small { value, exponent });
        }
        self.decimal().add(&other.decimal()).map(Self::Large)
    }

    fn negated(&self) -> Self {
        match self {
            Self::Small { value, exponent } => match value.checked_neg() {
                Some(value) => Self::Small { value, exponent: *exponent },
                None => Self::Large(self.decimal().negated()),
            },
            Self::Large(decimal) => Self::Large(decimal.clone().negated()),
        }
    }
}

/// Powers beyond a double's range are 0 or infinite.
fn power_of_ten(exponent: i32) -> f64 {
    let power = |exponent: i32| -> f64 {
        format!("1e{exponent}").parse().expect("a power of ten is a number")
    };
    match exponent {
        ..-323 => 0.0,
        309.. => f64::INFINITY,
        // In the two steps of the reference, each of which rounds.
        -323..0 => power(-(-exponent / 32 * 32)) / power(-exponent % 32),
        _ => power(exponent / 32 * 32) * power(exponent % 32),
    }
}

/// `value` × 10^`by`, where it fits.
fn raised(value: i64, by: i32) -> Option<i64> {
    if value == 0 && by >= 0 {
        return Some(0);
    }
    let factor = 10_i64.checked_pow(u32::try_from(by).ok()?)?;
    value.checked_mul(factor)
}

fn add_small(a: (i64, i32), b: (i64, i32)) -> Option<(i64, i32)> {
    match (a, b) {
        (_, (0, _)) => Some(a),
        ((0, _), _) => Some(b),
        _ => {
            let exponent = a.1.min(b.1);
            let a = raised(a.0, a.1.checked_sub(exponent)?)?;
            let b = raised(b.0, b.1.checked_sub(exponent)?)?;
            Some((a.checked_add(b)?, exponent))
        }
    }
}

impl Library {
    pub(super) fn kubernetes_quantity() -> Self {
        let pair = [QUANTITY, QUANTITY];
        let with_int = [QUANTITY, Type::Int];
        let mut functions = vec![
            Function::new("quantity").overload(Overload::global(
                "string_to_quantity",
                &[Type::String],
                QUANTITY,
                |_, values| Ok(Value::opaque(Quantity::parse(args::text(values, 0)?)?)),
            )),
            Function::new("isQuantity").overload(Overload::global(
                "is_quantity_string",
                &[Type::String],
                Type::Bool,
                |_, values| Ok(Quantity::parse(args::text(values, 0)?).is_ok().into()),
            )),
            Function::new("sign").overload(Overload::global(
                "quantity_sign",
                &pair[..1],
                Type::Int,
                |_, values| Ok(quantity(values, 0)?.sign().into()),
            )),
            Function::new("add")
                .overload(Overload::member("quantity_add", &pair, QUANTITY, add))
                .overload(Overload::member("quantity_add_int", &with_int, QUANTITY, add)),
            Function::new("sub")
                .overload(Overload::member("quantity_sub", &pair, QUANTITY, sub))
                .overload(Overload::member("quantity_sub_int", &with_int, QUANTITY, sub)),
        ];
        functions.extend(comparisons());
        functions.extend(accessors());
        Self::of("kubernetes.quantity", functions)
    }
}

fn comparisons() -> Vec<Function> {
    let compare = |name, id, result: Type, implementation: Implementation| {
        let params = [QUANTITY, QUANTITY];
        Function::new(name).overload(Overload::member(id, &params, result, implementation))
    };
    vec![
        compare("isGreaterThan", "quantity_is_greater_than", Type::Bool, |_, values| {
            Ok((order(values)? == Ordering::Greater).into())
        }),
        compare("isLessThan", "quantity_is_less_than", Type::Bool, |_, values| {
            Ok((order(values)? == Ordering::Less).into())
        }),
        compare("compareTo", "quantity_compare_to", Type::Int, |_, values| {
            Ok((order(values)? as i64).into())
        }),
    ]
}

fn accessors() -> Vec<Function> {
    let accessor = |name, id, result: Type, implementation: Implementation| {
        Function::new(name).overload(Overload::member(id, &[QUANTITY], result, implementation))
    };
    vec![
        accessor("asApproximateFloat", "quantity_get_float", Type::Double, |_, values| {
            Ok(quantity(values, 0)?.approximate().into())
        }),
        accessor("asInteger", "quantity_get_int", Type::Int, |_, values| {
            let integer = quantity(values, 0)?.as_integer();
            integer
                .map(Value::Int)
                .ok_or_else(|| EvalError::invalid("cannot convert value to integer"))
        }),
        accessor("isInteger", "quantity_is_integer", Type::Bool, |_, values| {
            Ok(quantity(values, 0)?.as_integer().is_some().into())
        }),
    ]
}

fn quantity<'v>(values: &'v [Value<'_>], idx: usize) -> Result<&'v Quantity, EvalError> {
    args::opaque(values, idx)
}

fn order(values: &[Value<'_>]) -> Result<Ordering, EvalError> {
    Ok(quantity(values, 0)?.order(quantity(values, 1)?))
}

/// The second argument, which may be a whole number.
fn operand(values: &[Value<'_>]) -> Result<Quantity, EvalError> {
    match args::any(values, 1)? {
        Value::Int(value) => Ok(Quantity::Small { value: *value, exponent: 0 }),
        _ => quantity(values, 1).cloned(),
    }
}

fn add<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    Ok(Value::opaque(quantity(values, 0)?.add(&operand(values)?)?))
}

fn sub<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    Ok(Value::opaque(quantity(values, 0)?.add(&operand(values)?.negated())?))
}

#[cfg(test)]
mod tests {
    use proptest::{prop_assert_eq, proptest};

    use super::{Ordering, Quantity};

    fn quantity(text: &str) -> Quantity {
        Quantity::parse(text).expect("the test's quantity is right")
    }

    fn check(text: &str, same: &str) {
        assert_eq!(quantity(text).order(&quantity(same)), Ordering::Equal, "{text} is {same}");
    }

    #[test]
    fn quantities_of_every_form() {
        check("200M", "0.2G");
        check("1Ki", "1024");
        check("1.5Gi", "1610612736");
        check("1e3", "1k");
        check("1E3", "1000");
        check("1E", "1e18");
        check("100m", "0.1");
        check("+.5", "500m");
        check("-1.", "-1");
        check(".", "0");
        check("0.1n", "1n");
        check("-0.1n", "-1n");
        check("16Ei", "9223372036854775807");
        check("0.1Ki", "102.4");
        check("12345678901234567890123", "12345678901234567890123e0");
        for bad in ["", "10Mo", "10Mm", "1x", "1 k", "1e", "1ee3", "1.2.3", "--1", "1e3k"] {
            assert!(Quantity::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn sums_and_integers() {
        let sum = |a: &str, b: &str| quantity(a).add(&quantity(b)).expect("a small sum");
        assert_eq!(sum("50k", "20k").order(&quantity("70k")), Ordering::Equal);
        assert_eq!(sum("1Gi", "100m").order(&quantity("1073741824100m")), Ordering::Equal);
        let large = "9223372036854775807";
        assert_eq!(sum(large, "1").order(&quantity("9223372036854775808")), Ordering::Equal);
        let difference = quantity("1").add(&quantity("1e15").negated()).expect("small");
        assert_eq!(difference.order(&quantity("-999999999999999")), Ordering::Equal);
        assert_eq!(quantity("1k").as_integer(), Some(1_000));
        assert_eq!(quantity("1.0").as_integer(), None);
        assert_eq!(quantity("50M").sign(), 1);
        assert_eq!(quantity("100m").approximate().to_string(), "0.1");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[-+0-9.eEinumkKMGTP]{0,24}") {
            drop(Quantity::parse(&text));
        }

        #[test]
        fn order_is_that_of_the_numbers(a: i64, b: i64, up in 0_u32..6) {
            let milli = |value: i64| quantity(&format!("{value}m"));
            let whole = |value: i64| quantity(&value.to_string());
            prop_assert_eq!(whole(a).order(&whole(b)), a.cmp(&b));
            let scaled = i128::from(b) * i128::from(10_i64.pow(up));
            prop_assert_eq!(
                quantity(&format!("{a}e0")).order(&quantity(&format!("{b}e{up}"))),
                i128::from(a).cmp(&scaled)
            );
            prop_assert_eq!(milli(a).order(&milli(b)), a.cmp(&b));
        }

        #[test]
        fn sums_are_those_of_the_numbers(a: i64, b: i64) {
            let sum = quantity(&a.to_string()).add(&quantity(&b.to_string())).expect("small");
            let expected = (i128::from(a) + i128::from(b)).to_string();
            prop_assert_eq!(sum.order(&quantity(&format!("{expected}.0"))), Ordering::Equal);
        }
    }
}
