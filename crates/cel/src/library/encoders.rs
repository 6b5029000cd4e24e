//! The encoders extension: base64 and JSON.

mod json;

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
    prelude::BASE64_STANDARD as STANDARD,
};

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

/// Standard base64 with padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

const fn lenient(padding: DecodePaddingMode) -> GeneralPurpose {
    // Go does not look at bits beyond the last byte either.
    let config = GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(&alphabet::STANDARD, config.with_decode_padding_mode(padding))
}

const PADDED: GeneralPurpose = lenient(DecodePaddingMode::RequireCanonical);
const BARE: GeneralPurpose = lenient(DecodePaddingMode::RequireNone);

/// Standard base64, with or without padding; line breaks do not count, as in Go. `None` for what is
/// none: nobody asks where.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let is_break = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let digits: Vec<u8> = text.bytes().filter(|byte| !is_break(byte)).collect();
    let engine = if digits.ends_with(b"=") { PADDED } else { BARE };
    engine.decode(&digits).ok()
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
