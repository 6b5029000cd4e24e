//! Timestamps as RFC 3339 text, and the calendar that accessors read.

use crate::{ErrorKind, EvalError, value::Timestamp};

/// `0001-01-01T00:00:00Z`
pub(crate) const MIN_SECONDS: i64 = -62_135_596_800;
/// `9999-12-31T23:59:59Z`
pub(crate) const MAX_SECONDS: i64 = 253_402_300_799;

const SECONDS_PER_DAY: i64 = 86_400;

/// A moment in some time zone, field by field; months and days count from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Civil {
    pub(crate) year: i64,
    pub(crate) month: i64,
    pub(crate) day: i64,
    pub(crate) hour: i64,
    pub(crate) minute: i64,
    pub(crate) second: i64,
    /// Sunday is 0.
    pub(crate) weekday: i64,
    /// From 0.
    pub(crate) day_of_year: i64,
}

impl Civil {
    /// The calendar of `seconds` since 1970, to which the offset of a time zone was added.
    pub(crate) fn of(seconds: i64) -> Self {
        let days = seconds.div_euclid(SECONDS_PER_DAY);
        let second_of_day = seconds.rem_euclid(SECONDS_PER_DAY);
        let (year, month, day) = date_of(days);
        Self {
            year,
            month,
            day,
            hour: second_of_day / 3600,
            minute: second_of_day / 60 % 60,
            second: second_of_day % 60,
            weekday: (days + 4).rem_euclid(7),
            day_of_year: days - days_before(year, 1, 1),
        }
    }
}

/// Years are counted from March, so that the leap day is the last of its year; an era is the 400
/// years after which the calendar repeats.
fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// Days from 1970 to a date.
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn days_in(month: i64, year: i64) -> i64 {
    let is_leap_year = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(is_leap_year),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// In UTC; the fraction without trailing zeros.
pub(crate) fn print(timestamp: Timestamp) -> String {
    let Civil { year, month, day, hour, minute, second, .. } = Civil::of(timestamp.seconds);
    let mut text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
    if timestamp.nanos > 0 {
        let fraction = format!(".{:09}", timestamp.nanos);
        text.push_str(fraction.trim_end_matches('0'));
    }
    text.push('Z');
    text
}

/// As Go's `time.RFC3339` reads: hours may have one digit, a fraction any number of them, of which
/// nine count, and a comma may stand for its point.
pub(crate) fn parse(text: &str) -> Result<Timestamp, EvalError> {
    let bad = || {
        EvalError::invalid("type conversion error from 'string' to 'google.protobuf.Timestamp'")
            .with_hint("a timestamp is written as 2006-01-02T15:04:05Z")
    };
    let timestamp = read(text.as_bytes()).ok_or_else(bad)?;
    if !(MIN_SECONDS..=MAX_SECONDS).contains(&timestamp.seconds) {
        return Err(overflow());
    }
    Ok(timestamp)
}

pub(crate) fn overflow() -> EvalError {
    EvalError::new(ErrorKind::Overflow, "timestamp overflow")
        .with_hint("timestamps go from the year 1 to the year 9999")
}

fn read(text: &[u8]) -> Option<Timestamp> {
    let mut cursor = Cursor { rest: text };
    let year = cursor.number(4, 4)?;
    cursor.expect(b'-')?;
    let month = cursor.number(2, 2)?;
    cursor.expect(b'-')?;
    let day = cursor.number(2, 2)?;
    cursor.expect(b'T')?;
    let hour = cursor.number(1, 2)?;
    cursor.expect(b':')?;
    let minute = cursor.number(2, 2)?;
    cursor.expect(b':')?;
    let second = cursor.number(2, 2)?;
    let nanos = cursor.fraction();
    let offset = cursor.offset()?;
    let in_range = (1..=12).contains(&month)
        && (1..=days_in(month, year)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    if !cursor.rest.is_empty() || !in_range {
        return None;
    }
    let days = days_before(year, month, day);
    let seconds = days * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second - offset;
    Some(Timestamp { seconds, nanos })
}

/// Whether a text is a day: `2006-01-02`.
pub(crate) fn is_date(text: &str) -> bool {
    let mut cursor = Cursor { rest: text.as_bytes() };
    let mut read = || {
        let year = cursor.number(4, 4)?;
        cursor.expect(b'-')?;
        let month = cursor.number(2, 2)?;
        cursor.expect(b'-')?;
        let day = cursor.number(2, 2)?;
        let in_range = (1..=12).contains(&month) && (1..=days_in(month, year)).contains(&day);
        (cursor.rest.is_empty() && in_range).then_some(())
    };
    read().is_some()
}

struct Cursor<'t> {
    rest: &'t [u8],
}

impl Cursor<'_> {
    fn number(&mut self, min_digits: usize, max_digits: usize) -> Option<i64> {
        let is_digit = |byte: &&u8| byte.is_ascii_digit();
        let n_digits = self.rest.iter().take(max_digits).take_while(is_digit).count();
        if n_digits < min_digits {
            return None;
        }
        let (digits, rest) = self.rest.split_at(n_digits);
        self.rest = rest;
        Some(digits.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        (*first == byte).then_some(())
    }

    fn fraction(&mut self) -> u32 {
        let [b'.' | b',', digits @ ..] = self.rest else { return 0 };
        let n_digits = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if n_digits == 0 {
            return 0;
        }
        self.rest = &digits[n_digits..];
        let padded = digits[..n_digits].iter().chain(std::iter::repeat(&b'0'));
        padded.take(9).fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0'))
    }

    /// Seconds east of UTC. An offset of 24 hours or 60 minutes passes, as in the reference.
    fn offset(&mut self) -> Option<i64> {
        let (sign, rest) = self.rest.split_first()?;
        self.rest = rest;
        let factor = match sign {
            b'Z' => return Some(0),
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let hours = self.number(2, 2)?;
        self.expect(b':')?;
        let minutes = self.number(2, 2)?;
        (hours <= 24 && minutes <= 60).then_some(factor * (hours * 3600 + minutes * 60))
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prop_assert_eq, proptest};

    use super::{Civil, MAX_SECONDS, MIN_SECONDS, Timestamp, parse, print};

    fn check(input: &str, expected: &str) {
        let printed = parse(input).map_or_else(|error| error.message().to_owned(), print);
        assert_eq!(printed, expected, "{input}");
    }

    #[test]
    fn timestamps_read_as_go_reads_them() {
        check("2009-02-13T23:31:30Z", "2009-02-13T23:31:30Z");
        check("2009-02-13T23:31:30.010Z", "2009-02-13T23:31:30.01Z");
        check("2009-02-13T23:31:30,1234567891Z", "2009-02-13T23:31:30.123456789Z");
        check("2009-02-13T1:31:30+02:00", "2009-02-12T23:31:30Z");
        check("2024-02-29T00:00:00-01:30", "2024-02-29T01:30:00Z");
        check("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z");
        check("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z");
        check("9999-12-31T23:59:59-01:00", "timestamp overflow");
        check("0000-01-01T00:00:00Z", "timestamp overflow");
        let bad = "type conversion error from 'string' to 'google.protobuf.Timestamp'";
        for text in [
            "",
            "2009-02-13",
            "2009-02-13T23:31:30",
            "2023-02-29T00:00:00Z",
            "2009-13-01T00:00:00Z",
            "2009-02-13T24:00:00Z",
            "2009-02-13t23:31:30z",
            "2009-02-13T23:31:30.Z",
            "2009-02-13T23:31:30+2:00",
            "2009-02-13T23:31:60Z",
        ] {
            check(text, bad);
        }
    }

    #[test]
    fn the_calendar_knows_weekdays_and_days_of_the_year() {
        let civil = Civil::of(1_709_251_199);
        assert_eq!((civil.year, civil.month, civil.day), (2024, 2, 29));
        assert_eq!((civil.hour, civil.minute, civil.second), (23, 59, 59));
        assert_eq!((civil.weekday, civil.day_of_year), (4, 59));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,40}") {
            drop(parse(&text));
        }

        #[test]
        fn printed_timestamps_read_back(seconds in MIN_SECONDS..=MAX_SECONDS, nanos in 0_u32..1_000_000_000) {
            let timestamp = Timestamp { seconds, nanos };
            prop_assert_eq!(parse(&print(timestamp)), Ok(timestamp));
        }
    }
}
