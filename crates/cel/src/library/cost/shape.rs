//! Costs of the lists extension and of sets.

use super::{
    super::{ArgumentEstimate, CallEstimate, Range},
    LIST, TEXT,
    estimate::{costs, makes, size_of},
    size,
};
use crate::Value;

type Arguments<'e> = &'e [ArgumentEstimate];

/// A call that makes a list.
fn allocating(factor: f64, size: u64) -> u64 {
    let factor = if factor < 0.0 { 1.0 } else { factor };
    rounded_down(size, factor).saturating_add(1 + LIST)
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the reference computes in doubles; a cast saturates"
)]
fn rounded_down(size: u64, factor: f64) -> u64 {
    (size as f64 * factor) as u64
}

pub(super) fn output(_: &[Value<'_>], result: &Value<'_>) -> u64 {
    allocating(1.0, size(result))
}

#[expect(clippy::cast_precision_loss, reason = "the reference computes in doubles")]
pub(super) fn flatten(values: &[Value<'_>], _: &Value<'_>) -> u64 {
    let depth = match values.get(1) {
        Some(Value::Int(depth)) => *depth as f64,
        _ => 1.0,
    };
    allocating(depth, values.first().map_or(1, size))
}

/// Each item is compared with each.
pub(super) fn self_compare(values: &[Value<'_>], _: &Value<'_>) -> u64 {
    values.first().map_or(0, compared)
}

pub(super) fn compare_keys(values: &[Value<'_>], _: &Value<'_>) -> u64 {
    values.get(1).map_or(0, compared)
}

fn compared(list: &Value<'_>) -> u64 {
    let first = match list {
        Value::List(list) => list.get(0),
        _ => None,
    };
    let factor = match first {
        Some(Value::String(_) | Value::Bytes(_)) => 2.0 + TEXT,
        _ => 2.0,
    };
    let size = size(list);
    allocating(factor, size.saturating_mul(size))
}

pub(super) fn sets(values: &[Value<'_>], _: &Value<'_>) -> u64 {
    product(values).saturating_add(1)
}

pub(super) fn sets_twice(values: &[Value<'_>], _: &Value<'_>) -> u64 {
    product(values).saturating_mul(2).saturating_add(1)
}

fn product(values: &[Value<'_>]) -> u64 {
    values.iter().map(size).fold(1, u64::saturating_mul)
}

fn allocating_estimate(factor: f64, size: Range) -> CallEstimate {
    makes(size.scaled(factor).plus(Range::exactly(1 + LIST)), size)
}

/// A literal number; below 0 it counts as 0.
fn literal(arguments: Arguments<'_>, idx: usize) -> Option<u64> {
    let literal = arguments.get(idx)?.literal?;
    Some(u64::try_from(literal).unwrap_or(0))
}

pub(super) fn slice_estimate(arguments: Arguments<'_>) -> CallEstimate {
    let start = literal(arguments, 1).unwrap_or(0);
    let end = literal(arguments, 2).unwrap_or(size_of(arguments, 0).max);
    allocating_estimate(1.0, Range::exactly(end.wrapping_sub(start)))
}

pub(super) fn range_estimate(arguments: Arguments<'_>) -> CallEstimate {
    allocating_estimate(1.0, Range::exactly(literal(arguments, 0).unwrap_or(u64::MAX)))
}

pub(super) fn reverse_estimate(arguments: Arguments<'_>) -> CallEstimate {
    allocating_estimate(1.0, size_of(arguments, 0))
}

#[expect(clippy::cast_precision_loss, reason = "the reference computes in doubles")]
pub(super) fn flatten_estimate(arguments: Arguments<'_>) -> CallEstimate {
    let depth = match arguments.len() {
        ..2 => 1,
        _ => literal(arguments, 1).unwrap_or(u64::MAX),
    };
    allocating_estimate(depth as f64, size_of(arguments, 0))
}

fn compared_estimate(factor: f64, size: Range) -> CallEstimate {
    allocating_estimate(factor, size.times(size))
}

pub(super) fn distinct_estimate(arguments: Arguments<'_>) -> CallEstimate {
    compared_estimate(2.0, size_of(arguments, 0))
}

pub(super) fn sort_texts_estimate(arguments: Arguments<'_>) -> CallEstimate {
    compared_estimate(2.0 + TEXT, size_of(arguments, 0))
}

pub(super) fn sort_by_estimate(arguments: Arguments<'_>) -> CallEstimate {
    compared_estimate(2.0, size_of(arguments, 1))
}

pub(super) fn sort_by_texts_estimate(arguments: Arguments<'_>) -> CallEstimate {
    compared_estimate(2.0 + TEXT, size_of(arguments, 1))
}

pub(super) fn sets_estimate(arguments: Arguments<'_>) -> CallEstimate {
    let product = size_of(arguments, 0).times(size_of(arguments, 1));
    costs(product.plus(Range::exactly(1)))
}

pub(super) fn sets_twice_estimate(arguments: Arguments<'_>) -> CallEstimate {
    let product = size_of(arguments, 0).times(size_of(arguments, 1));
    costs(product.scaled(2.0).plus(Range::exactly(1)))
}
