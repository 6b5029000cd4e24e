//! Costs of calls before any evaluation.

use super::{
    super::{ArgumentEstimate, CallEstimate, Range},
    REGEX, TEXT,
    runtime::selector_cost,
};
use crate::Type;

type Arguments<'e> = &'e [ArgumentEstimate];

pub(super) fn size_of(arguments: Arguments<'_>, idx: usize) -> Range {
    arguments.get(idx).map_or(Range::UNKNOWN, |argument| argument.size)
}

pub(super) fn fixed(cost: u64) -> CallEstimate {
    costs(Range::exactly(cost))
}

pub(super) fn costs(cost: Range) -> CallEstimate {
    CallEstimate { cost, result_size: None }
}

pub(super) fn makes(cost: Range, result_size: Range) -> CallEstimate {
    CallEstimate { cost, result_size: Some(result_size) }
}

pub(super) fn text(arguments: Arguments<'_>) -> CallEstimate {
    costs(size_of(arguments, 0).scaled(TEXT))
}

pub(super) fn second_text(arguments: Arguments<'_>) -> CallEstimate {
    costs(size_of(arguments, 1).scaled(TEXT))
}

pub(super) fn text_of_same_size(arguments: Arguments<'_>) -> CallEstimate {
    let size = size_of(arguments, 0);
    makes(size.scaled(TEXT), size)
}

/// Each character may become four bytes. That the numbers wrap around is the reference's doing.
pub(super) fn string_to_bytes(arguments: Arguments<'_>) -> CallEstimate {
    let size = size_of(arguments, 0);
    makes(size.scaled(TEXT), Range { min: size.min, max: size.max.wrapping_mul(4) })
}

pub(super) fn bytes_to_string(arguments: Arguments<'_>) -> CallEstimate {
    let size = size_of(arguments, 0);
    makes(size.scaled(TEXT), Range { min: size.min / 4, max: size.max })
}

/// Two quotes, and each character may be escaped.
pub(super) fn quote(arguments: Arguments<'_>) -> CallEstimate {
    let size = size_of(arguments, 0);
    let max = size.max.wrapping_mul(2).wrapping_add(2);
    makes(size.scaled(TEXT), Range { min: size.min.wrapping_add(2), max })
}

fn regex_cost(text: Range, pattern: Range) -> Range {
    text.plus(Range::exactly(1)).scaled(TEXT).times(pattern.scaled(REGEX))
}

pub(super) fn regex(arguments: Arguments<'_>) -> CallEstimate {
    costs(regex_cost(size_of(arguments, 0), size_of(arguments, 1)))
}

/// At most, each character is a match of its own.
pub(super) fn find(arguments: Arguments<'_>) -> CallEstimate {
    let text = size_of(arguments, 0);
    makes(regex_cost(text, size_of(arguments, 1)), Range { min: 0, max: text.max })
}

pub(super) fn validate(arguments: Arguments<'_>) -> CallEstimate {
    const LONGEST_PATTERN: f64 = 128.0;
    costs(size_of(arguments, 1).scaled(TEXT).scaled(LONGEST_PATTERN * REGEX))
}

pub(super) fn contains(arguments: Arguments<'_>) -> CallEstimate {
    costs(size_of(arguments, 0).scaled(TEXT).times(size_of(arguments, 1).scaled(TEXT)))
}

pub(super) fn selector(arguments: Arguments<'_>) -> CallEstimate {
    costs(selector_cost(size_of(arguments, 1)))
}

/// Each item is compared once; texts are read for it.
fn of_items(arguments: Arguments<'_>) -> Option<CallEstimate> {
    let list = arguments.first()?;
    let item_size = list.item_size?;
    let item_cost = match list.item_type() {
        Some(Type::String | Type::Bytes) => Range::exactly(1).plus(item_size.scaled(TEXT)),
        _ => Range::exactly(1),
    };
    Some(costs(list.size.times(item_cost)))
}

pub(super) fn traversal(arguments: Arguments<'_>) -> CallEstimate {
    // `indexOf` and `lastIndexOf` are for texts too.
    of_items(arguments).unwrap_or_else(|| text(arguments))
}

pub(super) fn includes(arguments: Arguments<'_>) -> CallEstimate {
    of_items(arguments).unwrap_or_else(|| costs(size_of(arguments, 0)))
}

/// The result is longest when the shortest possible text is replaced by the longest as often as
/// possible, and shortest the other way round.
pub(super) fn replace(arguments: Arguments<'_>) -> CallEstimate {
    let (text, old, new) = (size_of(arguments, 0), size_of(arguments, 1), size_of(arguments, 2));
    let (most, kept_most) = match (old.min, new.max) {
        (0, _) => (text.max.saturating_add(1), text.max),
        (old, new) if new <= old => (0, text.max),
        (old, _) => (times_in(text.max, old), 0),
    };
    let (least, kept_least) = match (old.max, new.min) {
        (0, _) => (text.min.saturating_add(1), text.min),
        (old, new) if old <= new => (0, text.min),
        (old, _) => (times_in(text.min, old), 0),
    };
    let replaced = Range { min: least, max: most }.times(new);
    let size = replaced.plus(Range { min: kept_least, max: kept_most });
    makes(text.scaled(2.0 * TEXT), size)
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the reference divides doubles; a cast saturates"
)]
fn times_in(text: u64, part: u64) -> u64 {
    (text as f64 / part as f64).ceil() as u64
}

/// Without a separator, each character is an item.
pub(super) fn split(arguments: Arguments<'_>) -> CallEstimate {
    let text = size_of(arguments, 0);
    let limit = arguments.get(2).and_then(|argument| argument.literal);
    let max = limit.map_or(text.max, i64::cast_unsigned);
    makes(text.scaled(2.0 * TEXT), Range { min: 0, max })
}

pub(super) fn join(arguments: Arguments<'_>) -> CallEstimate {
    let list = size_of(arguments, 0);
    let item_size = arguments.first().and_then(|argument| argument.item_size);
    let items = item_size.map_or(Range::exactly(0), |item_size| list.times(item_size));
    let size = if arguments.len() > 1 {
        let separators = Range { min: list.min.saturating_sub(1), max: list.max.saturating_sub(1) };
        items.plus(size_of(arguments, 1).times(separators))
    } else {
        items
    };
    makes(size.scaled(TEXT), size)
}
