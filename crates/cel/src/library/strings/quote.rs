//! Text in quotes: as `strings.quote` does for CEL, and as Go's `%q` does inside of `format`.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Type,
    library::{Function, Overload, args},
};

pub(super) fn function() -> Function {
    Function::new("strings.quote").overload(Overload::global(
        "strings_quote",
        &[Type::String],
        Type::String,
        |_, values| Ok(quoted(args::text(values, 0)?).into()),
    ))
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match escape(c) {
            Some(escape) => quoted.push_str(escape),
            None => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn escape(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{7}' => "\\a",
        '\u{8}' => "\\b",
        '\u{c}' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\u{b}' => "\\v",
        '\\' => "\\\\",
        '"' => "\\\"",
        _ => return None,
    })
}

/// What Go prints as it is: letters, marks, numbers, punctuation, symbols and the space.
static PRINTABLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$").expect("the pattern is a constant")
});

pub(crate) fn go_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        let mut buffer = [0; 4];
        match (escape(c), u32::from(c)) {
            (Some(escape), _) => quoted.push_str(escape),
            (None, 0x20..=0x7e) => quoted.push(c),
            (None, code @ (0..=0x1f | 0x7f)) => quoted.push_str(&format!("\\x{code:02x}")),
            _ if PRINTABLE.is_match(c.encode_utf8(&mut buffer)) => quoted.push(c),
            (None, code @ 0..=0xffff) => quoted.push_str(&format!("\\u{code:04x}")),
            (None, code) => quoted.push_str(&format!("\\U{code:08x}")),
        }
    }
    quoted.push('"');
    quoted
}
