//! Cuts YAML into tokens: libyaml's token stream, with text borrowed from the source.

mod block_scalar;
mod directive;
mod fetch;
mod flow_scalar;
mod plain_scalar;
mod simple_key;
mod tag;
mod token;

use std::{borrow::Cow, cell::Cell, ops::Range};

pub(super) use token::{Kind, Style, Token};

use super::chars::{self, Content, break_len, count};
use crate::{
    Reason,
    assembly::{Failure, narrow},
};
use simple_key::SimpleKey;

pub(super) struct Scanner<'s> {
    /// The source up to the end of the document, so that offsets are those of the source.
    bytes: &'s [u8],
    at: usize,
    /// Number of breaks before `at`, and where the line begins.
    line: u32,
    line_start: usize,
    /// A place and its column.
    known_column: Cell<(usize, usize)>,
    content: Content,
    /// Text of queued scalars that does not stand verbatim in the source.
    decoded: String,
    /// Handle and suffix of queued tags, and names of directives.
    tags: Vec<(Vec<u8>, Vec<u8>)>,
    tokens: Vec<Token>,
    /// Index in `tokens` of the next one, and how many were taken before it.
    head: usize,
    n_taken: usize,
    /// −1 outside of all block collections.
    indent: i32,
    indents: Vec<i32>,
    flow_level: usize,
    simple_key_allowed: bool,
    /// One for each flow level and one for the block context.
    simple_keys: Vec<SimpleKey>,
}

impl<'s> Scanner<'s> {
    pub(super) fn new(bytes: &'s [u8], at: usize, content: Content) -> Self {
        Self {
            bytes,
            at,
            line: 0,
            line_start: at,
            known_column: Cell::new((at, 0)),
            content,
            decoded: String::new(),
            tags: Vec::new(),
            tokens: Vec::with_capacity(16),
            head: 0,
            n_taken: 0,
            indent: -1,
            indents: Vec::with_capacity(16),
            flow_level: 0,
            simple_key_allowed: true,
            simple_keys: vec![SimpleKey::default()],
        }
    }

    /// The next token, which stays.
    pub(super) fn peek(&mut self) -> Result<Token, Failure> {
        while self.needs_more()? {
            self.fetch_next()?;
        }
        Ok(self.tokens[self.head])
    }

    /// Takes the token that was peeked at.
    pub(super) fn skip(&mut self) {
        self.head += 1;
        self.n_taken += 1;
    }

    /// The next token may turn out to be the start of a key, which has another token before it.
    fn needs_more(&mut self) -> Result<bool, Failure> {
        let Some(token) = self.tokens.get(self.head) else {
            self.tokens.clear();
            self.tags.clear();
            self.decoded.clear();
            self.head = 0;
            return Ok(true);
        };
        match token.simple_key {
            None => Ok(false),
            Some(level) => self.is_open_simple_key(level.get() as usize - 1, self.n_taken),
        }
    }

    /// The value of a scalar, or the name of an anchor or alias. It must be taken before more
    /// tokens are asked for.
    pub(super) fn text(&self, token: &Token) -> &str {
        let range = token.text_start as usize..token.text_end as usize;
        let text = if token.is_decoded { self.decoded.get(range) } else { self.source_text(range) };
        text.expect("tokens are cut between characters")
    }

    pub(super) fn source_text(&self, range: Range<usize>) -> Option<&'s str> {
        self.bytes.get(range).and_then(|bytes| str::from_utf8(bytes).ok())
    }

    /// Handle and suffix of a tag.
    pub(super) fn tag(&self, token: &Token) -> (&[u8], &[u8]) {
        let (handle, suffix) = &self.tags[token.text_start as usize];
        (handle, suffix)
    }

    /// How many bytes are still to be read.
    pub(super) fn rest_len(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// Whether only white space and comments stand from the offset on.
    pub(super) fn is_empty_from(&self, offset: u32) -> bool {
        let rest = self.bytes.get(offset as usize..).unwrap_or(&[]);
        rest.split(|byte| *byte == b'\n' || *byte == b'\r')
            .map(<[u8]>::trim_ascii_start)
            .all(|line| line.is_empty() || line[0] == b'#')
    }

    fn push(&mut self, token: Token) {
        self.tokens.push(token);
    }

    /// The byte at hand; NUL, which no document has, at the end.
    fn byte(&self) -> u8 {
        self.byte_at(0)
    }

    fn byte_at(&self, n: usize) -> u8 {
        self.bytes.get(self.at + n).copied().unwrap_or(0)
    }

    fn is_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    fn rest(&self) -> &'s [u8] {
        self.bytes.get(self.at..).unwrap_or(&[])
    }

    fn is_blank(&self) -> bool {
        matches!(self.byte(), b' ' | b'\t')
    }

    /// Length of the break at hand.
    fn break_len(&self) -> usize {
        match self.byte() {
            b'\n' => 1,
            b'\r' | 0xC2 | 0xE2 => break_len(self.rest()),
            _ => 0,
        }
    }

    fn is_break_or_end(&self) -> bool {
        self.is_end() || self.break_len() > 0
    }

    /// A blank, a break or the end, `n` bytes further on.
    fn is_blankz_at(&self, n: usize) -> bool {
        match self.byte_at(n) {
            b' ' | b'\t' | b'\n' | b'\r' => true,
            0 => self.at + n >= self.bytes.len(),
            0xC2 | 0xE2 => break_len(&self.rest()[n..]) > 0,
            _ => false,
        }
    }

    /// In characters, from 0.
    fn column(&self) -> i32 {
        let at = self.at.min(self.bytes.len());
        let column = if self.content.is_ascii {
            at - self.line_start
        } else {
            // From where it was counted last, since a line may be as long as the document.
            let (known_at, known) = self.known_column.get();
            let column = if (self.line_start..=at).contains(&known_at) {
                known + count(&self.bytes[known_at..at])
            } else {
                count(&self.bytes[self.line_start..at])
            };
            self.known_column.set((at, column));
            column
        };
        i32::try_from(column).unwrap_or(i32::MAX)
    }

    /// Behind the break of this length.
    fn skip_break(&mut self, len: usize) {
        self.at += len;
        self.line += 1;
        self.line_start = self.at;
    }

    fn skip_blanks(&mut self) {
        while self.is_blank() {
            self.at += 1;
        }
    }

    fn skip_comment(&mut self) {
        if self.byte() == b'#' {
            self.at = self.line_end();
        }
    }

    /// Where the line ends, before its break.
    fn line_end(&self) -> usize {
        if self.content.only_lf {
            return memchr::memchr(b'\n', self.rest()).map_or(self.bytes.len(), |n| self.at + n);
        }
        let mut at = self.at;
        while let Some(byte) = self.bytes.get(at) {
            let class = chars::CLASS[usize::from(*byte)];
            if class & (chars::BREAK | chars::MAYBE_BREAK) != 0 && break_len(&self.bytes[at..]) > 0
            {
                break;
            }
            at += 1;
        }
        at
    }

    /// `---` or `...`, at the start of a line and followed by a blank.
    fn is_document_indicator(&self) -> bool {
        self.at == self.line_start
            && (self.rest().starts_with(b"---") || self.rest().starts_with(b"..."))
            && self.is_blankz_at(3)
    }

    #[cold]
    fn fail<T>(&self, message: impl Into<Cow<'static, str>>) -> Result<T, Failure> {
        let at = narrow(self.at.min(self.bytes.len()));
        Err(Failure { at, reason: Reason::Syntax(message.into()) })
    }

    /// For what is noticed only after its start.
    #[cold]
    fn fail_at<T>(&self, at: u32, message: impl Into<Cow<'static, str>>) -> Result<T, Failure> {
        Err(Failure { at, reason: Reason::Syntax(message.into()) })
    }
}
