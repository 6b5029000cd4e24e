//! Numbers: 64-bit integers where they fit, else floating point.

use kordon_base::Span;
use kordon_model::{NodeId, TreeBuilder};

use super::Parser;
use crate::{
    Reason,
    assembly::{Failure, narrow},
};

impl Parser<'_> {
    pub(super) fn number(&mut self) -> Result<NodeId, Failure> {
        let start = self.at;
        if self.peek() == b'-' {
            self.at += 1;
        }
        match self.peek() {
            b'0' => self.at += 1,
            b'1'..=b'9' => self.digits(),
            _ => return Err(self.unexpected("in numeric literal")),
        }
        let mut is_integer = true;
        if self.peek() == b'.' {
            is_integer = false;
            self.at += 1;
            self.need_digit("after decimal point in numeric literal")?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            is_integer = false;
            self.at += 1;
            if matches!(self.peek(), b'+' | b'-') {
                self.at += 1;
            }
            self.need_digit("in exponent of numeric literal")?;
        }
        let text = str::from_utf8(&self.bytes[start..self.at]).expect("a number is ASCII");
        let span = Span { start: narrow(start), end: narrow(self.at) };
        if is_integer && let Ok(value) = text.parse() {
            return Ok(self.assembly.builder.int(span, value));
        }
        let value: f64 = text.parse().expect("the grammar of numbers is that of Rust");
        if value.is_infinite() {
            let reason = Reason::Syntax(format!("the number {text} is out of range").into());
            return Err(Failure { at: span.start, reason });
        }
        Ok(float_node(&mut self.assembly.builder, span, value))
    }

    fn need_digit(&mut self, context: &str) -> Result<(), Failure> {
        if !self.peek().is_ascii_digit() {
            return Err(self.unexpected(context));
        }
        self.digits();
        Ok(())
    }

    fn digits(&mut self) {
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
    }
}

/// A float as the API server has it after the client wrote it as JSON: `1.0` and `1e3` are written
/// without fraction and exponent, and so are integers from then on.
pub(crate) fn float_node(builder: &mut TreeBuilder, span: Span, value: f64) -> NodeId {
    if value.fract() == 0.0
        && value.abs() < 1e19
        && let Ok(integer) = format!("{value}").parse()
    {
        return builder.int(span, integer);
    }
    builder.float(span, value)
}
