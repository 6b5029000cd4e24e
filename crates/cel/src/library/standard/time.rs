//! Accessors of timestamps, in UTC or a named zone, and of durations.

use crate::{
    EvalError, Type, Value,
    library::{Context, Function, Implementation, Overload, args, timestamp::Civil, zone},
};

const NANOS_PER_MILLISECOND: i64 = 1_000_000;

pub(super) fn functions() -> Vec<Function> {
    vec![
        accessor("getFullYear", ["timestamp_to_year", "timestamp_to_year_with_tz"], |_, v| {
            Ok(civil(v)?.year.into())
        }),
        accessor("getMonth", ["timestamp_to_month", "timestamp_to_month_with_tz"], |_, v| {
            Ok((civil(v)?.month - 1).into())
        }),
        accessor(
            "getDayOfYear",
            ["timestamp_to_day_of_year", "timestamp_to_day_of_year_with_tz"],
            |_, v| Ok(civil(v)?.day_of_year.into()),
        ),
        accessor(
            "getDayOfMonth",
            ["timestamp_to_day_of_month", "timestamp_to_day_of_month_with_tz"],
            |_, v| Ok((civil(v)?.day - 1).into()),
        ),
        accessor(
            "getDate",
            ["timestamp_to_day_of_month_1_based", "timestamp_to_day_of_month_1_based_with_tz"],
            |_, v| Ok(civil(v)?.day.into()),
        ),
        accessor(
            "getDayOfWeek",
            ["timestamp_to_day_of_week", "timestamp_to_day_of_week_with_tz"],
            |_, v| Ok(civil(v)?.weekday.into()),
        ),
        accessor("getHours", ["timestamp_to_hours", "timestamp_to_hours_with_tz"], |_, v| {
            Ok(civil(v)?.hour.into())
        })
        .overload(of_duration("duration_to_hours", |_, v| Ok((seconds(v)? / 3600).into()))),
        accessor("getMinutes", ["timestamp_to_minutes", "timestamp_to_minutes_with_tz"], |_, v| {
            Ok(civil(v)?.minute.into())
        })
        .overload(of_duration("duration_to_minutes", |_, v| Ok((seconds(v)? / 60).into()))),
        accessor("getSeconds", ["timestamp_to_seconds", "timestamp_to_seconds_tz"], |_, v| {
            Ok(civil(v)?.second.into())
        })
        .overload(of_duration("duration_to_seconds", |_, v| Ok(seconds(v)?.into()))),
        accessor(
            "getMilliseconds",
            ["timestamp_to_milliseconds", "timestamp_to_milliseconds_with_tz"],
            milliseconds,
        )
        .overload(of_duration("duration_to_milliseconds", milliseconds_of_duration)),
    ]
}

fn accessor(
    name: &'static str,
    [in_utc, in_zone]: [&'static str; 2],
    implementation: Implementation,
) -> Function {
    let in_utc = Overload::member(in_utc, &[Type::Timestamp], Type::Int, implementation);
    let params = [Type::Timestamp, Type::String];
    let in_zone = Overload::member(in_zone, &params, Type::Int, implementation);
    Function::new(name).overload(in_utc).overload(in_zone)
}

fn of_duration(id: &'static str, implementation: Implementation) -> Overload {
    Overload::member(id, &[Type::Duration], Type::Int, implementation)
}

/// The calendar of the receiver in the zone that the second argument names.
fn civil(values: &[Value<'_>]) -> Result<Civil, EvalError> {
    let timestamp = *args::timestamp(values, 0)?;
    let offset = match values.len() {
        1 => 0,
        _ => zone::offset(timestamp, args::text(values, 1)?)?,
    };
    Ok(Civil::of(timestamp.seconds.saturating_add(offset)))
}

fn milliseconds<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    // The zone moves no milliseconds, but a wrong one is an error here as everywhere.
    civil(values)?;
    Ok((i64::from(args::timestamp(values, 0)?.nanos) / NANOS_PER_MILLISECOND).into())
}

/// The whole duration in milliseconds, as `getSeconds` gives the whole of it in seconds.
fn milliseconds_of_duration<'a>(
    _: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let duration = args::duration(values, 0)?;
    let whole = duration.seconds.saturating_mul(1_000);
    Ok(whole.saturating_add(i64::from(duration.nanos) / NANOS_PER_MILLISECOND).into())
}

fn seconds(values: &[Value<'_>]) -> Result<i64, EvalError> {
    args::duration(values, 0).map(|duration| duration.seconds)
}
