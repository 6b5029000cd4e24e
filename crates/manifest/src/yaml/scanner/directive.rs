//! `%YAML` and `%TAG`.

use super::{Kind, Scanner, Token};
use crate::{
    assembly::{Failure, narrow},
    yaml::chars::is_word,
};

impl Scanner<'_> {
    /// At `%`.
    pub(super) fn scan_directive(&mut self) -> Result<Token, Failure> {
        let start = narrow(self.at);
        self.at += 1;
        let name_start = self.at;
        while is_word(self.byte()) {
            self.at += 1;
        }
        let name = &self.bytes[name_start..self.at];
        if name.is_empty() {
            return self.fail("could not find expected directive name");
        }
        if !self.is_blankz_at(0) {
            return self.fail("found unexpected non-alphabetical character");
        }
        let token = match name {
            b"YAML" => self.scan_version(start)?,
            b"TAG" => self.scan_tag_directive(start)?,
            _ => return self.fail_at(start, "found unknown directive name"),
        };
        self.skip_blanks();
        self.skip_comment();
        if !self.is_break_or_end() {
            return self.fail("did not find expected comment or line break");
        }
        let len = self.break_len();
        if len > 0 {
            self.skip_break(len);
        }
        Ok(token)
    }

    fn scan_version(&mut self, start: u32) -> Result<Token, Failure> {
        self.skip_blanks();
        let major = self.scan_version_number()?;
        if self.byte() != b'.' {
            return self.fail("did not find expected digit or '.' character");
        }
        self.at += 1;
        let minor = self.scan_version_number()?;
        let mut token = Token::new(Kind::VersionDirective, start, narrow(self.at));
        (token.text_start, token.text_end) = (major, minor);
        Ok(token)
    }

    fn scan_version_number(&mut self) -> Result<u32, Failure> {
        let (start, mut number) = (self.at, 0);
        while self.byte().is_ascii_digit() {
            if self.at - start == 2 {
                return self.fail("found extremely long version number");
            }
            number = number * 10 + u32::from(self.byte() - b'0');
            self.at += 1;
        }
        if self.at == start {
            return self.fail("did not find expected version number");
        }
        Ok(number)
    }

    fn scan_tag_directive(&mut self, start: u32) -> Result<Token, Failure> {
        self.skip_blanks();
        let handle = self.scan_tag_handle()?;
        if handle != b"!" && !(handle.len() > 1 && handle.ends_with(b"!")) {
            return self.fail("did not find expected '!'");
        }
        if !self.is_blank() {
            return self.fail("did not find expected whitespace");
        }
        self.skip_blanks();
        let prefix = self.scan_tag_uri(&[])?;
        if !self.is_blankz_at(0) {
            return self.fail("did not find expected whitespace or line break");
        }
        Ok(self.tag_token(Kind::TagDirective, start, (handle, prefix)))
    }
}
