//! The encoders extension: base64 and JSON.

mod json;

use super::{Function, Library, Overload, args};
use crate::{EvalError, Type, Value, library::Context, value::Bytes};

impl Library {
    #[must_use]
    pub fn encoders() -> Self {
        let functions = vec![
            Function::new("base64.decode").overload(Overload::global(
                "base64_decode_string",
                &[Type::String],
                Type::Bytes,
                |_, values| {
                    let bytes = decode(args::text(values, 0)?);
                    let bytes = bytes.ok_or_else(|| EvalError::invalid("illegal base64 data"))?;
                    Ok(Value::Bytes(Bytes::Shared(bytes.into())))
                },
            )),
            Function::new("base64.encode").overload(Overload::global(
                "base64_encode_bytes",
                &[Type::Bytes],
                Type::String,
                |_, values| Ok(encode(args::bytes(values, 0)?).into()),
            )),
            Function::new("json.encode").overload(Overload::global(
                "json_encode_dyn",
                &[Type::Dyn],
                Type::String,
                json_encode,
            )),
        ];
        Self::of("encoders", functions)
    }
}

fn json_encode<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let mut text = String::new();
    json::write(args::any(values, 0)?, &mut text, context)?;
    Ok(text.into())
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Standard base64 with padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |idx: usize| u32::from(chunk.get(idx).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for idx in 0..4 {
            let sextet = (group >> (18 - 6 * idx)) & 63;
            let is_padding = idx > chunk.len();
            text.push(if is_padding { '=' } else { char::from(ALPHABET[sextet as usize]) });
        }
    }
    text
}

/// Standard base64, with or without padding; line breaks do not count, as in Go.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let is_break = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let clean: Vec<u8> = text.bytes().filter(|byte| !is_break(byte)).collect();
    let n_padding = clean.iter().rev().take_while(|byte| **byte == b'=').count();
    let digits = clean.get(..clean.len() - n_padding)?;
    if n_padding > 0 && (n_padding > 2 || !clean.len().is_multiple_of(4)) || digits.len() % 4 == 1 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    for chunk in digits.chunks(4) {
        let mut group = 0_u32;
        for idx in 0..4 {
            let sextet = chunk.get(idx).map_or(Some(0), |digit| sextet(*digit))?;
            group = group << 6 | sextet;
        }
        bytes.extend(group.to_be_bytes().into_iter().skip(1).take(chunk.len() - 1));
    }
    Some(bytes)
}

fn sextet(digit: u8) -> Option<u32> {
    Some(u32::from(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use proptest::{prop_assert_eq, proptest};

    use super::{decode, encode};

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(decode(text).as_deref(), expected.map(str::as_bytes), "{text}");
    }

    #[test]
    fn base64_with_and_without_padding() {
        check("", Some(""));
        check("aGVsbG8=", Some("hello"));
        check("aGVsbG8", Some("hello"));
        check("aGVs\nbG8=", Some("hello"));
        check("aGVsbG8h", Some("hello!"));
        for bad in ["a", "aGVsbG8==", "a=GVsbG8", "====", "aGVsb-8="] {
            check(bad, None);
        }
        assert_eq!(encode(b"hello"), "aGVsbG8=");
    }

    proptest! {
        #[test]
        fn encoded_bytes_decode(bytes: Vec<u8>) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }

        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,20}") {
            decode(&text);
        }
    }
}
