//! Numbers across types: CEL compares `int`, `uint` and `double` by their mathematical value.

use std::cmp::Ordering;

use super::Value;

/// A number of any type.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number {
    Int(i64),
    Uint(u64),
    Double(f64),
}

/// The first double above every `i64`, and above every `u64`.
const TWO_63: f64 = 9_223_372_036_854_775_808.0;
const TWO_64: f64 = 18_446_744_073_709_551_616.0;

impl Number {
    pub(crate) fn of(value: &Value<'_>) -> Option<Self> {
        match value {
            Value::Int(value) => Some(Self::Int(*value)),
            Value::Uint(value) => Some(Self::Uint(*value)),
            Value::Double(value) => Some(Self::Double(*value)),
            _ => None,
        }
    }

    /// `None` where one is not a number (NaN).
    pub(crate) fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => Some(a.cmp(&b)),
            (Self::Uint(a), Self::Uint(b)) => Some(a.cmp(&b)),
            (Self::Double(a), Self::Double(b)) => a.partial_cmp(&b),
            (Self::Int(a), Self::Uint(b)) => Some(int_uint(a, b)),
            (Self::Uint(a), Self::Int(b)) => Some(int_uint(b, a).reverse()),
            (Self::Int(a), Self::Double(b)) => int_double(a, b),
            (Self::Double(a), Self::Int(b)) => int_double(b, a).map(Ordering::reverse),
            (Self::Uint(a), Self::Double(b)) => uint_double(a, b),
            (Self::Double(a), Self::Uint(b)) => uint_double(b, a).map(Ordering::reverse),
        }
    }

    /// The whole number that this is exactly.
    pub(crate) fn as_int(self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(value),
            Self::Uint(value) => i64::try_from(value).ok(),
            Self::Double(value) => whole_i64(value),
        }
    }
}

fn int_uint(a: i64, b: u64) -> Ordering {
    u64::try_from(a).map_or(Ordering::Less, |a| a.cmp(&b))
}

#[expect(clippy::cast_possible_truncation, reason = "the range is checked before")]
fn int_double(a: i64, b: f64) -> Option<Ordering> {
    if b.is_nan() {
        return None;
    }
    if b >= TWO_63 {
        return Some(Ordering::Less);
    }
    if b < -TWO_63 {
        return Some(Ordering::Greater);
    }
    let whole = b.trunc();
    let fraction = (0.0_f64).partial_cmp(&(b - whole))?;
    Some(a.cmp(&(whole as i64)).then(fraction))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked before")]
fn uint_double(a: u64, b: f64) -> Option<Ordering> {
    if b.is_nan() {
        return None;
    }
    if b >= TWO_64 {
        return Some(Ordering::Less);
    }
    if b < 0.0 {
        return Some(Ordering::Greater);
    }
    let whole = b.trunc();
    let fraction = (0.0_f64).partial_cmp(&(b - whole))?;
    Some(a.cmp(&(whole as u64)).then(fraction))
}

#[expect(clippy::cast_possible_truncation, reason = "the range is checked before")]
fn whole_i64(value: f64) -> Option<i64> {
    let whole = value.trunc() == value && (-TWO_63..TWO_63).contains(&value);
    whole.then_some(value as i64)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked before")]
pub(crate) fn whole_u64(value: f64) -> Option<u64> {
    let whole = value.trunc() == value && (0.0..TWO_64).contains(&value);
    whole.then_some(value as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparison_is_exact_where_doubles_are_not() {
        let max = Number::Int(i64::MAX);
        assert_eq!(max.compare(Number::Double(TWO_63)), Some(Ordering::Less));
        assert_eq!(max.compare(Number::Uint(1 << 63)), Some(Ordering::Less));
        let odd = Number::Int((1 << 53) + 1);
        assert_eq!(odd.compare(Number::Double(9_007_199_254_740_992.0)), Some(Ordering::Greater));
        assert_eq!(Number::Int(-1).compare(Number::Double(-1.5)), Some(Ordering::Greater));
        assert_eq!(Number::Uint(1).compare(Number::Double(1.5)), Some(Ordering::Less));
        assert_eq!(Number::Int(1).compare(Number::Double(f64::NAN)), None);
        assert_eq!(Number::Double(2.0).as_int(), Some(2));
        assert_eq!(Number::Double(2.5).as_int(), None);
        assert_eq!(Number::Uint(u64::MAX).as_int(), None);
    }
}
