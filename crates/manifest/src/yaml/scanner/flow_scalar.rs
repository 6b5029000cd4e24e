//! Scalars in quotes. Without escapes and on one line, they stand verbatim in the source.

use super::{Kind, Scanner, Token, plain_scalar::Fold};
use crate::{
    assembly::{Failure, narrow},
    yaml::chars::{APOSTROPHE, BACKSLASH, BLANK, BREAK, CLASS, MAYBE_BREAK, QUOTE},
};

impl Scanner<'_> {
    /// At the opening quote.
    pub(super) fn scan_flow_scalar(&mut self) -> Result<Token, Failure> {
        let start = self.at;
        let is_single = self.byte() == b'\'';
        let stop = MAYBE_BREAK | BREAK | if is_single { APOSTROPHE } else { QUOTE | BACKSLASH };
        self.at += 1;
        let inner = self.at;
        while self.bytes.get(self.at).is_some_and(|byte| CLASS[usize::from(*byte)] & stop == 0) {
            self.at += 1;
        }
        let is_end = if is_single {
            self.byte() == b'\'' && self.byte_at(1) != b'\''
        } else {
            self.byte() == b'"'
        };
        if is_end {
            let text_end = self.at;
            self.at += 1;
            let mut token = Token::new(Kind::Scalar, narrow(start), narrow(self.at));
            (token.text_start, token.text_end) = (narrow(inner), narrow(text_end));
            return Ok(token);
        }
        self.at = inner;
        self.scan_decoded(start, is_single)
    }

    fn scan_decoded(&mut self, start: usize, is_single: bool) -> Result<Token, Failure> {
        let decoded_start = self.decoded.len();
        let mut fold = Fold::default();
        loop {
            if self.is_document_indicator() {
                return self.fail_at(narrow(start), "found unexpected document indicator");
            }
            if self.is_end() {
                return self.fail_at(narrow(start), "found unexpected end of stream");
            }
            // An escaped break joins the lines without a space: the first real break after it
            // counts as a later one.
            let joins = self.take_text(is_single)?;
            if self.byte() == if is_single { b'\'' } else { b'"' } {
                break;
            }
            let white = self.at;
            fold.has_break = joins;
            self.skip_white(&mut fold, |_| Ok(()))?;
            if fold.has_break {
                self.push_fold(&mut fold);
            } else {
                self.take(white, self.at);
            }
        }
        self.at += 1;
        let mut token = Token::new(Kind::Scalar, narrow(start), narrow(self.at));
        self.set_decoded(&mut token, decoded_start);
        Ok(token)
    }

    /// Text up to a blank, a break or the closing quote, with its escapes decoded. Gives whether it
    /// ended with an escaped break.
    fn take_text(&mut self, is_single: bool) -> Result<bool, Failure> {
        let quote = if is_single { APOSTROPHE } else { QUOTE | BACKSLASH };
        let stop = BLANK | BREAK | MAYBE_BREAK | quote;
        loop {
            let from = self.at;
            while self.bytes.get(self.at).is_some_and(|byte| CLASS[usize::from(*byte)] & stop == 0)
            {
                self.at += 1;
            }
            self.take(from, self.at);
            match self.byte() {
                b'\'' if is_single && self.byte_at(1) == b'\'' => {
                    self.decoded.push('\'');
                    self.at += 2;
                }
                b'\\' if !is_single => {
                    self.at += 1;
                    let len = self.break_len();
                    if len > 0 {
                        self.skip_break(len);
                        return Ok(true);
                    }
                    self.take_escape()?;
                }
                0xC2 | 0xE2 if self.break_len() == 0 => {
                    let from = self.at;
                    self.at += if self.byte() == 0xC2 { 2 } else { 3 };
                    self.take(from, self.at);
                }
                _ => return Ok(false),
            }
        }
    }

    /// Behind the backslash.
    fn take_escape(&mut self) -> Result<(), Failure> {
        let n_digits = match self.byte() {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            byte => {
                let Some(decoded) = escaped(byte) else {
                    return self.fail("found unknown escape character");
                };
                self.decoded.push(decoded);
                self.at += 1;
                return Ok(());
            }
        };
        self.at += 1;
        let mut code = 0u32;
        for _ in 0..n_digits {
            let Some(digit) = char::from(self.byte()).to_digit(16) else {
                return self.fail("did not find expected hexdecimal number");
            };
            // More than 32 bits cannot come of eight digits.
            code = code << 4 | digit;
            self.at += 1;
        }
        let Some(decoded) = char::from_u32(code) else {
            return self.fail("found invalid Unicode character escape code");
        };
        self.decoded.push(decoded);
        Ok(())
    }
}

fn escaped(byte: u8) -> Option<char> {
    Some(match byte {
        b'0' => '\0',
        b'a' => '\u{7}',
        b'b' => '\u{8}',
        b't' | b'\t' => '\t',
        b'n' => '\n',
        b'v' => '\u{B}',
        b'f' => '\u{C}',
        b'r' => '\r',
        b'e' => '\u{1B}',
        b' ' | b'"' | b'\'' | b'\\' => char::from(byte),
        b'N' => '\u{85}',
        b'_' => '\u{A0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        _ => return None,
    })
}
