//! Costs of calls that were made.

use super::{LIST, REGEX, STRUCT, TEXT, size};
use crate::{
    Value,
    library::{Range, kubernetes::Format, range::scaled},
};

fn size_of(values: &[Value<'_>], idx: usize) -> u64 {
    values.get(idx).map_or(1, size)
}

/// The first text is read.
pub(super) fn text(values: &[Value<'_>], _: &Value<'_>) -> u64 {
    scaled(size_of(values, 0), TEXT)
}

pub(super) fn second_text(values: &[Value<'_>], _: &Value<'_>) -> u64 {
    scaled(size_of(values, 1), TEXT)
}

/// The first text is read, and as much written.
pub(super) fn text_twice(values: &[Value<'_>], _: &Value<'_>) -> u64 {
    scaled(size_of(values, 0), 2.0 * TEXT)
}

pub(super) fn result_twice(_: &[Value<'_>], result: &Value<'_>) -> u64 {
    scaled(size(result), 2.0 * TEXT)
}

/// A regular expression over a text, one character of which is there always.
pub(super) fn regex(values: &[Value<'_>], _: &Value<'_>) -> u64 {
    regex_cost(size_of(values, 0), size_of(values, 1))
}

fn regex_cost(text: u64, pattern: u64) -> u64 {
    scaled(text.saturating_add(1), TEXT).saturating_mul(scaled(pattern, REGEX))
}

pub(super) fn validate(values: &[Value<'_>], _: &Value<'_>) -> u64 {
    let format = values.first().and_then(Value::as_opaque::<Format>);
    format.map_or(1, |format| regex_cost(size_of(values, 1), format.regex_size))
}

pub(super) fn contains(values: &[Value<'_>], _: &Value<'_>) -> u64 {
    scaled(size_of(values, 0), TEXT).saturating_mul(scaled(size_of(values, 1), TEXT))
}

/// Parsing a selector, and making its requirements.
pub(super) fn selector(values: &[Value<'_>], _: &Value<'_>) -> u64 {
    selector_cost(Range::exactly(size_of(values, 1))).max
}

pub(super) fn selector_cost(length: Range) -> Range {
    /// The shortest requirement has two characters.
    const REQUIREMENTS: f64 = 0.5;
    #[expect(clippy::cast_precision_loss, reason = "a small constant")]
    const PER_REQUIREMENT: f64 = (LIST + STRUCT) as f64;
    let requirements = length.scaled(REQUIREMENTS).scaled(PER_REQUIREMENT);
    Range::exactly(LIST).plus(length.scaled(TEXT)).plus(requirements)
}

/// Everything in the first value is looked at.
pub(super) fn traversal(values: &[Value<'_>], _: &Value<'_>) -> u64 {
    values.first().map_or(0, |value| traversed(value, 0))
}

fn traversed(value: &Value<'_>, depth: u32) -> u64 {
    const MAX_DEPTH: u32 = 256;
    if depth > MAX_DEPTH {
        return 1;
    }
    match value {
        Value::String(text) => bytes(text.len()),
        Value::Bytes(found) => bytes(found.len()),
        Value::List(list) => list
            .iter()
            .fold(0, |total: u64, item| total.saturating_add(traversed(&item, depth + 1))),
        Value::Map(map) => map.entries().iter().fold(0, |total: u64, (key, value)| {
            let entry = traversed(key, depth + 1).saturating_add(traversed(value, depth + 1));
            total.saturating_add(entry)
        }),
        _ => 1,
    }
}

/// Rounded down, other than everywhere else.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the reference computes in doubles"
)]
fn bytes(length: usize) -> u64 {
    (length as f64 * TEXT) as u64
}
