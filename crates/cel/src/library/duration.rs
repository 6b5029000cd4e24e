//! Durations as text and as a count of nanoseconds, by Go's rules: 64 bits of nanoseconds are the
//! range, some 292 years either way.

use crate::{ErrorKind, EvalError, value::Duration};

const NANOS_PER_SECOND: i64 = 1_000_000_000;

impl Duration {
    /// Whole nanoseconds; `None` outside the range.
    #[must_use]
    pub fn as_nanos(self) -> Option<i64> {
        let nanos = i128::from(self.seconds) * i128::from(NANOS_PER_SECOND);
        i64::try_from(nanos + i128::from(self.nanos)).ok()
    }

    #[must_use]
    pub fn from_nanos(nanos: i64) -> Self {
        let below_a_second = nanos % NANOS_PER_SECOND;
        Self {
            seconds: nanos / NANOS_PER_SECOND,
            nanos: i32::try_from(below_a_second).expect("less than a billion"),
        }
    }

    /// Seconds as a double, which is what `string(duration)` prints.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "the reference rounds to a double as well")]
    pub fn as_seconds_f64(self) -> f64 {
        self.seconds as f64 + f64::from(self.nanos) / 1e9
    }
}

/// `3600s`, `-1.5s`.
pub(crate) fn print(duration: Duration) -> String {
    format!("{}s", duration.as_seconds_f64())
}

pub(crate) fn parse(text: &str) -> Option<Duration> {
    let (negative, unsigned) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    if unsigned == "0" {
        return Some(Duration::default());
    }
    if unsigned.is_empty() {
        return None;
    }
    let mut rest = unsigned;
    let mut total = 0_u64;
    while !rest.is_empty() {
        let (nanos, after) = term(rest)?;
        total = total.checked_add(nanos).filter(|total| *total <= 1 << 63)?;
        rest = after;
    }
    let nanos = if negative {
        0_i64.checked_sub_unsigned(total)
    } else {
        0_i64.checked_add_unsigned(total)
    };
    nanos.map(Duration::from_nanos)
}

/// One number with its unit, in nanoseconds, and what follows it.
fn term(text: &str) -> Option<(u64, &str)> {
    let (whole, after) = digits(text);
    let (fraction, after) = match after.strip_prefix('.') {
        Some(after) => digits(after),
        None => ("", after),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let unit_end = after.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(after.len());
    let (unit, after) = after.split_at_checked(unit_end)?;
    let unit = unit_nanos(unit)?;
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let nanos = whole.checked_mul(unit).filter(|nanos| *nanos <= 1 << 63)?;
    let nanos = nanos.checked_add(fraction_nanos(fraction, unit)).filter(|n| *n <= 1 << 63)?;
    Some((nanos, after))
}

fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).expect("the end of ASCII digits is a character border")
}

/// Digits that no longer fit 63 bits are left out, as the reference does.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the reference computes fractions in doubles; the result is at least 0 and below the unit"
)]
fn fraction_nanos(digits: &str, unit: u64) -> u64 {
    let (mut value, mut scale) = (0_u64, 1.0_f64);
    for digit in digits.bytes() {
        let next = value.checked_mul(10).and_then(|v| v.checked_add(u64::from(digit - b'0')));
        match next {
            Some(next) if value <= (1 << 63) / 10 && next <= 1 << 63 => value = next,
            _ => break,
        }
        scale *= 10.0;
    }
    (value as f64 * (unit as f64 / scale)) as u64
}

fn unit_nanos(unit: &str) -> Option<u64> {
    Some(match unit {
        "ns" => 1,
        // Both code points that look like a micro sign.
        "us" | "\u{b5}s" | "\u{3bc}s" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60 * 1_000_000_000,
        "h" => 3_600 * 1_000_000_000,
        _ => return None,
    })
}

pub(crate) fn overflow() -> EvalError {
    EvalError::new(ErrorKind::Overflow, "duration overflow")
        .with_hint("a duration holds about 292 years either way")
}

#[cfg(test)]
mod tests {
    use proptest::{prop_assert_eq, proptest};

    use super::{Duration, parse, print};

    fn check(input: &str, expected: &str) {
        let printed = parse(input).map_or_else(|| "none".to_owned(), print);
        assert_eq!(printed, expected, "{input}");
    }

    #[test]
    fn durations_read_as_go_reads_them() {
        check("0", "0s");
        check("-0", "0s");
        check("1h30m", "5400s");
        check("-1.5s", "-1.5s");
        check("+5ms", "0.005s");
        check("1.h", "3600s");
        check(".5m", "30s");
        check("1\u{b5}s1\u{3bc}s1us", "0.000003s");
        check("9223372036854775807ns", "9223372036.854776s");
        check("-9223372036854775808ns", "-9223372036.854776s");
        check("9223372036854775808ns", "none");
        check("320000000000s", "none");
        for bad in ["", "1", "s", ".s", "1d", "1 s", "--1s", "1s-1s", "1e3s"] {
            check(bad, "none");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,12}") {
            if let Some(duration) = parse(&text) {
                assert!(duration.as_nanos().is_some());
            }
        }

        #[test]
        fn nanoseconds_survive_the_round_trip(nanos: i64) {
            let text = format!("{nanos}ns");
            prop_assert_eq!(parse(&text).and_then(Duration::as_nanos), Some(nanos));
        }
    }
}
