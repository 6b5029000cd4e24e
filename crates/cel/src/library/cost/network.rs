//! Costs of functions on addresses and networks.

use super::{
    super::{ArgumentEstimate, CallCost, CallEstimate, Range},
    TEXT, cost, estimate, runtime, size,
};
use crate::{Value, library::range::scaled};

pub(super) fn of(function: &str, overload: &str) -> Option<CallCost> {
    Some(match function {
        "cidr" | "isIP" | "isCIDR" => cost(runtime::text, estimate::text),
        "ip" if overload != "cidr_ip" => cost(runtime::text, estimate::text),
        // The text is read, and compared with what was read.
        "ip.isCanonical" => cost(runtime::text_twice, |arguments| {
            estimate::costs(estimate::size_of(arguments, 0).scaled(2.0 * TEXT))
        }),
        "containsIP" if overload == "cidr_contains_ip_string" => {
            cost(contains_text, contains_text_estimate)
        }
        "containsIP" => cost(|values, _| compared(values), |_| estimate::costs(COMPARED)),
        "containsCIDR" if overload == "cidr_contains_cidr_string" => {
            cost(contains_cidr_text, contains_cidr_text_estimate)
        }
        "containsCIDR" => cost(contains_cidr, |_| estimate::costs(cidr_compared())),
        _ => return None,
    })
}

/// Two addresses of 4 to 16 bytes are compared.
const COMPARED: Range = Range { min: 1, max: 4 };

fn compared(values: &[Value<'_>]) -> u64 {
    let network = values.first().map_or(1, size);
    scaled(network.saturating_mul(2), TEXT)
}

fn second_text(values: &[Value<'_>]) -> u64 {
    scaled(values.get(1).map_or(1, size), TEXT)
}

fn contains_text(values: &[Value<'_>], _: &Value<'_>) -> u64 {
    compared(values) + second_text(values)
}

fn contains_cidr(values: &[Value<'_>], _: &Value<'_>) -> u64 {
    // The network is masked too.
    compared(values) + scaled(values.first().map_or(1, size), TEXT) + 1
}

fn contains_cidr_text(values: &[Value<'_>], result: &Value<'_>) -> u64 {
    contains_cidr(values, result) + second_text(values)
}

fn cidr_compared() -> Range {
    let address = Range { min: 4, max: 16 };
    COMPARED.plus(address.scaled(TEXT)).plus(Range::exactly(1))
}

fn contains_text_estimate(arguments: &[ArgumentEstimate]) -> CallEstimate {
    estimate::costs(COMPARED.plus(estimate::size_of(arguments, 1).scaled(TEXT)))
}

fn contains_cidr_text_estimate(arguments: &[ArgumentEstimate]) -> CallEstimate {
    estimate::costs(cidr_compared().plus(estimate::size_of(arguments, 1).scaled(TEXT)))
}
