//! Values as the versions 1 to 3 of `format` write them, which the API server has: numbers as the
//! American locale does, texts inside of lists and maps quoted.

use super::{
    super::go_quoted, Clause, STRING_CLAUSE, Verb, decimals, not_for, scientific, write_based,
};
use crate::{
    EvalError, Type, Value,
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
        Verb::String => write_string(value, context),
        Verb::Decimal => match value {
            Value::Int(value) => Ok(value.to_string()),
            Value::Uint(value) => Ok(value.to_string()),
            _ => Err(wrong(clause.verb, value)),
        },
        Verb::Fixed => {
            let double = double(value).ok_or_else(|| wrong(clause.verb, value))?;
            Ok(special(double).map_or_else(|| grouped(double, precision), str::to_owned))
        }
        Verb::Scientific => {
            let double = double(value).ok_or_else(|| wrong(clause.verb, value))?;
            let text = special(double).map_or_else(|| powers_of_ten(double), str::to_owned);
            // The precision became a width in the reference, and stayed it.
            Ok(padded(&text, precision))
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
        Verb::Decimal => "decimal clause can only be used on integers",
        Verb::Fixed => "fixed-point clause can only be used on doubles",
        Verb::Scientific => "scientific clause can only be used on doubles",
        Verb::Binary => "only integers and bools can be formatted as binary",
        Verb::Hex | Verb::UpperHex => {
            "only integers, byte buffers, and strings can be formatted as hex"
        }
        Verb::Octal => "octal clause can only be used on integers",
    }
}

/// A double, or the text that stands for what is no finite number.
fn double(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Double(value) => Some(*value),
        Value::String(text) => match &**text {
            "NaN" => Some(f64::NAN),
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            _ => None,
        },
        _ => None,
    }
}

fn special(value: f64) -> Option<&'static str> {
    match number::special(value, "Infinity")? {
        "Infinity" => Some("∞"),
        "-Infinity" => Some("-∞"),
        not_a_number => Some(not_a_number),
    }
}

/// `-1,234.568`; zero has no sign.
fn grouped(value: f64, precision: usize) -> String {
    let value = if value == 0.0 { 0.0 } else { value };
    let text = decimals(value, precision);
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let mut grouped = sign.to_owned();
    for (idx, digit) in whole.chars().enumerate() {
        if idx > 0 && (whole.len() - idx).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

/// `1.500000×10⁻⁰³`
fn powers_of_ten(value: f64) -> String {
    let value = if value == 0.0 { 0.0 } else { value };
    let text = scientific(value, DEFAULT_PRECISION);
    let (mantissa, exponent) = text.split_once('e').expect("scientific notation has an e");
    let raised = exponent.chars().map(|c| match c {
        '-' => "⁻",
        '0' => "⁰",
        '1' => "¹",
        '2' => "²",
        '3' => "³",
        '4' => "⁴",
        '5' => "⁵",
        '6' => "⁶",
        '7' => "⁷",
        '8' => "⁸",
        '9' => "⁹",
        _ => "",
    });
    format!("{mantissa}×10{}", raised.collect::<String>())
}

fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.chars().count());
    let mut padded = " ".repeat(missing);
    padded.push_str(text);
    padded
}

/// A value outside of lists and maps.
fn write_string(value: &Value<'_>, context: &mut Context<'_, '_>) -> Result<String, EvalError> {
    Ok(match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Uint(value) => value.to_string(),
        Value::Double(value) => number::print_double(*value),
        Value::String(value) => value.to_string(),
        Value::Bytes(value) => utf8(value)?.to_owned(),
        Value::Duration(value) => duration::print(*value),
        Value::Timestamp(value) => timestamp::print(*value),
        Value::Type(type_) => super::type_name(type_),
        Value::List(_) | Value::Map(_) => write_inner(value, context)?,
        Value::Optional(_) | Value::Opaque(_) | Value::Unknown(_) => {
            return Err(wrong(Verb::String, value));
        }
    })
}

fn utf8(bytes: &[u8]) -> Result<&str, EvalError> {
    std::str::from_utf8(bytes).map_err(|_not_utf8| {
        EvalError::invalid("could not convert argument to string: invalid UTF-8 in bytes")
    })
}

/// A value inside of a list or map: as a literal.
fn write_inner(value: &Value<'_>, context: &mut Context<'_, '_>) -> Result<String, EvalError> {
    context.tick(1)?;
    Ok(match value {
        Value::String(value) => go_quoted(value),
        Value::Bytes(value) => format!("b{}", go_quoted(utf8(value)?)),
        Value::Double(value) => match number::special(*value, "+Inf") {
            Some(special) => format!("\"{special}\""),
            None => decimals(*value, DEFAULT_PRECISION),
        },
        Value::Duration(value) => format!("duration(\"{}\")", duration::print(*value)),
        Value::Timestamp(value) => format!("timestamp(\"{}\")", timestamp::print(*value)),
        Value::List(list) => {
            let items: Result<Vec<String>, EvalError> =
                list.iter().map(|item| write_inner(&item, context)).collect();
            format!("[{}]", items?.join(", "))
        }
        Value::Map(map) => {
            let mut entries = Vec::new();
            for (key, value) in map.entries() {
                entries.push((write_key(&key)?, write_inner(&value, context)?));
            }
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            let entries: Vec<String> =
                entries.into_iter().map(|(key, value)| format!("{key}:{value}")).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Uint(_) | Value::Type(_) => {
            write_string(value, context)?
        }
        Value::Optional(_) | Value::Opaque(_) | Value::Unknown(_) => {
            return Err(no_clause("", &value.type_of()));
        }
    })
}

fn write_key(key: &Value<'_>) -> Result<String, EvalError> {
    match key {
        Value::String(key) => Ok(go_quoted(key)),
        Value::Bool(key) => Ok(key.to_string()),
        Value::Int(key) => Ok(key.to_string()),
        Value::Uint(key) => Ok(key.to_string()),
        _ => Err(no_clause("map key of type ", &key.type_of())),
    }
}

fn no_clause(what: &str, type_: &Type) -> EvalError {
    EvalError::invalid(format!("no formatting function for {what}{}", super::type_name(type_)))
}
