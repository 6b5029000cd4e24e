//! Base64 as Kubernetes writes binary data. The standard and the URL alphabet; padding is optional
//! and line breaks are skipped, as people paste them.

/// `None` for what is no base64.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut n_bits) = (0_u32, 0_u32);
    let mut rest = text.trim_end().trim_end_matches('=').bytes();
    for byte in rest.by_ref() {
        if byte.is_ascii_whitespace() {
            continue;
        }
        bits = (bits << 6) | u32::from(sextet(byte)?);
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            bytes.push((bits >> n_bits).to_le_bytes()[0]);
        }
    }
    // One left-over character cannot stand for a byte.
    (n_bits < 6).then_some(bytes)
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
        && text.trim_end_matches('=').bytes().all(|byte| sextet(byte).is_some())
}

fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
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
