//! What a scalar means: the booleans, nulls and numbers of YAML 1.1 as go-yaml v2 resolves them.

#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Scalar {
    Null,
    Bool(bool),
    Int(i64),
    /// Too large for a signed integer.
    Unsigned(u64),
    Float(f64),
    Text,
}

/// What a scalar without quotes and tag is.
pub(super) fn resolve(text: &str) -> Scalar {
    let Some(first) = text.bytes().next() else { return Scalar::Null };
    match first {
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' => word(text),
        b'.' => dotted(text),
        b'+' | b'-' | b'0'..=b'9' => number(text),
        _ => Scalar::Text,
    }
}

fn word(text: &str) -> Scalar {
    if text.len() > 5 {
        return Scalar::Text;
    }
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Scalar::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Scalar::Bool(false)
        }
        "~" | "null" | "Null" | "NULL" => Scalar::Null,
        _ => Scalar::Text,
    }
}

fn dotted(text: &str) -> Scalar {
    match text {
        ".nan" | ".NaN" | ".NAN" => Scalar::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" => Scalar::Float(f64::INFINITY),
        _ if is_float(text) => float(text),
        // Here go-yaml does not take the underscores out, but Go lets them stand between digits.
        _ if text.contains('_') && has_single_underscores(text) => dotted(&text.replace('_', "")),
        _ => Scalar::Text,
    }
}

/// Whether a digit stands on both sides of every underscore.
fn has_single_underscores(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    bytes
        .iter()
        .enumerate()
        .all(|(at, byte)| *byte != b'_' || (at > 0 && is_digit(at - 1) && is_digit(at + 1)))
}

fn number(text: &str) -> Scalar {
    match text {
        "+.inf" | "+.Inf" | "+.INF" => return Scalar::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Scalar::Float(f64::NEG_INFINITY),
        _ => {}
    }
    // Most of what begins with a digit or a dash is no number: addresses, dates, flags.
    let is_numeric = |byte: u8| byte.is_ascii_hexdigit() || b"+-._xXoO".contains(&byte);
    if !text.bytes().all(is_numeric) {
        return Scalar::Text;
    }
    if text.contains('_') { plain_number(&text.replace('_', "")) } else { plain_number(text) }
}

fn plain_number(text: &str) -> Scalar {
    if let Some(integer) = integer(text) {
        return integer;
    }
    if is_float(text) {
        return float(text);
    }
    // go-yaml tries what follows `0b` once more by itself, and a sign may stand there.
    let signed_binary = text.strip_prefix("0b").filter(|rest| rest.starts_with(['+', '-']));
    match signed_binary.map(|rest| i64::from_str_radix(rest, 2)) {
        Some(Ok(value)) => Scalar::Int(value),
        _ => Scalar::Text,
    }
}

/// As Go's `ParseInt` and `ParseUint` with base 0: `0x`, `0o`, `0b`, and a leading `0` for octal.
fn integer(text: &str) -> Option<Scalar> {
    let (sign, unsigned) = match text.as_bytes() {
        [b'-', rest @ ..] => ("-", rest),
        [b'+', rest @ ..] => ("+", rest),
        all => ("", all),
    };
    let (radix, digits) = match unsigned {
        [b'0', b'x' | b'X', digits @ ..] => (16, digits),
        [b'0', b'o' | b'O', digits @ ..] => (8, digits),
        [b'0', b'b' | b'B', digits @ ..] => (2, digits),
        [b'0', digits @ ..] if !digits.is_empty() => (8, digits),
        digits => (10, digits),
    };
    if digits.is_empty() {
        return None;
    }
    let magnitude = digits.iter().try_fold(0u64, |value, digit| {
        let digit = char::from(*digit).to_digit(radix)?;
        value.checked_mul(radix.into())?.checked_add(digit.into())
    })?;
    let value = if sign == "-" { -i128::from(magnitude) } else { i128::from(magnitude) };
    match i64::try_from(value) {
        Ok(value) => Some(Scalar::Int(value)),
        Err(_) if sign.is_empty() => Some(Scalar::Unsigned(magnitude)),
        Err(_) => None,
    }
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_float(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_mantissa =
        is_digits(whole) && is_digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    is_mantissa
        && exponent.is_none_or(|exponent| {
            let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
            !exponent.is_empty() && is_digits(exponent)
        })
}

/// Out of range it stays text, as where Go's `ParseFloat` fails.
fn float(text: &str) -> Scalar {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Scalar::Float(value),
        _ => Scalar::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_those_of_yaml_1_1() {
        let (int, float) = (Scalar::Int, Scalar::Float);
        for (text, expected) in [
            ("", Scalar::Null),
            ("~", Scalar::Null),
            ("nil", Scalar::Text),
            ("yes", Scalar::Bool(true)),
            ("yEs", Scalar::Text),
            ("n", Scalar::Bool(false)),
            ("0644", int(420)),
            ("0o17", int(15)),
            ("08", float(8.0)),
            ("0x1F", int(31)),
            ("-0b11", int(-3)),
            ("0b-11", int(-3)),
            ("-0b-11", Scalar::Text),
            ("1_000", int(1000)),
            ("1_000.5", float(1000.5)),
            ("1e3", float(1000.0)),
            ("1.", float(1.0)),
            ("-0", int(0)),
            ("+12", int(12)),
            ("1e400", Scalar::Text),
            ("18446744073709551615", Scalar::Unsigned(u64::MAX)),
            ("+18446744073709551615", float(18_446_744_073_709_551_615.0)),
            ("18446744073709551616", float(18_446_744_073_709_551_616.0)),
            ("-9223372036854775808", int(i64::MIN)),
            ("22:22", Scalar::Text),
            ("2001-12-14", Scalar::Text),
            ("-", Scalar::Text),
            (".", Scalar::Text),
            (".5", float(0.5)),
            (".5_0", float(0.5)),
            ("._5", Scalar::Text),
            (".5_e1", Scalar::Text),
            ("=", Scalar::Text),
            ("<<", Scalar::Text),
            ("0x", Scalar::Text),
            ("127.0.0.1", Scalar::Text),
        ] {
            assert_eq!(resolve(text), expected, "{text}");
        }
    }
}
