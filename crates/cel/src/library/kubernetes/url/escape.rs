//! Percent-escapes in the parts of a URL.

use super::super::super::strings::go_quoted;

/// Where in a URL a text stands; each part may have other characters as they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Path,
    User,
    Host,
    /// Of an IPv6 address, behind `%25`.
    Zone,
    Query,
    Fragment,
}

fn stands_as_it_is(byte: u8, part: Part) -> bool {
    let others: &[u8] = match part {
        Part::Path => b"$&+,-./:;=@_~",
        Part::User => b"$&+,-.;=_~",
        Part::Host | Part::Zone => b"!\"$&'()*+,-.:;<=>[]_~",
        Part::Query => b"-._~",
        Part::Fragment => b"!$&()*+,-./:;=?@_~",
    };
    byte.is_ascii_alphanumeric() || others.contains(&byte)
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// The bytes that a part stands for; the error is what could not be read.
pub(super) fn unescape(text: &str, part: Part) -> Result<Vec<u8>, String> {
    let mut decoded = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut idx = 0;
    while let Some(byte) = bytes.get(idx).copied() {
        match byte {
            b'%' => {
                decoded.push(escaped_byte(bytes, idx, part)?);
                idx += 3;
                continue;
            }
            b'+' if part == Part::Query => decoded.push(b' '),
            _ if matches!(part, Part::Host | Part::Zone)
                && byte.is_ascii()
                && !stands_as_it_is(byte, part) =>
            {
                return Err(format!(
                    "invalid character {} in host name",
                    go_quoted(&text_of(&[byte]))
                ));
            }
            _ => decoded.push(byte),
        }
        idx += 1;
    }
    Ok(decoded)
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn escaped_byte(bytes: &[u8], idx: usize, part: Part) -> Result<u8, String> {
    let escape = &bytes[idx..bytes.len().min(idx + 3)];
    let invalid = || format!("invalid URL escape {}", go_quoted(&text_of(escape)));
    let digit = |at: usize| escape.get(at).copied().and_then(hex_digit).ok_or_else(invalid);
    let (high, low) = (digit(1)?, digit(2)?);
    let byte = high << 4 | low;
    let is_percent = escape == b"%25";
    let refused = match part {
        // A host escapes what is not ASCII, nothing else.
        Part::Host => high < 8 && !is_percent,
        Part::Zone => !is_percent && byte != b' ' && !stands_as_it_is(byte, Part::Host),
        Part::Path | Part::User | Part::Query | Part::Fragment => false,
    };
    if refused { Err(invalid()) } else { Ok(byte) }
}

pub(super) fn escape(bytes: &[u8], part: Part) -> String {
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        if stands_as_it_is(*byte, part) {
            text.push(char::from(*byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// Whether a written form may stay as it is.
pub(super) fn is_valid(text: &str, part: Part) -> bool {
    text.bytes().all(|byte| b"!$&'()*+,;=:@[]%".contains(&byte) || stands_as_it_is(byte, part))
}
