//! Values as JSON text, as protobuf's own JSON mapping writes them.

use std::fmt::Write as _;

use super::encode;
use crate::{
    EvalError, Value,
    library::{Context, duration, timestamp},
};

/// Whole numbers beyond what a double holds exactly are written as text.
const EXACT: u64 = 1 << 53;

pub(super) fn write(
    value: &Value<'_>,
    text: &mut String,
    context: &mut Context<'_, '_>,
) -> Result<(), EvalError> {
    context.tick(1)?;
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Int(value) => number(*value, value.unsigned_abs(), text),
        Value::Uint(value) => number(*value, *value, text),
        Value::Double(value) if value.is_finite() => text.push_str(&double(*value)),
        Value::Double(value) => {
            return Err(EvalError::invalid(format!("{value} has no form in JSON")));
        }
        Value::String(value) => string(value, text),
        Value::Bytes(value) => string(&encode(value), text),
        Value::Duration(value) => string(&duration::print(*value), text),
        Value::Timestamp(value) => string(&timestamp::print(*value), text),
        Value::List(list) => {
            text.push('[');
            for (idx, item) in list.iter().enumerate() {
                if idx > 0 {
                    text.push(',');
                }
                write(&item, text, context)?;
            }
            text.push(']');
        }
        Value::Map(map) => write_map(map.entries(), text, context)?,
        Value::Optional(Some(value)) => write(value, text, context)?,
        Value::Optional(None) | Value::Type(_) | Value::Opaque(_) | Value::Unknown(_) => {
            let message = format!("cannot convert {} to a JSON value", value.type_of());
            return Err(EvalError::invalid(message));
        }
    }
    Ok(())
}

/// With an exponent where JavaScript writes one: `1e+21`, `1e-7`.
fn double(value: f64) -> String {
    let magnitude = value.abs();
    if value == 0.0 || (1e-6..1e21).contains(&magnitude) {
        return value.to_string();
    }
    let text = format!("{value:e}");
    if magnitude < 1.0 { text } else { text.replace('e', "e+") }
}

fn number(value: impl std::fmt::Display, magnitude: u64, text: &mut String) {
    let quote = if magnitude > EXACT { "\"" } else { "" };
    write!(text, "{quote}{value}{quote}").expect("a string takes any text");
}

fn write_map(
    entries: Vec<(Value<'_>, Value<'_>)>,
    text: &mut String,
    context: &mut Context<'_, '_>,
) -> Result<(), EvalError> {
    let mut entries: Vec<(String, Value<'_>)> = entries
        .into_iter()
        .map(|(key, value)| Ok((key_text(&key)?, value)))
        .collect::<Result<_, EvalError>>()?;
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    text.push('{');
    for (idx, (key, value)) in entries.iter().enumerate() {
        if idx > 0 {
            text.push(',');
        }
        string(key, text);
        text.push(':');
        write(value, text, context)?;
    }
    text.push('}');
    Ok(())
}

fn key_text(key: &Value<'_>) -> Result<String, EvalError> {
    match key {
        Value::String(key) => Ok(key.to_string()),
        _ => Err(EvalError::invalid("only strings can be keys in JSON")),
    }
}

fn string(value: &str, text: &mut String) {
    text.push('"');
    for c in value.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            c if u32::from(c) < 0x20 => {
                write!(text, "\\u{:04x}", u32::from(c)).expect("a string takes any text");
            }
            c => text.push(c),
        }
    }
    text.push('"');
}
