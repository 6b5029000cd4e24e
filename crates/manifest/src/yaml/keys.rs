//! Keys that are no text in YAML but have to be in JSON.

/// A float as a key: the shortest digits that give the same 32-bit float, with an exponent if that
/// is below -4 or above 5.
pub(super) fn float_key(value: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "keys are written with 32 bits")]
    let value = value as f32;
    if value.is_nan() {
        return ".nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().expect("the exponent of a float is a number");
    if (-4..6).contains(&exponent) {
        return format!("{value}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_as_go_writes_them() {
        for (value, expected) in [
            (1.0, "1"),
            (0.5, "0.5"),
            (100_000.0, "100000"),
            (1_000_000.0, "1e+06"),
            (1.5e-7, "1.5e-07"),
            (0.1, "0.1"),
            (1e300, ".inf"),
            (f64::NEG_INFINITY, "-.inf"),
            (123.456_789, "123.45679"),
        ] {
            assert_eq!(float_key(value), expected);
        }
    }
}
