//! Literals as they are written in an expression.

use std::fmt;

use crate::Value;

pub(super) fn write(f: &mut fmt::Formatter<'_>, value: &Value<'_>) -> fmt::Result {
    match value {
        Value::Null => f.write_str("null"),
        Value::Bool(value) => write!(f, "{value}"),
        Value::Int(value) => write!(f, "{value}"),
        Value::Uint(value) => write!(f, "{value}u"),
        Value::Double(value) => write!(f, "{value:?}"),
        Value::String(text) => {
            f.write_str("'")?;
            text.chars().try_for_each(|character| write_character(f, character))?;
            f.write_str("'")
        }
        Value::Bytes(bytes) => {
            f.write_str("b'")?;
            bytes.iter().try_for_each(|byte| write_byte(f, *byte))?;
            f.write_str("'")
        }
        other => write!(f, "{other:?}"),
    }
}

fn write_character(f: &mut fmt::Formatter<'_>, character: char) -> fmt::Result {
    match character {
        '\'' | '\\' => write!(f, "\\{character}"),
        '\n' => f.write_str("\\n"),
        '\r' => f.write_str("\\r"),
        '\t' => f.write_str("\\t"),
        _ if character.is_control() => write!(f, "\\u{:04x}", u32::from(character)),
        _ => write!(f, "{character}"),
    }
}

fn write_byte(f: &mut fmt::Formatter<'_>, byte: u8) -> fmt::Result {
    match byte {
        b'\'' | b'\\' => write!(f, "\\{}", char::from(byte)),
        b' '..=b'~' => write!(f, "{}", char::from(byte)),
        _ => write!(f, "\\x{byte:02x}"),
    }
}
