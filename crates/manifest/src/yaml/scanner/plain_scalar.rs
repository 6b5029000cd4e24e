//! Scalars without quotes. On one line, they stand verbatim in the source.

use super::{Kind, Scanner, Style, Token};
use crate::{
    assembly::{Failure, narrow},
    yaml::chars::{BLANK, BREAK, CLASS, COLON, FLOW, MAYBE_BREAK},
};

impl Scanner<'_> {
    pub(super) fn scan_plain_scalar(&mut self) -> Result<Token, Failure> {
        let start = self.at;
        let indent = self.indent + 1;
        let mut fold = Fold::default();
        let decoded_start = self.decoded.len();
        // The end of the text that was taken, and where the part of it begins that still stands
        // verbatim in the source.
        let (mut end, mut verbatim) = (start, start);
        let mut is_decoded = false;
        loop {
            if self.is_document_indicator() || self.byte() == b'#' {
                break;
            }
            let content = self.at;
            self.skip_plain();
            if self.at > content {
                if fold.has_break {
                    self.take(verbatim, end);
                    self.push_fold(&mut fold);
                    (is_decoded, verbatim) = (true, content);
                }
                end = self.at;
            }
            if !self.skip_white(&mut fold, |scanner| {
                if scanner.byte() == b'\t' && scanner.column() < indent {
                    return scanner.fail("found a tab character that violates indentation");
                }
                Ok(())
            })? {
                break;
            }
            if self.flow_level == 0 && self.column() < indent {
                break;
            }
        }
        if fold.has_break {
            self.simple_key_allowed = true;
        }
        let mut token = Token::new(Kind::Scalar, narrow(start), narrow(end));
        token.style = Style::Plain;
        (token.text_start, token.text_end) = (token.start, token.end);
        if is_decoded {
            self.take(verbatim, end);
            self.set_decoded(&mut token, decoded_start);
        }
        Ok(token)
    }

    /// To the first byte that is a blank, a break, or an indicator that ends the scalar.
    #[inline]
    fn skip_plain(&mut self) {
        let in_flow = self.flow_level > 0;
        let stop = BLANK | BREAK | MAYBE_BREAK | COLON | if in_flow { FLOW } else { 0 };
        loop {
            while self.bytes.get(self.at).is_some_and(|byte| CLASS[usize::from(*byte)] & stop == 0)
            {
                self.at += 1;
            }
            let Some(byte) = self.bytes.get(self.at) else { return };
            match CLASS[usize::from(*byte)] {
                COLON if !self.is_blankz_at(1) => {}
                MAYBE_BREAK if self.break_len() == 0 => {}
                _ => return,
            }
            self.at += 1;
        }
    }
}

/// Breaks between parts of a scalar, which become spaces or fewer breaks.
#[derive(Default)]
pub(super) struct Fold {
    pub(super) has_break: bool,
    /// The first break was one that folds: not LS or PS.
    is_folding: bool,
    /// What the first break is, if it does not fold, and all others.
    breaks: String,
    n_later: usize,
}

impl Scanner<'_> {
    /// Over blanks and breaks; gives whether there were any. `check` sees every blank after the
    /// first break.
    pub(super) fn skip_white(
        &mut self,
        fold: &mut Fold,
        check: impl Fn(&Self) -> Result<(), Failure>,
    ) -> Result<bool, Failure> {
        let start = self.at;
        loop {
            if self.is_blank() {
                if fold.has_break {
                    check(self)?;
                }
                self.at += 1;
                continue;
            }
            let len = self.break_len();
            if len == 0 {
                return Ok(self.at > start);
            }
            self.add_break(fold, len);
        }
    }

    pub(super) fn add_break(&mut self, fold: &mut Fold, len: usize) {
        // LS and PS stay what they are; all others become LF.
        let kept = if len == 3 {
            self.source_text(self.at..self.at + 3).expect("LS and PS are characters")
        } else {
            "\n"
        };
        if fold.has_break {
            fold.n_later += 1;
            fold.breaks.push_str(kept);
        } else {
            fold.has_break = true;
            fold.is_folding = len < 3;
            if len == 3 {
                fold.breaks.push_str(kept);
            }
        }
        self.skip_break(len);
    }

    /// Appends what the breaks become.
    pub(super) fn push_fold(&mut self, fold: &mut Fold) {
        if fold.has_break && fold.is_folding && fold.n_later == 0 {
            self.decoded.push(' ');
        } else {
            self.decoded.push_str(&fold.breaks);
        }
        fold.breaks.clear();
        *fold = Fold { breaks: std::mem::take(&mut fold.breaks), ..Fold::default() };
    }

    /// Appends text of the source to the decoded text.
    pub(super) fn take(&mut self, start: usize, end: usize) {
        let text = self.source_text(start..end).expect("cut between characters");
        self.decoded.push_str(text);
    }

    pub(super) fn set_decoded(&self, token: &mut Token, start: usize) {
        token.is_decoded = true;
        (token.text_start, token.text_end) = (narrow(start), narrow(self.decoded.len()));
    }
}
