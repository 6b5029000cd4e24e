//! Which texts go-yaml takes for a `!!timestamp`. The value stays text either way; the question is
//! only whether the document is refused.

/// `2006-1-2`, `2006-1-2 15:4:5.999` or `2006-1-2T15:4:5.999Z07:00`, as Go's `time.Parse` reads
/// them.
pub(super) fn is_timestamp(text: &str) -> bool {
    let mut rest = Rest(text.as_bytes());
    let Some(year) = rest.digits(4, 4) else { return false };
    let Some((month, day)) = rest.month_and_day() else { return false };
    if !(1..=12).contains(&month) || day < 1 || day > days_of(month, year) {
        return false;
    }
    match rest.0.first() {
        None => true,
        Some(b' ') => rest.skip(b' ') && rest.time().is_some() && rest.0.is_empty(),
        Some(b'T') => rest.skip(b'T') && rest.time().is_some() && rest.is_zone(),
        Some(b't') => rest.skip(b't') && rest.time().is_some() && rest.is_zone(),
        Some(_) => false,
    }
}

struct Rest<'t>(&'t [u8]);

impl Rest<'_> {
    fn skip(&mut self, byte: u8) -> bool {
        let Some((first, rest)) = self.0.split_first() else { return false };
        let is_it = *first == byte;
        if is_it {
            self.0 = rest;
        }
        is_it
    }

    fn digits(&mut self, min: usize, max: usize) -> Option<u32> {
        let n = self.0.iter().take(max).take_while(|byte| byte.is_ascii_digit()).count();
        if n < min {
            return None;
        }
        let (digits, rest) = self.0.split_at(n);
        self.0 = rest;
        Some(digits.iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0')))
    }

    fn month_and_day(&mut self) -> Option<(u32, u32)> {
        let month = self.skip(b'-').then(|| self.digits(1, 2))??;
        let day = self.skip(b'-').then(|| self.digits(1, 2))??;
        Some((month, day))
    }

    fn time(&mut self) -> Option<()> {
        let hour = self.digits(1, 2)?;
        let minute = self.skip(b':').then(|| self.digits(1, 2))??;
        let second = self.skip(b':').then(|| self.digits(1, 2))??;
        if matches!(self.0, [b'.' | b',', digit, ..] if digit.is_ascii_digit()) {
            self.0 = &self.0[1..];
            let n = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
            self.0 = &self.0[n..];
        }
        (hour < 24 && minute < 60 && second < 60).then_some(())
    }

    /// `Z` or an offset, and nothing behind.
    fn is_zone(&mut self) -> bool {
        match self.0 {
            b"Z" => true,
            [b'+' | b'-', hours @ .., b':', _, _] if hours.len() == 2 => {
                let mut offset = Rest(&self.0[1..]);
                let hours = offset.digits(2, 2);
                let minutes = offset.skip(b':').then(|| offset.digits(2, 2)).flatten();
                hours.is_some_and(|n| n <= 24) && minutes.is_some_and(|n| n < 60)
            }
            _ => false,
        }
    }
}

fn days_of(month: u32, year: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps() {
        for text in [
            "2001-1-2",
            "2001-12-14",
            "2004-02-29",
            "2001-12-14 21:59:43.10",
            "2001-12-14t21:59:43Z",
            "2001-12-14T1:2:3.5-05:00",
        ] {
            assert!(is_timestamp(text), "{text}");
        }
        for text in [
            "",
            "2001",
            "2001-13-1",
            "2001-02-29",
            "2001-12-14 21:59:43.10 -5",
            "2001-12-14T21:59:43",
            "2001-12-14T25:59:43Z",
            "2001-12-14x",
        ] {
            assert!(!is_timestamp(text), "{text}");
        }
    }
}
