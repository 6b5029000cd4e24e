//! What calls cost in the API server's units, at evaluation and estimated before it.
//!
//! The rules go by the name of a function, as those of the API server do, so that a function costs
//! the same from whichever library it comes; a few go by the overload.

mod estimate;
mod network;
mod runtime;
mod shape;

use super::{ArgumentEstimate, CallCost, CallEstimate, Function};
use crate::Value;

/// Reading a character of text.
pub(crate) const TEXT: f64 = 0.1;
/// A character of a regular expression, about four of which are one step of it.
pub(crate) const REGEX: f64 = 0.25;
pub(crate) const LIST: u64 = 10;
pub(crate) const MAP: u64 = 30;
pub(crate) const STRUCT: u64 = 40;

/// The size that a cost counts: 1 for what has none.
pub(crate) fn size(value: &Value<'_>) -> u64 {
    match value {
        Value::Opaque(opaque) => opaque.size().unwrap_or(1),
        _ => value.size().map_or(1, |size| size as u64),
    }
}

/// Gives each overload its cost, where it is another than 1.
pub(crate) fn priced(mut function: Function) -> Function {
    for overload in &mut function.overloads {
        if overload.cost.is_none() {
            overload.cost = of(function.name, overload.id);
        }
    }
    function
}

const fn cost(
    runtime: fn(&[Value<'_>], &Value<'_>) -> u64,
    estimate: fn(&[ArgumentEstimate]) -> CallEstimate,
) -> CallCost {
    CallCost { runtime, estimate }
}

fn of(function: &str, overload: &str) -> Option<CallCost> {
    by_overload(overload).or_else(|| network::of(function, overload)).or_else(|| by_name(function))
}

fn by_overload(overload: &str) -> Option<CallCost> {
    Some(match overload {
        // The evaluator's own branches, which no call is made for.
        "optional_or_optional" | "optional_orValue_value" => cost(|_, _| 0, |_| estimate::fixed(1)),
        "string_to_bytes" => cost(runtime::text, estimate::string_to_bytes),
        "bytes_to_string" => cost(runtime::text, estimate::bytes_to_string),
        "strings_quote" => cost(runtime::text, estimate::quote),
        "string_format" => cost(runtime::text, estimate::text),
        "starts_with_string" | "ends_with_string" => {
            cost(runtime::second_text, estimate::second_text)
        }
        "matches" | "matches_string" => cost(runtime::regex, estimate::regex),
        "contains_string" => cost(runtime::contains, estimate::contains),
        "list_slice" => cost(shape::output, shape::slice_estimate),
        "lists_range" => cost(shape::output, shape::range_estimate),
        "list_reverse" => cost(shape::output, shape::reverse_estimate),
        "list_flatten" | "list_flatten_int" => cost(shape::flatten, shape::flatten_estimate),
        "list_distinct" => cost(shape::self_compare, shape::distinct_estimate),
        "list_string_sort" | "list_bytes_sort" => {
            cost(shape::self_compare, shape::sort_texts_estimate)
        }
        "list_string_sortByAssociatedKeys" | "list_bytes_sortByAssociatedKeys" => {
            cost(shape::compare_keys, shape::sort_by_texts_estimate)
        }
        _ if overload.starts_with("list_") && overload.ends_with("_sort") => {
            cost(shape::self_compare, shape::distinct_estimate)
        }
        _ if overload.ends_with("_sortByAssociatedKeys") => {
            cost(shape::compare_keys, shape::sort_by_estimate)
        }
        "list_sets_contains_list" | "list_sets_intersects_list" => {
            cost(shape::sets, shape::sets_estimate)
        }
        "list_sets_equivalent_list" => cost(shape::sets_twice, shape::sets_twice_estimate),
        _ => return None,
    })
}

fn by_name(function: &str) -> Option<CallCost> {
    Some(match function {
        // Two checks are what an expression can afford.
        "check" => cost(|_, _| 350_000, |_| estimate::fixed(350_000)),
        "fieldSelector" | "labelSelector" => cost(runtime::selector, estimate::selector),
        "isSorted" | "sum" | "max" | "min" | "indexOf" | "lastIndexOf" => {
            cost(runtime::traversal, estimate::traversal)
        }
        "includes" => cost(runtime::traversal, estimate::includes),
        "url" | "jsonpatch.escapeKey" | "lowerAscii" | "upperAscii" | "substring" | "trim" => {
            cost(runtime::text, estimate::text_of_same_size)
        }
        "replace" => cost(runtime::text_twice, estimate::replace),
        "split" => cost(runtime::text_twice, estimate::split),
        "join" => cost(runtime::result_twice, estimate::join),
        "find" | "findAll" => cost(runtime::regex, estimate::find),
        "quantity" | "isQuantity" | "semver" | "isSemver" => cost(runtime::text, estimate::text),
        "validate" => cost(runtime::validate, estimate::validate),
        _ => return None,
    })
}
