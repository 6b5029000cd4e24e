//! What the next token is.

use super::{Kind, Scanner, Token};
use crate::assembly::{Failure, narrow};

impl Scanner<'_> {
    pub(super) fn fetch_next(&mut self) -> Result<(), Failure> {
        self.skip_to_next_token();
        let column = self.column();
        self.unroll_indent(column);
        if self.is_end() {
            return self.fetch_stream_end();
        }
        if self.at == self.line_start {
            if self.byte() == b'%' {
                return self.fetch_directive();
            }
            if self.is_document_indicator() {
                return self.fetch_document_indicator();
            }
        }
        let in_flow = self.flow_level > 0;
        match self.byte() {
            b'[' => self.fetch_flow_start(Kind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(Kind::FlowMappingStart),
            b']' => self.fetch_flow_end(Kind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(Kind::FlowMappingEnd),
            b',' => self.fetch_flow_entry(),
            b'-' if self.is_blankz_at(1) => self.fetch_block_entry(),
            b'?' if in_flow || self.is_blankz_at(1) => self.fetch_key(),
            b':' if in_flow || self.is_blankz_at(1) => self.fetch_value(),
            b'*' => self.fetch_anchor(Kind::Alias),
            b'&' => self.fetch_anchor(Kind::Anchor),
            b'!' => self.fetch_tag(),
            b'|' if !in_flow => self.fetch_block_scalar(),
            b'>' if !in_flow => self.fetch_block_scalar(),
            b'\'' | b'"' => self.fetch_flow_scalar(),
            b'|' | b'>' | b'#' | b'%' | b'@' | b'`' | b'\t' => {
                self.fail("found character that cannot start any token")
            }
            _ => self.fetch_plain_scalar(),
        }
    }

    /// Over white space and comments. A tab is white space where no key can begin.
    fn skip_to_next_token(&mut self) {
        loop {
            let takes_tabs = self.flow_level > 0 || !self.simple_key_allowed;
            while self.byte() == b' ' || (takes_tabs && self.byte() == b'\t') {
                self.at += 1;
            }
            self.skip_comment();
            match self.break_len() {
                0 => return,
                len => self.skip_break(len),
            }
            if self.flow_level == 0 {
                self.simple_key_allowed = true;
            }
        }
    }

    fn fetch_stream_end(&mut self) -> Result<(), Failure> {
        // The end counts as a line of its own, so that no key is still waited for.
        if self.at != self.line_start {
            self.line += 1;
            self.line_start = self.at;
        }
        self.unroll_indent(-1);
        self.remove_simple_key()?;
        self.simple_key_allowed = false;
        self.push_indicator(Kind::StreamEnd, 0);
        Ok(())
    }

    fn fetch_directive(&mut self) -> Result<(), Failure> {
        self.unroll_indent(-1);
        self.remove_simple_key()?;
        self.simple_key_allowed = false;
        let token = self.scan_directive()?;
        self.push(token);
        Ok(())
    }

    fn fetch_document_indicator(&mut self) -> Result<(), Failure> {
        self.unroll_indent(-1);
        self.remove_simple_key()?;
        self.simple_key_allowed = false;
        let is_start = self.byte() == b'-';
        self.push_indicator(if is_start { Kind::DocumentStart } else { Kind::DocumentEnd }, 3);
        Ok(())
    }

    fn fetch_flow_start(&mut self, kind: Kind) -> Result<(), Failure> {
        let simple_key = self.save_simple_key()?;
        self.increase_flow_level()?;
        self.simple_key_allowed = true;
        let start = narrow(self.at);
        self.at += 1;
        self.push(Token { simple_key, ..Token::new(kind, start, start + 1) });
        Ok(())
    }

    fn fetch_flow_end(&mut self, kind: Kind) -> Result<(), Failure> {
        self.remove_simple_key()?;
        self.decrease_flow_level();
        self.simple_key_allowed = false;
        self.push_indicator(kind, 1);
        Ok(())
    }

    fn fetch_flow_entry(&mut self) -> Result<(), Failure> {
        self.remove_simple_key()?;
        self.simple_key_allowed = true;
        self.push_indicator(Kind::FlowEntry, 1);
        Ok(())
    }

    fn fetch_block_entry(&mut self) -> Result<(), Failure> {
        // Inside of brackets the composer refuses it.
        if self.flow_level == 0 {
            if !self.simple_key_allowed {
                return self.fail("block sequence entries are not allowed in this context");
            }
            self.roll_indent_here(Kind::BlockSequenceStart)?;
        }
        self.remove_simple_key()?;
        self.simple_key_allowed = true;
        self.push_indicator(Kind::BlockEntry, 1);
        Ok(())
    }

    fn fetch_key(&mut self) -> Result<(), Failure> {
        if self.flow_level == 0 {
            if !self.simple_key_allowed {
                return self.fail("mapping keys are not allowed in this context");
            }
            self.roll_indent_here(Kind::BlockMappingStart)?;
        }
        self.remove_simple_key()?;
        self.simple_key_allowed = self.flow_level == 0;
        self.push_indicator(Kind::Key, 1);
        Ok(())
    }

    fn fetch_value(&mut self) -> Result<(), Failure> {
        if !self.resolve_simple_key()? {
            if self.flow_level == 0 {
                if !self.simple_key_allowed {
                    return self.fail("mapping values are not allowed in this context");
                }
                self.roll_indent_here(Kind::BlockMappingStart)?;
            }
            self.simple_key_allowed = self.flow_level == 0;
        }
        self.push_indicator(Kind::Value, 1);
        Ok(())
    }

    fn fetch_anchor(&mut self, kind: Kind) -> Result<(), Failure> {
        let simple_key = self.save_simple_key()?;
        self.simple_key_allowed = false;
        let token = self.scan_anchor(kind)?;
        self.push(Token { simple_key, ..token });
        Ok(())
    }

    fn fetch_tag(&mut self) -> Result<(), Failure> {
        let simple_key = self.save_simple_key()?;
        self.simple_key_allowed = false;
        let token = self.scan_tag()?;
        self.push(Token { simple_key, ..token });
        Ok(())
    }

    fn fetch_block_scalar(&mut self) -> Result<(), Failure> {
        self.remove_simple_key()?;
        self.simple_key_allowed = true;
        let token = self.scan_block_scalar()?;
        self.push(token);
        Ok(())
    }

    fn fetch_flow_scalar(&mut self) -> Result<(), Failure> {
        let simple_key = self.save_simple_key()?;
        self.simple_key_allowed = false;
        let token = self.scan_flow_scalar()?;
        self.push(Token { simple_key, ..token });
        Ok(())
    }

    fn fetch_plain_scalar(&mut self) -> Result<(), Failure> {
        let simple_key = self.save_simple_key()?;
        self.simple_key_allowed = false;
        let token = self.scan_plain_scalar()?;
        self.push(Token { simple_key, ..token });
        Ok(())
    }

    fn roll_indent_here(&mut self, kind: Kind) -> Result<(), Failure> {
        let column = self.column();
        self.roll_indent(column, None, kind, narrow(self.at))
    }

    fn push_indicator(&mut self, kind: Kind, len: usize) {
        let start = narrow(self.at.min(self.bytes.len()));
        self.at += len;
        self.push(Token::new(kind, start, start + narrow(len)));
    }
}
