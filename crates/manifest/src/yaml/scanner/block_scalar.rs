//! Literal and folded scalars.

use super::{Kind, Scanner, Token};
use crate::assembly::{Failure, narrow};

/// What becomes of the breaks at the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    Strip,
    Clip,
    Keep,
}

/// What was read between two lines with content.
struct Breaks {
    /// Of the last line with content.
    first: &'static str,
    /// Of the empty lines after it.
    later: String,
    end: u32,
}

impl Scanner<'_> {
    /// At `|` or `>`.
    pub(super) fn scan_block_scalar(&mut self) -> Result<Token, Failure> {
        let start = narrow(self.at);
        let is_literal = self.byte() == b'|';
        self.at += 1;
        let (chomping, increment) = self.scan_block_header()?;
        let mut indent = match increment {
            0 => 0,
            _ => self.indent.max(0) + increment,
        };
        let decoded_start = self.decoded.len();
        let mut breaks = Breaks { first: "", later: String::new(), end: narrow(self.at) };
        self.scan_block_breaks(&mut indent, start, &mut breaks)?;
        let mut was_blank = false;
        while self.column() == indent && !self.is_end() {
            let is_blank = self.is_blank();
            let folds = !is_literal && !was_blank && !is_blank && breaks.first == "\n";
            if !folds {
                self.decoded.push_str(breaks.first);
            } else if breaks.later.is_empty() {
                self.decoded.push(' ');
            }
            self.decoded.push_str(&breaks.later);
            breaks.later.clear();
            was_blank = is_blank;
            let line_end = self.line_end();
            self.take(self.at, line_end);
            self.at = line_end;
            breaks.first = self.take_break();
            self.scan_block_breaks(&mut indent, start, &mut breaks)?;
        }
        if chomping != Chomping::Strip {
            self.decoded.push_str(breaks.first);
        }
        if chomping == Chomping::Keep {
            self.decoded.push_str(&breaks.later);
        }
        let mut token = Token::new(Kind::Scalar, start, breaks.end);
        self.set_decoded(&mut token, decoded_start);
        Ok(token)
    }

    /// Chomping and indentation, in either order, and the rest of the line.
    fn scan_block_header(&mut self) -> Result<(Chomping, i32), Failure> {
        let mut chomping = self.scan_chomping();
        let increment = match self.byte() {
            b'0' => return self.fail("found an indentation indicator equal to 0"),
            digit @ b'1'..=b'9' => {
                self.at += 1;
                i32::from(digit - b'0')
            }
            _ => 0,
        };
        if increment > 0 && chomping.is_none() {
            chomping = self.scan_chomping();
        }
        self.skip_blanks();
        self.skip_comment();
        if !self.is_break_or_end() {
            return self.fail("did not find expected comment or line break");
        }
        let len = self.break_len();
        if len > 0 {
            self.skip_break(len);
        }
        Ok((chomping.unwrap_or(Chomping::Clip), increment))
    }

    fn scan_chomping(&mut self) -> Option<Chomping> {
        let chomping = match self.byte() {
            b'+' => Chomping::Keep,
            b'-' => Chomping::Strip,
            _ => return None,
        };
        self.at += 1;
        Some(chomping)
    }

    /// Over empty lines and the indentation of the next one; finds out the indentation if it is
    /// not known yet (0).
    fn scan_block_breaks(
        &mut self,
        indent: &mut i32,
        start: u32,
        breaks: &mut Breaks,
    ) -> Result<(), Failure> {
        breaks.end = narrow(self.at);
        let mut max_indent = 0;
        loop {
            let mut column = self.column();
            while (*indent == 0 || column < *indent) && self.byte() == b' ' {
                self.at += 1;
                column += 1;
            }
            max_indent = max_indent.max(column);
            if (*indent == 0 || column < *indent) && self.byte() == b'\t' {
                let message = "found a tab character where an indentation space is expected";
                return self.fail_at(start, message);
            }
            let kept = self.take_break();
            if kept.is_empty() {
                break;
            }
            breaks.later.push_str(kept);
            breaks.end = narrow(self.at);
        }
        if *indent == 0 {
            *indent = max_indent.max(self.indent + 1).max(1);
        }
        Ok(())
    }

    /// Skips the break at hand; gives what it is in a scalar.
    fn take_break(&mut self) -> &'static str {
        let kept = match self.rest() {
            [0xE2, 0x80, 0xA8, ..] => "\u{2028}",
            [0xE2, 0x80, 0xA9, ..] => "\u{2029}",
            _ => "\n",
        };
        match self.break_len() {
            0 => "",
            len => {
                self.skip_break(len);
                kept
            }
        }
    }
}
