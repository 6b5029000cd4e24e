//! Keys without `?`: a token is the start of one only if a `:` follows, on the same line and within
//! 1,024 characters.

use std::num::NonZeroU32;

use super::{Kind, Scanner, Token};
use crate::assembly::{Failure, narrow};

/// How many characters may stand between the start of a key and its `:`.
const MAX_KEY: usize = 1024;

/// More levels of indentation than any limit of ours lets through.
const MAX_INDENTS: usize = 10_000;

#[derive(Clone, Copy, Default)]
pub(super) struct SimpleKey {
    possible: bool,
    /// Its token is held back until it is known whether it is a key.
    holds: bool,
    /// Nothing but a key can stand here.
    required: bool,
    /// Number of the token, counted from the start of the document.
    token: usize,
    at: usize,
    line: u32,
    column: i32,
}

impl Scanner<'_> {
    /// Whether a key may begin with token `token`, which is known when more has been scanned.
    pub(super) fn is_open_simple_key(
        &mut self,
        level: usize,
        token: usize,
    ) -> Result<bool, Failure> {
        match self.simple_keys.get(level) {
            Some(key) if key.possible && key.holds && key.token == token => {
                self.is_valid_simple_key(level)
            }
            _ => Ok(false),
        }
    }

    fn is_valid_simple_key(&mut self, level: usize) -> Result<bool, Failure> {
        let key = self.simple_keys[level];
        if !key.possible {
            return Ok(false);
        }
        if key.line < self.line || self.is_too_long(key.at) {
            if key.required {
                return self.missing_colon(key);
            }
            self.simple_keys[level].possible = false;
            return Ok(false);
        }
        Ok(true)
    }

    fn is_too_long(&self, start: usize) -> bool {
        let at = self.at.min(self.bytes.len());
        at - start > MAX_KEY && super::count(&self.bytes[start..at]) > MAX_KEY
    }

    fn missing_colon<T>(&self, key: SimpleKey) -> Result<T, Failure> {
        self.fail_at(narrow(key.at), "could not find expected ':'")
    }

    /// The next token may be the start of a key, if keys are allowed here. Gives what the token
    /// has to carry.
    pub(super) fn save_simple_key(&mut self) -> Result<Option<NonZeroU32>, Failure> {
        if !self.simple_key_allowed {
            return Ok(None);
        }
        self.remove_simple_key()?;
        let column = self.column();
        let key = SimpleKey {
            possible: true,
            holds: true,
            required: self.flow_level == 0 && self.indent == column,
            token: self.next_token(),
            at: self.at,
            line: self.line,
            column,
        };
        let level = self.simple_keys.len();
        self.simple_keys[level - 1] = key;
        Ok(NonZeroU32::new(narrow(level)))
    }

    pub(super) fn remove_simple_key(&mut self) -> Result<(), Failure> {
        let level = self.simple_keys.len() - 1;
        let key = self.simple_keys[level];
        if key.possible {
            if key.required {
                return self.missing_colon(key);
            }
            self.simple_keys[level].possible = false;
        }
        Ok(())
    }

    pub(super) fn increase_flow_level(&mut self) -> Result<(), Failure> {
        // The number of the bracket itself, until there is something within.
        let token = self.next_token();
        self.simple_keys.push(SimpleKey { token, ..SimpleKey::default() });
        self.flow_level += 1;
        if self.flow_level > MAX_INDENTS {
            return self.fail("exceeded max depth of 10000");
        }
        Ok(())
    }

    pub(super) fn decrease_flow_level(&mut self) {
        if self.flow_level > 0 {
            self.flow_level -= 1;
            let inner = self.simple_keys.pop();
            // libyaml in Go no longer waits for the `:` after brackets that have nothing within.
            if let (Some(inner), Some(outer)) = (inner, self.simple_keys.last_mut())
                && inner.token == outer.token
            {
                outer.holds = false;
            }
        }
    }

    /// Number of the token that comes to the end of the queue next.
    fn next_token(&self) -> usize {
        self.n_taken + (self.tokens.len() - self.head)
    }

    /// At `:` — if a simple key is open, its tokens go to the place where it began. Gives whether
    /// there was one.
    pub(super) fn resolve_simple_key(&mut self) -> Result<bool, Failure> {
        let level = self.simple_keys.len() - 1;
        if !self.is_valid_simple_key(level)? {
            return Ok(false);
        }
        let key = self.simple_keys[level];
        // A key whose token was already taken comes too late, to the end.
        let idx = key.token.checked_sub(self.n_taken).map(|n| self.head + n);
        let at = narrow(key.at);
        self.insert(idx, Token::new(Kind::Key, at, at));
        self.roll_indent(key.column, idx, Kind::BlockMappingStart, at)?;
        self.simple_keys[level].possible = false;
        self.simple_key_allowed = false;
        Ok(true)
    }

    /// Opens a block collection if the column is further in than the last one; its token goes to
    /// the end of the queue or to `idx`.
    pub(super) fn roll_indent(
        &mut self,
        column: i32,
        idx: Option<usize>,
        kind: Kind,
        at: u32,
    ) -> Result<(), Failure> {
        if self.flow_level > 0 || self.indent >= column {
            return Ok(());
        }
        self.indents.push(self.indent);
        self.indent = column;
        if self.indents.len() > MAX_INDENTS {
            return self.fail("exceeded max depth of 10000");
        }
        self.insert(idx, Token::new(kind, at, at));
        Ok(())
    }

    fn insert(&mut self, idx: Option<usize>, token: Token) {
        match idx {
            Some(idx) => self.tokens.insert(idx, token),
            None => self.push(token),
        }
    }

    /// Closes the block collections that are further in than the column.
    pub(super) fn unroll_indent(&mut self, column: i32) {
        if self.flow_level > 0 {
            return;
        }
        let at = narrow(self.at.min(self.bytes.len()));
        while self.indent > column {
            self.push(Token::new(Kind::BlockEnd, at, at));
            self.indent = self.indents.pop().expect("an indent for each open collection");
        }
    }
}
