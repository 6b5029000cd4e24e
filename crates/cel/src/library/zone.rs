//! Time zones of timestamp accessors: names of the IANA database, which is compiled in because
//! nothing here reads files, or fixed offsets.

use jiff::tz::TimeZone;

use crate::{EvalError, value::Timestamp};

/// Seconds east of UTC at a moment.
pub(crate) fn offset(timestamp: Timestamp, zone: &str) -> Result<i64, EvalError> {
    match zone.split_once(':') {
        Some((hours, minutes)) => fixed(zone, hours, minutes),
        None => named(timestamp, zone),
    }
}

/// `-08:00`, `2:30`: the sign counts for the minutes as well.
fn fixed(zone: &str, hours: &str, minutes: &str) -> Result<i64, EvalError> {
    let number = |text: &str| {
        text.parse::<i32>().map(i64::from).map_err(|error| {
            EvalError::invalid(format!("parsing the time zone offset {zone:?}: {error}"))
        })
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let minutes = if zone.starts_with('-') { -minutes } else { minutes };
    Ok((hours * 60 + minutes) * 60)
}

fn named(timestamp: Timestamp, zone: &str) -> Result<i64, EvalError> {
    // `Local` is the zone of the server's process, which runs in UTC.
    if matches!(zone, "" | "UTC" | "Local") {
        return Ok(0);
    }
    let unknown = || {
        EvalError::invalid(format!("unknown time zone {zone}"))
            .with_hint("names are those of the IANA database, as America/New_York")
    };
    let time_zone = match TimeZone::get(zone) {
        // The database is read without regard to case, but a zone has one name only.
        Ok(time_zone) if time_zone.iana_name() == Some(zone) => time_zone,
        _ => return Err(unknown()),
    };
    // The library's moments end a day before the year does; the zones' rules are the same there.
    let (first, last) = (jiff::Timestamp::MIN.as_second(), jiff::Timestamp::MAX.as_second());
    let seconds = timestamp.seconds.clamp(first, last);
    let Ok(moment) = jiff::Timestamp::from_second(seconds) else { return Err(unknown()) };
    Ok(i64::from(time_zone.to_offset(moment).seconds()))
}

#[cfg(test)]
mod tests {
    use super::{super::timestamp, offset};

    fn check(moment: &str, zone: &str, expected: Result<i64, &str>) {
        let moment = timestamp::parse(moment).expect("the test's timestamp is right");
        let found = offset(moment, zone).map_err(|error| error.message().to_owned());
        assert_eq!(found.as_ref().map_err(String::as_str), expected.as_ref().map_err(|e| *e));
    }

    #[test]
    fn zones_are_offsets_or_names() {
        check("2023-01-01T00:00:00Z", "UTC", Ok(0));
        check("2023-01-01T00:00:00Z", "", Ok(0));
        check("2023-01-01T00:00:00Z", "America/St_Johns", Ok(-12_600));
        check("2023-07-01T00:00:00Z", "America/St_Johns", Ok(-9_000));
        check("2023-07-01T00:00:00Z", "US/Central", Ok(-18_000));
        check("2023-07-01T00:00:00Z", "-02:30", Ok(-9_000));
        check("2023-07-01T00:00:00Z", "-00:30", Ok(-1_800));
        check("2023-07-01T00:00:00Z", "11:00", Ok(39_600));
        check("9999-12-31T23:59:59Z", "Europe/Paris", Ok(3_600));
        check("2023-07-01T00:00:00Z", "us/central", Err("unknown time zone us/central"));
        check("2023-07-01T00:00:00Z", "Nowhere/Town", Err("unknown time zone Nowhere/Town"));
    }
}
