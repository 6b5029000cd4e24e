//! Lines of configuration that give a credential a value: `password = hunter2`, `"token": "…"`.
//!
//! Such files hold code and prose as well, so this asks more of a value than a variable of its own
//! would need.

use std::ops::Range;

use crate::{
    detect::{Detection, password_confidence, token_confidence},
    name::{self, NameClass},
    value,
};
use kordon_model::Confidence;

/// Some part of every name that means a credential.
pub(crate) const WORDS: [&str; 11] =
    ["pass", "pwd", "psw", "pword", "pswrd", "secret", "token", "key", "cred", "jwt", "bearer"];

const MAX_LINE: usize = 4_096;

pub(crate) fn line_around(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let start = memchr_back(bytes, at).map_or(0, |newline| newline + 1);
    let rest = bytes.get(at..).unwrap_or_default();
    let end = rest.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |offset| at + offset);
    start..end
}

fn memchr_back(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(..at)?.iter().rposition(|byte| *byte == b'\n')
}

/// The first assignment of a line.
pub(crate) fn in_line(text: &str, line: Range<usize>) -> Option<Detection> {
    let offset = line.start;
    let line = text.get(line).filter(|line| line.len() <= MAX_LINE)?;
    let trimmed = line.trim_start();
    if ["#", "//", ";", "*", "--"].iter().any(|mark| trimmed.starts_with(mark)) {
        return None;
    }
    let (left, right) = line.split_once(['=', ':'])?;
    let class = name::classify(last_word(left)?)?;
    let value = unquote(right.trim_start_matches(['=', ':', '>']));
    let confidence = confidence(class, value)?;
    let text = value.text();
    let start = offset + (text.as_ptr() as usize - line.as_ptr() as usize);
    Some(Detection::named(class, confidence, start..start + text.len()))
}

/// `export DB_PASSWORD`, `- "password"`: the name, when nothing but marks and one keyword is
/// before it.
fn last_word(left: &str) -> Option<&str> {
    let is_mark = |c: char| matches!(c, '"' | '\'' | '-' | '{' | ',' | ' ' | '\t');
    let left = left.trim_matches(is_mark);
    let mut words = left.split_whitespace();
    let (first, second) = (words.next()?, words.next());
    let name = match second {
        Some(name) if matches!(first, "export" | "set" | "ENV" | "env") => name,
        None => first,
        Some(_) => return None,
    };
    words.next().is_none().then_some(name)
}

/// The right side of an assignment, as written.
#[derive(Clone, Copy)]
enum Value<'a> {
    Quoted(&'a str),
    /// Could be code as well.
    Bare(&'a str),
}

impl<'a> Value<'a> {
    fn text(self) -> &'a str {
        let (Self::Quoted(text) | Self::Bare(text)) = self;
        text
    }
}

/// Without quotes, trailing marks and comments.
fn unquote(right: &str) -> Value<'_> {
    let right = right.trim().trim_end_matches([',', ';']).trim_end();
    for quote in ['"', '\''] {
        if let Some(rest) = right.strip_prefix(quote) {
            return Value::Quoted(rest.split_once(quote).map_or(rest, |(inside, _)| inside));
        }
    }
    Value::Bare(right.split(" #").next().unwrap_or(right).trim_end())
}

fn confidence(class: NameClass, value: Value<'_>) -> Option<Confidence> {
    let text = value.text();
    let is_prose = text.contains(char::is_whitespace);
    if text.len() < 3 || is_prose || value::is_address(text) || is_code(value) {
        return None;
    }
    match class {
        NameClass::Password => password_confidence(text),
        NameClass::Token => token_confidence(text),
        // Settings of programs speak of credentials all the time.
        NameClass::Mention => None,
    }
}

fn is_code(value: Value<'_>) -> bool {
    let Value::Bare(text) = value else { return false };
    text.contains(['(', ')', '<', '>', '|', '`'])
        || text.starts_with(['&', '*', '{', '['])
        || ["['", "[\""].iter().any(|index| text.contains(index))
        || is_field_path(text)
}

/// `config.password`, `self.token`: code.
fn is_field_path(value: &str) -> bool {
    let is_name = |part: &str| {
        part.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    value.contains('.') && value.split('.').all(is_name)
}
