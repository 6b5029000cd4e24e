//! Quantities as text.

use super::{Decimal, Quantity};
use crate::EvalError;

/// Digits that a 64-bit number surely holds.
const MAX_DIGITS: i64 = 18;

/// The smallest part: billionths.
const NANO: i32 = -9;

/// More digits than this are refused where the reference would fill the memory.
const MAX_EXPONENT: i32 = 10_000;

struct Parts<'t> {
    negative: bool,
    whole: &'t str,
    fraction: &'t str,
    suffix: &'t str,
}

fn wrong_form() -> EvalError {
    EvalError::invalid(
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    )
}

fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).expect("the end of ASCII digits is a character border")
}

fn split(text: &str) -> Result<Parts<'_>, EvalError> {
    let (negative, rest) = match text.as_bytes().first() {
        Some(b'-') => (true, text.get(1..).unwrap_or_default()),
        Some(b'+') => (false, text.get(1..).unwrap_or_default()),
        _ => (false, text),
    };
    let (whole, rest) = digits(rest.trim_start_matches('0'));
    let (fraction, suffix) = match rest.strip_prefix('.') {
        Some(rest) => digits(rest),
        None => ("", rest),
    };
    let after_letters = suffix.trim_start_matches(|c| "eEinumkKMGTP".contains(c));
    let exponent = after_letters.strip_prefix(['-', '+']).unwrap_or(after_letters);
    if !digits(exponent).1.is_empty() {
        return Err(wrong_form());
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    Ok(Parts { negative, whole, fraction, suffix })
}

#[derive(Clone, Copy)]
enum Scale {
    /// A power of ten.
    Decimal(i32),
    /// A power of two.
    Binary(u32),
}

fn scale(suffix: &str) -> Result<Scale, EvalError> {
    let unknown = || EvalError::invalid("unable to parse quantity's suffix");
    Ok(match suffix {
        "" => Scale::Decimal(0),
        "n" => Scale::Decimal(-9),
        "u" => Scale::Decimal(-6),
        "m" => Scale::Decimal(-3),
        "k" => Scale::Decimal(3),
        "M" => Scale::Decimal(6),
        "G" => Scale::Decimal(9),
        "T" => Scale::Decimal(12),
        "P" => Scale::Decimal(15),
        "E" => Scale::Decimal(18),
        "Ki" => Scale::Binary(10),
        "Mi" => Scale::Binary(20),
        "Gi" => Scale::Binary(30),
        "Ti" => Scale::Binary(40),
        "Pi" => Scale::Binary(50),
        "Ei" => Scale::Binary(60),
        _ => {
            let exponent = suffix.strip_prefix(['e', 'E']).ok_or_else(unknown)?;
            let exponent: i64 = exponent.parse().map_err(|_not_a_number| unknown())?;
            // The reference keeps the lower half only.
            #[expect(clippy::cast_possible_truncation, reason = "as the reference does")]
            let exponent = exponent as i32;
            Scale::Decimal(exponent)
        }
    })
}

pub(super) fn parse(text: &str) -> Result<Quantity, EvalError> {
    if text.is_empty() {
        return Err(wrong_form());
    }
    let parts = split(text)?;
    let scale = scale(parts.suffix)?;
    if let Some(small) = small(&parts, scale)? {
        return Ok(small);
    }
    large(&parts, scale).map(Quantity::Large)
}

/// The quantity as 64-bit number, where the reference takes that way.
fn small(parts: &Parts<'_>, scale: Scale) -> Result<Option<Quantity>, EvalError> {
    let length = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
    let n_fraction = length(parts.fraction);
    let (precision, exponent, factor) = match scale {
        Scale::Decimal(exponent) => {
            (MAX_DIGITS - length(parts.whole) - n_fraction, exponent, 1_i64)
        }
        Scale::Binary(bits) if parts.fraction.is_empty() => {
            (15 - length(parts.whole) - i64::from(bits * 3 / 10) - 1, 0, 1_i64 << bits)
        }
        Scale::Binary(_) => return Ok(None),
    };
    if precision < 0 {
        return Ok(None);
    }
    let n_fraction = i32::try_from(n_fraction).expect("the digits are at most 18");
    let Some(exponent) = exponent.checked_sub(n_fraction).filter(|exponent| *exponent >= NANO)
    else {
        return Ok(None);
    };
    let value: i64 = format!("{}{}", parts.whole, parts.fraction)
        .parse()
        .map_err(|_too_large| EvalError::invalid("unable to parse numeric part of quantity"))?;
    let value = value.checked_mul(factor).map(|value| if parts.negative { -value } else { value });
    Ok(value.map(|value| Quantity::Small { value, exponent }))
}

/// The quantity as decimal, rounded away from zero to billionths.
fn large(parts: &Parts<'_>, scale: Scale) -> Result<Decimal, EvalError> {
    let n_fraction = i32::try_from(parts.fraction.len()).unwrap_or(i32::MAX);
    let text = format!("{}{}", parts.whole, parts.fraction);
    let mut decimal = match scale {
        Scale::Decimal(exponent) => {
            let scale = n_fraction.checked_sub(exponent).filter(|scale| *scale >= -MAX_EXPONENT);
            let scale = scale
                .ok_or_else(|| EvalError::invalid("the exponent of the quantity is too large"))?;
            Decimal::from_digits(&text, scale)
        }
        Scale::Binary(bits) => Decimal::from_digits(&text, n_fraction).doubled(bits),
    };
    if decimal.sign() != 0 {
        decimal = decimal.rounded_up(-NANO);
    }
    let most = Decimal::of(i64::MAX, 0);
    if matches!(scale, Scale::Binary(_)) && decimal.order(&most).is_gt() {
        decimal = most;
    }
    Ok(if parts.negative { decimal.negated() } else { decimal })
}
