//! A node as JSON text: what the API server would be sent.

use std::fmt::{self, Write as _};

use super::{Kind, NodeRef};

impl fmt::Display for NodeRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            Kind::Null => f.write_str("null"),
            Kind::Bool(value) => write!(f, "{value}"),
            Kind::Int(value) => write!(f, "{value}"),
            Kind::Float(value) => write!(f, "{value:?}"),
            Kind::String => string(f, self.as_str().unwrap_or("")),
            Kind::List => {
                f.write_char('[')?;
                for (idx, item) in self.items().enumerate() {
                    separator(f, idx)?;
                    write!(f, "{item}")?;
                }
                f.write_char(']')
            }
            Kind::Map => {
                f.write_char('{')?;
                for (idx, (key, value)) in self.entries().enumerate() {
                    separator(f, idx)?;
                    write!(f, "{key}:{value}")?;
                }
                f.write_char('}')
            }
        }
    }
}

fn separator(f: &mut fmt::Formatter<'_>, idx: usize) -> fmt::Result {
    if idx > 0 { f.write_char(',') } else { Ok(()) }
}

fn string(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for character in text.chars() {
        match character {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            control if u32::from(control) < 0x20 => write!(f, "\\u{:04x}", u32::from(control))?,
            other => f.write_char(other)?,
        }
    }
    f.write_char('"')
}
