//! Strings: nearly all stand verbatim in the source.

use kordon_base::Span;
use kordon_model::NodeId;

use super::Parser;
use crate::assembly::{Failure, narrow, print};

impl Parser<'_> {
    /// The string whose quote is at hand, and its print.
    pub(super) fn string(&mut self) -> Result<(NodeId, u64), Failure> {
        let start = self.at;
        let inner = start + 1;
        self.at = plain_end(self.bytes, inner);
        if self.peek() != b'"' {
            return self.escaped(start);
        }
        let text = &self.bytes[inner..self.at];
        self.at += 1;
        let span = Span { start: narrow(start), end: narrow(self.at) };
        let inside = Span { start: span.start + 1, end: span.end - 1 };
        Ok((self.assembly.builder.text(span, inside), print(text)))
    }

    /// The same from the first byte on that is no plain text.
    fn escaped(&mut self, start: usize) -> Result<(NodeId, u64), Failure> {
        self.scratch.clear();
        let mut from = start + 1;
        loop {
            let plain = str::from_utf8(&self.bytes[from..self.at]).expect("cut at ASCII bytes");
            self.scratch.push_str(plain);
            match self.peek() {
                b'"' => break,
                b'\\' => self.escape()?,
                _ => return Err(self.unexpected("in string literal")),
            }
            from = self.at;
            self.at = plain_end(self.bytes, from);
        }
        self.at += 1;
        let span = Span { start: narrow(start), end: narrow(self.at) };
        let node = self.assembly.builder.decoded(span, &self.scratch);
        Ok((node, print(self.scratch.as_bytes())))
    }

    fn escape(&mut self) -> Result<(), Failure> {
        self.at += 1;
        let decoded = match self.peek() {
            byte @ (b'"' | b'\\' | b'/') => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                let decoded = self.unicode()?;
                self.scratch.push(decoded);
                return Ok(());
            }
            _ => return Err(self.unexpected("in string escape code")),
        };
        self.at += 1;
        self.scratch.push(decoded);
        Ok(())
    }

    /// The character of `\u` and four digits, and of a second escape if the two are a surrogate
    /// pair; U+FFFD for half a pair.
    fn unicode(&mut self) -> Result<char, Failure> {
        let unit = self.hex4()?;
        if let Some(decoded) = char::from_u32(unit) {
            return Ok(decoded);
        }
        let is_high = unit & 0xFC00 == 0xD800;
        if is_high && self.bytes[self.at..].starts_with(b"\\u") {
            let back = self.at;
            self.at += 2;
            let low = self.hex4()?;
            if low & 0xFC00 == 0xDC00 {
                let pair = 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF);
                return Ok(char::from_u32(pair).expect("a surrogate pair is a character"));
            }
            self.at = back;
        }
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn hex4(&mut self) -> Result<u32, Failure> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = char::from(self.peek()).to_digit(16);
            let Some(digit) = digit else {
                return Err(self.unexpected("in \\u hexadecimal character escape"));
            };
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Ok(unit)
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Where the first quote, backslash or control character stands, eight bytes at a time.
#[inline]
pub(super) fn plain_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let quote = word ^ (ONES * u64::from(b'"'));
        let backslash = word ^ (ONES * u64::from(b'\\'));
        let found = (quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash)
            | (word.wrapping_sub(ONES * 0x20) & !word);
        let found = found & HIGH;
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let is_end = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    bytes[at..].iter().position(is_end).map_or(bytes.len(), |n| at + n)
}
