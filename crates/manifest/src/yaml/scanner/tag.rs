//! Anchors, aliases and tags.

use super::{Kind, Scanner, Token};
use crate::{
    assembly::{Failure, narrow},
    yaml::chars::{is_uri, is_word},
};

impl Scanner<'_> {
    /// At `&` or `*`.
    pub(super) fn scan_anchor(&mut self, kind: Kind) -> Result<Token, Failure> {
        let start = self.at;
        self.at += 1;
        while is_word(self.byte()) {
            self.at += 1;
        }
        let is_named = self.at > start + 1;
        let ends = self.is_blankz_at(0) || b"?:,]}%@`".contains(&self.byte());
        if !is_named || !ends {
            return self.fail("did not find expected alphabetic or numeric character");
        }
        let mut token = Token::new(kind, narrow(start), narrow(self.at));
        (token.text_start, token.text_end) = (token.start + 1, token.end);
        Ok(token)
    }

    /// At `!`.
    pub(super) fn scan_tag(&mut self) -> Result<Token, Failure> {
        let start = narrow(self.at);
        let (mut handle, mut suffix);
        if self.byte_at(1) == b'<' {
            self.at += 2;
            handle = Vec::new();
            suffix = self.scan_tag_uri(&[])?;
            if self.byte() != b'>' {
                return self.fail("did not find the expected '>'");
            }
            self.at += 1;
        } else {
            handle = self.scan_tag_handle()?;
            if handle.len() > 1 && handle.ends_with(b"!") {
                suffix = self.scan_tag_uri(&[])?;
            } else {
                // It was no handle, but the start of the suffix.
                suffix = self.scan_tag_uri(&handle)?;
                handle = b"!".to_vec();
                if suffix.is_empty() {
                    (handle, suffix) = (suffix, handle);
                }
            }
        }
        if !self.is_blankz_at(0) {
            return self.fail("did not find expected whitespace or line break");
        }
        Ok(self.tag_token(Kind::Tag, start, (handle, suffix)))
    }

    pub(super) fn tag_token(&mut self, kind: Kind, start: u32, tag: (Vec<u8>, Vec<u8>)) -> Token {
        let mut token = Token::new(kind, start, narrow(self.at));
        token.text_start = narrow(self.tags.len());
        self.tags.push(tag);
        token
    }

    /// `!`, `!word` or `!word!`.
    pub(super) fn scan_tag_handle(&mut self) -> Result<Vec<u8>, Failure> {
        if self.byte() != b'!' {
            return self.fail("did not find expected '!'");
        }
        let start = self.at;
        self.at += 1;
        while is_word(self.byte()) {
            self.at += 1;
        }
        if self.byte() == b'!' {
            self.at += 1;
        }
        Ok(self.bytes[start..self.at].to_vec())
    }

    /// `head` is a handle that turned out to be part of the URI.
    pub(super) fn scan_tag_uri(&mut self, head: &[u8]) -> Result<Vec<u8>, Failure> {
        let mut uri = head.get(1..).unwrap_or(&[]).to_vec();
        let mut has_tag = !head.is_empty();
        while is_uri(self.byte()) {
            if self.byte() == b'%' {
                self.scan_uri_escapes(&mut uri)?;
            } else {
                uri.push(self.byte());
                self.at += 1;
            }
            has_tag = true;
        }
        if !has_tag {
            return self.fail("did not find expected tag URI");
        }
        Ok(uri)
    }

    /// The escaped bytes of one character.
    fn scan_uri_escapes(&mut self, uri: &mut Vec<u8>) -> Result<(), Failure> {
        let mut n_left = 1;
        let mut is_first = true;
        while n_left > 0 {
            let digit = |n| char::from(self.byte_at(n)).to_digit(16);
            let (b'%', Some(high), Some(low)) = (self.byte(), digit(1), digit(2)) else {
                return self.fail("did not find URI escaped octet");
            };
            let octet = u8::try_from(high * 16 + low).expect("two digits are a byte");
            if is_first {
                n_left = match octet {
                    0..0x80 => 1,
                    0xC0..0xE0 => 2,
                    0xE0..0xF0 => 3,
                    0xF0..0xF8 => 4,
                    _ => return self.fail("found an incorrect leading UTF-8 octet"),
                };
                is_first = false;
            } else if octet & 0xC0 != 0x80 {
                return self.fail("found an incorrect trailing UTF-8 octet");
            }
            uri.push(octet);
            self.at += 3;
            n_left -= 1;
        }
        Ok(())
    }
}
