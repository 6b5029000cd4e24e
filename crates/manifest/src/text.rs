//! Bytes of a file as text, in the encodings that the API server's reader takes.

use std::ops::Range;

/// The decoded text, without a byte order mark.
pub(crate) struct Text {
    pub(crate) text: String,
    /// The file said by a byte order mark what it is, so it is YAML: JSON has none.
    pub(crate) marked: bool,
    /// Where in `text` replacement characters stand for bytes that were no text, in order.
    pub(crate) invalid: Vec<u32>,
}

/// Never fails: what is no text becomes U+FFFD, and the place of it is kept.
pub(crate) fn decode(bytes: Vec<u8>) -> Text {
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => Text { marked: true, ..utf8(rest.to_vec()) },
        _ => utf8(bytes),
    }
}

fn utf8(bytes: Vec<u8>) -> Text {
    match String::from_utf8(bytes) {
        Ok(text) => Text { text, marked: false, invalid: Vec::new() },
        Err(error) => {
            let (mut text, mut invalid) = (String::new(), Vec::new());
            push_lossy(&mut text, error.as_bytes(), |at| invalid.push(narrow(at.start)));
            Text { text, marked: false, invalid }
        }
    }
}

/// Appends bytes as text; each byte that belongs to no character becomes one U+FFFD, as in Go.
pub(crate) fn push_lossy(text: &mut String, bytes: &[u8], mut invalid: impl FnMut(Range<usize>)) {
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for _ in chunk.invalid() {
            let start = text.len();
            text.push(char::REPLACEMENT_CHARACTER);
            invalid(start..text.len());
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Text {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let (mut text, mut invalid) = (String::with_capacity(bytes.len() / 2), Vec::new());
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        text.push(decoded.unwrap_or_else(|_| {
            invalid.push(narrow(text.len()));
            char::REPLACEMENT_CHARACTER
        }));
    }
    if !rest.is_empty() {
        invalid.push(narrow(text.len()));
        text.push(char::REPLACEMENT_CHARACTER);
    }
    Text { text, marked: true, invalid }
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).expect("the size limit keeps a file below 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let check = |bytes: &[u8], text: &str, invalid: &[u32]| {
            let read = decode(bytes.to_vec());
            assert_eq!((read.text.as_str(), read.invalid.as_slice()), (text, invalid));
        };
        check(b"a: 1", "a: 1", &[]);
        check(b"\xEF\xBB\xBFa", "a", &[]);
        check(b"\xFF\xFEa\0\xE9\0", "aé", &[]);
        check(b"\xFE\xFF\0a\xD8\x3D\xDE\x00", "a\u{1F600}", &[]);
        check(b"\xFE\xFF\xDE\x00\0a\0", "\u{FFFD}a\u{FFFD}", &[0, 4]);
        check(b"a\xE2\x82b\xFF", "a\u{FFFD}\u{FFFD}b\u{FFFD}", &[1, 4, 8]);
    }
}
