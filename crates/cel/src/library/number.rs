//! Numbers as text, read and written as Go does: that is what `string(1e6)` and `double('0x1p-2')`
//! mean to the API server.

/// The shortest text that reads back as the same number, as Go's `%g`: with an exponent from a
/// million on and below 0.0001 (`1e+06`).
pub(crate) fn print_double(value: f64) -> String {
    if let Some(text) = special(value, "+Inf") {
        return text.to_owned();
    }
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e').expect("scientific notation has an e");
    let exponent: i32 = exponent.parse().expect("an exponent is a number");
    if (-4..6).contains(&exponent) {
        return value.to_string();
    }
    format!("{mantissa}{}", exponent_text(exponent))
}

/// `e+06`, `e-10`, `e+100`.
fn exponent_text(exponent: i32) -> String {
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("e{sign}{:02}", exponent.unsigned_abs())
}

/// The text of what is no finite number.
pub(crate) fn special(value: f64, infinity: &'static str) -> Option<&'static str> {
    match value {
        _ if value.is_nan() => Some("NaN"),
        f64::INFINITY => Some(infinity),
        f64::NEG_INFINITY if infinity == "+Inf" => Some("-Inf"),
        f64::NEG_INFINITY => Some("-Infinity"),
        _ => None,
    }
}

/// Scientific notation with a fixed number of digits after the point: `1.500000e+03`.
pub(crate) fn print_scientific(value: f64, precision: usize) -> String {
    let text = format!("{value:.precision$e}");
    let (mantissa, exponent) = text.split_once('e').expect("scientific notation has an e");
    let exponent = exponent.parse().expect("an exponent is a number");
    format!("{mantissa}{}", exponent_text(exponent))
}

pub(crate) fn parse_bool(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

pub(crate) fn parse_int(text: &str) -> Option<i64> {
    text.parse().ok()
}

/// Without any sign.
pub(crate) fn parse_uint(text: &str) -> Option<u64> {
    if text.starts_with('+') {
        return None;
    }
    text.parse().ok()
}

/// Decimal or hexadecimal, with underscores between digits, or one of the names of what is no
/// finite number. A number too large for a double is none.
pub(crate) fn parse_double(text: &str) -> Option<f64> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, text.get(1..)?),
        Some(b'+') => (false, text.get(1..)?),
        _ => (false, text),
    };
    let value = match digits.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => f64::INFINITY,
        "nan" if digits.len() == text.len() => f64::NAN,
        lower => finite(lower).filter(|value| value.is_finite())?,
    };
    Some(if negative { -value } else { value })
}

fn finite(lower: &str) -> Option<f64> {
    if !underscores_are_between_digits(lower) {
        return None;
    }
    let plain = lower.replace('_', "");
    if let Some(hexadecimal) = plain.strip_prefix("0x") {
        return parse_hexadecimal(hexadecimal);
    }
    let is_number = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'+' | b'-');
    if !plain.bytes().all(is_number) || plain.starts_with(['+', '-']) {
        return None;
    }
    plain.parse().ok()
}

/// An underscore separates two digits, or a base prefix from a digit.
fn underscores_are_between_digits(lower: &str) -> bool {
    let hexadecimal = lower.starts_with("0x");
    let digits = if hexadecimal { lower.get(2..).unwrap_or_default() } else { lower };
    let mut before = if hexadecimal { b'0' } else { b' ' };
    let is_digit = |byte: u8| byte.is_ascii_digit() || hexadecimal && byte.is_ascii_hexdigit();
    for byte in digits.bytes() {
        if byte == b'_' && !is_digit(before) || before == b'_' && !is_digit(byte) {
            return false;
        }
        before = byte;
    }
    before != b'_'
}

/// `1.8p-2`: the exponent is not optional.
fn parse_hexadecimal(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once('p')?;
    let exponent: i32 = exponent.parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut value = 0.0_f64;
    for digit in whole.chars().chain(fraction.chars()) {
        value = value.mul_add(16.0, f64::from(digit.to_digit(16)?));
    }
    let fraction_bits = i32::try_from(fraction.len()).ok()?.checked_mul(4)?;
    let exponent = exponent.checked_sub(fraction_bits)?.clamp(-5000, 5000);
    // In two steps, so that the power itself neither overflows nor vanishes.
    let half = exponent / 2;
    Some(value * 2.0_f64.powi(half) * 2.0_f64.powi(exponent - half))
}

#[cfg(test)]
mod tests {
    use proptest::{prop_assert_eq, proptest};

    use super::{parse_bool, parse_double, parse_int, parse_uint, print_double, print_scientific};

    #[test]
    fn doubles_print_as_go_prints_them() {
        let check = |value: f64, expected: &str| assert_eq!(print_double(value), expected);
        check(1e6, "1e+06");
        check(123_456.0, "123456");
        check(1_234_567.0, "1.234567e+06");
        check(0.0001, "0.0001");
        check(0.00001, "1e-05");
        check(-0.0, "-0");
        check(1.5, "1.5");
        check(1e100, "1e+100");
        check(f64::NAN, "NaN");
        check(f64::INFINITY, "+Inf");
        check(f64::NEG_INFINITY, "-Inf");
        assert_eq!(print_scientific(1_500.0, 6), "1.500000e+03");
    }

    #[test]
    fn doubles_read_as_go_reads_them() {
        let check = |text: &str, expected: Option<f64>| {
            let printed = parse_double(text).map(print_double);
            assert_eq!(printed, expected.map(print_double), "{text}");
        };
        check("1_0.5", Some(10.5));
        check("0x1p-2", Some(0.25));
        check("0x1.8p1", Some(3.0));
        check("0x_1p0", Some(1.0));
        check("-Infinity", Some(f64::NEG_INFINITY));
        check("nan", Some(f64::NAN));
        check("1.", Some(1.0));
        check(".5", Some(0.5));
        check("1E5", Some(1e5));
        for bad in ["", "+nan", ".e5", "1e400", "1__0", "_1", "1_", "0x1", " 1", "1e", "--1", "+-1"]
        {
            check(bad, None);
        }
    }

    #[test]
    fn other_scalars_read_as_go_reads_them() {
        assert_eq!(parse_bool("True"), Some(true));
        assert_eq!(parse_bool("TrUe"), None);
        assert_eq!(parse_int("+5"), Some(5));
        assert_eq!(parse_int("0x5"), None);
        assert_eq!(parse_uint("+5"), None);
        assert_eq!(parse_uint("18446744073709551615"), Some(u64::MAX));
    }

    proptest! {
        #[test]
        fn printed_doubles_read_back(value: f64) {
            let read = parse_double(&print_double(value)).map(f64::to_bits);
            prop_assert_eq!(read, Some(value.to_bits()));
        }

        #[test]
        fn any_text_is_read_without_panic(text in "[-+_.0-9a-fxpinfty]{0,16}") {
            parse_double(&text);
        }
    }
}
