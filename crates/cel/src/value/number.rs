//! Numbers across types: CEL compares `int` and `uint` by their value, and either with
//! `double` as the nearest double.

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
            _ => self.as_double().partial_cmp(&other.as_double()),
        }
    }

    /// The nearest double: integers and doubles compare as doubles.
    #[expect(clippy::cast_precision_loss, reason = "what the language asks for")]
    fn as_double(self) -> f64 {
        match self {
            Self::Int(value) => value as f64,
            Self::Uint(value) => value as f64,
            Self::Double(value) => value,
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
    fn integers_compare_exactly_and_with_doubles_as_doubles() {
        let max = Number::Int(i64::MAX);
        assert_eq!(max.compare(Number::Uint(1 << 63)), Some(Ordering::Less));
        assert_eq!(max.compare(Number::Double(TWO_63)), Some(Ordering::Equal));
        assert_eq!(Number::Int(-1).compare(Number::Double(-1.5)), Some(Ordering::Greater));
        assert_eq!(Number::Uint(1).compare(Number::Double(1.5)), Some(Ordering::Less));
        assert_eq!(Number::Int(1).compare(Number::Double(f64::NAN)), None);
        assert_eq!(Number::Double(2.0).as_int(), Some(2));
        assert_eq!(Number::Double(2.5).as_int(), None);
        assert_eq!(Number::Uint(u64::MAX).as_int(), None);
    }
}
