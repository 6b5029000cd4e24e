//! What single characters are to YAML 1.1.

/// What kinds of bytes a document has; plain ones make reading cheaper.
#[derive(Clone, Copy, Debug)]
pub(super) struct Content {
    /// Columns are byte offsets.
    pub(super) is_ascii: bool,
    /// Lines end at LF and nowhere else.
    pub(super) only_lf: bool,
}

/// Looks at all bytes once; gives the place of a character that YAML forbids.
pub(super) fn survey(bytes: &[u8]) -> Result<Content, usize> {
    // Nearly all documents have no odd byte at all, which a loop without branches tells quickly.
    let (mut control, mut high, mut cr) = (0u8, 0u8, false);
    for byte in bytes {
        control |= u8::from(*byte < 0x20) & u8::from(*byte != b'\n') | u8::from(*byte == 0x7F);
        high |= *byte;
    }
    let is_ascii = high < 0x80;
    if control != 0 || !is_ascii {
        cr = bytes.contains(&b'\r');
        check(bytes)?;
    }
    Ok(Content { is_ascii, only_lf: is_ascii && !cr })
}

fn check(bytes: &[u8]) -> Result<(), usize> {
    let mut rest = bytes;
    while let Some(found) = rest.iter().position(|byte| ODD[usize::from(*byte)]) {
        let is_allowed = match &rest[found..] {
            [b'\t' | b'\r', ..] => true,
            [0xC2, next, ..] => *next >= 0xA0 || *next == 0x85,
            [0xEF, 0xBF, next, ..] => !matches!(next, 0xBE | 0xBF),
            [0xEF, ..] => true,
            _ => false,
        };
        if !is_allowed {
            return Err(bytes.len() - rest.len() + found);
        }
        rest = &rest[found + 1..];
    }
    Ok(())
}

/// Bytes that are or may begin a forbidden character.
static ODD: [bool; 256] = {
    let mut odd = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        odd[byte] = byte != b'\n' as usize;
        byte += 1;
    }
    odd[0x7F] = true;
    odd[0xC2] = true;
    odd[0xEF] = true;
    odd
};

/// Bytes at which a scalar may end or change.
pub(super) const BLANK: u8 = 1;
/// LF and CR; the first byte of NEL, LS or PS, which others share, is `MAYBE_BREAK`.
pub(super) const BREAK: u8 = 2;
pub(super) const MAYBE_BREAK: u8 = 4;
pub(super) const COLON: u8 = 8;
/// `,?[]{}`, which end a plain scalar inside of brackets.
pub(super) const FLOW: u8 = 16;
pub(super) const QUOTE: u8 = 32;
pub(super) const BACKSLASH: u8 = 64;
pub(super) const APOSTROPHE: u8 = 128;

pub(super) static CLASS: [u8; 256] = {
    let mut class = [0; 256];
    class[b' ' as usize] = BLANK;
    class[b'\t' as usize] = BLANK;
    class[b'\n' as usize] = BREAK;
    class[b'\r' as usize] = BREAK;
    class[0xC2] = MAYBE_BREAK;
    class[0xE2] = MAYBE_BREAK;
    class[b':' as usize] = COLON;
    class[b',' as usize] = FLOW;
    class[b'?' as usize] = FLOW;
    class[b'[' as usize] = FLOW;
    class[b']' as usize] = FLOW;
    class[b'{' as usize] = FLOW;
    class[b'}' as usize] = FLOW;
    class[b'"' as usize] = QUOTE;
    class[b'\\' as usize] = BACKSLASH;
    class[b'\'' as usize] = APOSTROPHE;
    class
};

/// Length of the line break at the start; 0 if there is none.
pub(super) fn break_len(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] | [0xC2, 0x85, ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
        _ => 0,
    }
}

/// Letters, digits, `_` and `-`: what anchors and tag handles are made of.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

pub(super) fn is_uri(byte: u8) -> bool {
    is_word(byte) || b";/?:@&=+$,.!~*'()[]%".contains(&byte)
}

pub(super) fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}
