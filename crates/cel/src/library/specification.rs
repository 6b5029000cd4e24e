//! Where the specification's conformance tests ask for another result than the API server gives.
//!
//! The libraries do what the API server does; [`Library::as_specified`] gives the same library by
//! the letter of cel-spec.

use std::net::{IpAddr, Ipv6Addr};

use super::{Context, Implementation, Library, args, index_out_of_range, net};
use crate::{EvalError, Value};

impl Library {
    /// This library with the results that cel-spec asks for.
    #[must_use]
    pub fn as_specified(mut self) -> Self {
        let overloads = self.functions.iter_mut().flat_map(|function| &mut function.overloads);
        for overload in overloads {
            if let Some(implementation) = specified(overload.id) {
                overload.implementation = implementation;
            }
        }
        self
    }
}

fn specified(overload: &str) -> Option<Implementation> {
    Some(match overload {
        "duration_to_milliseconds" => milliseconds,
        "string_index_of_string_int" => index_of,
        "string_last_index_of_string_int" => last_index_of,
        "string_to_ip" => ip,
        _ => return None,
    })
}

/// The milliseconds of the second, not the whole duration in milliseconds.
fn milliseconds<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    match values {
        [Value::Duration(duration)] => Ok(i64::from(duration.nanos / 1_000_000).into()),
        _ => Err(EvalError::no_such_overload()),
    }
}

/// An offset beyond the text is an error, not a place where nothing is found.
fn index_of<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    let (text, wanted, offset) = search(values)?;
    let Some(start) = offset else { return Ok(values[2].clone()) };
    let rest = text.get(start..).unwrap_or_default();
    Ok(characters(text, rest.find(wanted).map(|at| start + at)))
}

fn last_index_of<'a>(
    _: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let (text, wanted, offset) = search(values)?;
    let Some(start) = offset else { return Ok(values[2].clone()) };
    let end = text.floor_char_boundary(start + wanted.len());
    Ok(characters(text, text.get(..end).unwrap_or_default().rfind(wanted)))
}

/// The text, what is looked for, and the byte to begin at; no byte where nothing is looked for.
fn search<'v>(values: &'v [Value<'_>]) -> Result<(&'v str, &'v str, Option<usize>), EvalError> {
    let (text, wanted) = (args::text(values, 0)?, args::text(values, 1)?);
    let offset = args::int(values, 2)?;
    if wanted.is_empty() {
        return Ok((text, wanted, None));
    }
    let position = usize::try_from(offset).ok();
    let start = position.and_then(|position| text.char_indices().nth(position));
    match start {
        Some((start, _)) => Ok((text, wanted, Some(start))),
        None => Err(index_out_of_range(offset)),
    }
}

fn characters(text: &str, byte: Option<usize>) -> Value<'static> {
    let before = byte.map(|byte| text.get(..byte).unwrap_or_default().chars().count());
    before.map_or(Value::Int(-1), args::length)
}

/// An IPv4 address written as IPv6 is the IPv4 address, but for the form with dots.
fn ip<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    let text = args::text(values, 0)?;
    let mapped = text.parse::<Ipv6Addr>().ok().and_then(|address| address.to_ipv4_mapped());
    match mapped {
        Some(address) if !text.contains('.') => Ok(Value::opaque(net::Ip(IpAddr::V4(address)))),
        _ => Ok(Value::opaque(net::Ip(net::parse_ip(text)?))),
    }
}
