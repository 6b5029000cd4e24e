//! What a string or bytes token stands for: quotes off, line ends normalised, escapes resolved.

use std::borrow::Cow;

/// The value of a string token with its quotes and prefix; the error says what is wrong.
pub(crate) fn string_literal(token: &str) -> Result<String, &'static str> {
    let (body, raw) = unquote(token);
    if raw || !body.contains('\\') {
        return Ok(body.into_owned());
    }
    let mut text = String::with_capacity(body.len());
    let mut rest = &*body;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let (escape, after) = Escape::read(after)?;
        text.push(escape.character()?);
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

/// The value of a bytes token.
pub(crate) fn bytes_literal(token: &str) -> Result<Vec<u8>, &'static str> {
    let (body, raw) = unquote(token.get(1..).unwrap_or_default());
    if raw {
        return Ok(body.into_owned().into_bytes());
    }
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = &*body;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        let (escape, after) = Escape::read(after)?;
        bytes.push(escape.byte()?);
        rest = after;
    }
    bytes.extend_from_slice(rest.as_bytes());
    Ok(bytes)
}

/// The text between the quotes, and whether it is raw.
fn unquote(token: &str) -> (Cow<'_, str>, bool) {
    let (token, raw) = match token.strip_prefix(['r', 'R']) {
        Some(token) => (token, true),
        None => (token, false),
    };
    let n_quotes = if token.starts_with("'''") || token.starts_with("\"\"\"") { 3 } else { 1 };
    let end = token.len().saturating_sub(n_quotes);
    let body = token.get(n_quotes..end).unwrap_or_default();
    if body.contains('\r') {
        (Cow::Owned(body.replace("\r\n", "\n").replace('\r', "\n")), raw)
    } else {
        (Cow::Borrowed(body), raw)
    }
}

enum Escape {
    Plain(u8),
    /// `\x41` and `\101`: a code point in a string, a byte in bytes.
    Numeric(u8),
    /// `\u0041` and `\U00000041`: strings only.
    Unicode(u32),
}

impl Escape {
    /// Reads what follows a backslash; gives the rest of the text.
    fn read(text: &str) -> Result<(Self, &str), &'static str> {
        let first = text.bytes().next().ok_or("a backslash at the end of the string")?;
        let plain = match first {
            b'a' => 0x07,
            b'b' => 0x08,
            b'f' => 0x0C,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 0x0B,
            b'\\' | b'\'' | b'"' | b'`' | b'?' => first,
            b'x' | b'X' => {
                let (value, rest) = digits(text, 1..3, 16)?;
                return Ok((Self::Numeric(low_byte(value)), rest));
            }
            b'u' => {
                return digits(text, 1..5, 16).map(|(value, rest)| (Self::Unicode(value), rest));
            }
            b'U' => {
                return digits(text, 1..9, 16).map(|(value, rest)| (Self::Unicode(value), rest));
            }
            b'0'..=b'3' => {
                let (value, rest) = digits(text, 0..3, 8)?;
                return Ok((Self::Numeric(low_byte(value)), rest));
            }
            _ => return Err("unknown escape sequence"),
        };
        Ok((Self::Plain(plain), text.get(1..).unwrap_or_default()))
    }

    fn character(&self) -> Result<char, &'static str> {
        match *self {
            Self::Plain(byte) | Self::Numeric(byte) => Ok(char::from(byte)),
            Self::Unicode(value) => char::from_u32(value).ok_or("no such Unicode code point"),
        }
    }

    fn byte(&self) -> Result<u8, &'static str> {
        match *self {
            Self::Plain(byte) | Self::Numeric(byte) => Ok(byte),
            Self::Unicode(_) => Err("bytes have no Unicode escapes"),
        }
    }
}

fn digits(
    text: &str,
    range: std::ops::Range<usize>,
    radix: u32,
) -> Result<(u32, &str), &'static str> {
    const BROKEN: &str = "an escape sequence lacks digits";
    let end = range.end;
    let digits = text.get(range).ok_or(BROKEN)?;
    if !digits.chars().all(|digit| digit.is_digit(radix)) {
        return Err(BROKEN);
    }
    let Ok(value) = u32::from_str_radix(digits, radix) else { return Err(BROKEN) };
    Ok((value, text.get(end..).unwrap_or_default()))
}

fn low_byte(value: u32) -> u8 {
    u8::try_from(value).expect("two hexadecimal or three octal digits up to 377")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(token: &str, expected: Result<&str, &'static str>) {
        assert_eq!(string_literal(token).as_deref().map_err(|error| *error), expected, "{token}");
    }

    #[test]
    fn strings() {
        check("'a'", Ok("a"));
        check("'''a'b'''", Ok("a'b"));
        check(r"r'\n'", Ok(r"\n"));
        check(r"'\n\x41\101\u00e9\U0001F600\?\`'", Ok("\nAAé😀?`"));
        check("'''a\r\nb\rc'''", Ok("a\nb\nc"));
        check(r"'\ud800'", Err("no such Unicode code point"));
        check(r"'\u12'", Err("an escape sequence lacks digits"));
        check(r"'\x+1'", Err("an escape sequence lacks digits"));
        check(r"'\777'", Err("unknown escape sequence"));
        check(r"'\q'", Err("unknown escape sequence"));
        check(r"'\xff'", Ok("ÿ"));
    }

    #[test]
    fn bytes() {
        assert_eq!(bytes_literal(r"b'\xff\377é'"), Ok(vec![0xFF, 0xFF, 0xC3, 0xA9]));
        assert_eq!(bytes_literal(r"bR'\xff'"), Ok(br"\xff".to_vec()));
        assert_eq!(bytes_literal(r"b'\u00e9'"), Err("bytes have no Unicode escapes"));
    }
}
