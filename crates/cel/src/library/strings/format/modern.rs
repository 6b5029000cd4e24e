//! Values as the versions of `format` from 4 on write them: without quotes, without locale.

use super::{Clause, STRING_CLAUSE, Verb, decimals, not_for, scientific, write_based};
use crate::{
    EvalError, Value,
    library::{Context, duration, number, timestamp},
};

const DEFAULT_PRECISION: usize = 6;

pub(super) fn write(
    clause: Clause,
    value: &Value<'_>,
    context: &mut Context<'_, '_>,
) -> Result<String, EvalError> {
    let precision = clause.precision.unwrap_or(DEFAULT_PRECISION);
    match clause.verb {
        Verb::String => {
            let mut text = String::new();
            write_any(value, &mut text, context)?;
            Ok(text)
        }
        Verb::Decimal => match value {
            Value::Int(value) => Ok(value.to_string()),
            Value::Uint(value) => Ok(value.to_string()),
            Value::Double(value) => Ok(plain(*value)),
            _ => Err(wrong(clause.verb, value)),
        },
        Verb::Fixed | Verb::Scientific => {
            let double = as_double(value).ok_or_else(|| wrong(clause.verb, value))?;
            if let Some(special) = number::special(double, "Infinity") {
                return Ok(special.to_owned());
            }
            Ok(match clause.verb {
                Verb::Fixed => decimals(double, precision),
                _ => scientific(double, precision),
            })
        }
        Verb::Binary | Verb::Hex | Verb::UpperHex | Verb::Octal => {
            write_based(clause, value).map_err(|_wrong_type| wrong(clause.verb, value))
        }
    }
}

fn wrong(verb: Verb, value: &Value<'_>) -> EvalError {
    not_for(needs(verb), &value.type_of())
}

/// What a clause says when it is given something else.
pub(super) fn needs(verb: Verb) -> &'static str {
    match verb {
        Verb::String => STRING_CLAUSE,
        Verb::Decimal => "decimal clause can only be used on ints, uints, and doubles",
        Verb::Fixed => "fixed-point clause can only be used on ints, uints, and doubles",
        Verb::Scientific => "scientific clause can only be used on ints, uints, and doubles",
        Verb::Binary => "only ints, uints, and bools can be formatted as binary",
        Verb::Hex | Verb::UpperHex => {
            "only ints, uints, bytes, and strings can be formatted as hex"
        }
        Verb::Octal => "octal clause can only be used on ints and uints",
    }
}

#[expect(clippy::cast_precision_loss, reason = "the reference prints the rounded number too")]
fn as_double(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Int(value) => Some(*value as f64),
        Value::Uint(value) => Some(*value as f64),
        Value::Double(value) => Some(*value),
        _ => None,
    }
}

fn plain(value: f64) -> String {
    number::special(value, "Infinity").map_or_else(|| value.to_string(), str::to_owned)
}

fn write_any(
    value: &Value<'_>,
    text: &mut String,
    context: &mut Context<'_, '_>,
) -> Result<(), EvalError> {
    context.tick(1)?;
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Int(value) => text.push_str(&value.to_string()),
        Value::Uint(value) => text.push_str(&value.to_string()),
        Value::Double(value) => text.push_str(&plain(*value)),
        Value::String(value) => text.push_str(value),
        Value::Bytes(value) => text.push_str(&String::from_utf8_lossy(value)),
        Value::Duration(value) => text.push_str(&duration::print(*value)),
        Value::Timestamp(value) => text.push_str(&timestamp::print(*value)),
        Value::Type(type_) => text.push_str(&super::type_name(type_)),
        Value::List(list) => {
            text.push('[');
            for (idx, item) in list.iter().enumerate() {
                if idx > 0 {
                    text.push_str(", ");
                }
                write_any(&item, text, context)?;
            }
            text.push(']');
        }
        Value::Map(map) => {
            let mut entries = Vec::new();
            for (key, value) in map.entries() {
                let (mut key_text, mut value_text) = (String::new(), String::new());
                write_any(&key, &mut key_text, context)?;
                write_any(&value, &mut value_text, context)?;
                entries.push((key_text, value_text));
            }
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            let entries: Vec<String> =
                entries.into_iter().map(|(key, value)| format!("{key}: {value}")).collect();
            text.push('{');
            text.push_str(&entries.join(", "));
            text.push('}');
        }
        Value::Optional(_) | Value::Opaque(_) | Value::Unknown(_) => {
            return Err(wrong(Verb::String, value));
        }
    }
    Ok(())
}
