//! Base64 as Kubernetes writes binary data. The standard and the URL alphabet; padding is optional
//! and line breaks are skipped, as people paste them.

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

/// `None` for what is no base64: most texts are none, and nobody asks where.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone);
    const ENGINE: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);
    let digits = text.trim_end().trim_end_matches('=').bytes();
    let standard = |byte: u8| match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => other,
    };
    let digits: Vec<u8> = digits.filter(|byte| !byte.is_ascii_whitespace()).map(standard).collect();
    ENGINE.decode(digits).ok()
}

pub(crate) fn decode_text(text: &str) -> Option<String> {
    let bytes = decode(text)?;
    match String::from_utf8(bytes) {
        Ok(decoded) if !decoded.is_empty() => Some(decoded),
        _ => None,
    }
}

/// Long enough, and of no other characters: a value that is worth decoding.
pub(crate) fn is_likely(text: &str) -> bool {
    let text = text.trim_end();
    text.len() >= 16
        && text.len().is_multiple_of(4)
        && text.trim_end_matches('=').bytes().all(is_digit)
}

fn is_digit(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'/' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes() {
        for (text, expected) in [
            ("", Some("")),
            ("cGFzc3dvcmQ=", Some("password")),
            ("cGFzc3dvcmQ", Some("password")),
            ("cGFz\nc3dv cmQ=\n", Some("password")),
            ("c", None),
            ("cGF*", None),
        ] {
            let decoded = decode(text).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            assert_eq!(decoded.as_deref(), expected, "{text}");
        }
    }
}
