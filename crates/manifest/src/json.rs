//! Reads JSON by the rules of the API server: those of Go's `encoding/json`, with integers kept.

mod number;
mod outline;
mod string;

use std::sync::Arc;

use kordon_base::{Source, Span};
use kordon_model::{NodeId, Tree};

pub(crate) use number::float_node;
pub(crate) use outline::{Outline, outline};

use crate::{
    Limits, Note, Reason,
    assembly::{Assembly, Failure, Open, narrow},
};

/// Reads the one value that stands at `span`, with nothing but white space after it.
pub(crate) fn parse(
    source: &Arc<Source>,
    span: Span,
    limits: &Limits,
) -> Result<(Tree, Vec<Note>), Failure> {
    let bytes = &source.text().as_bytes()[..span.end as usize];
    let at = span.start as usize;
    let assembly = Assembly::new(source, bytes.len() - at);
    let mut parser =
        Parser { bytes, at, assembly, stack: Vec::new(), scratch: String::new(), limits };
    let root = parser.value()?;
    parser.skip_space();
    if parser.at < bytes.len() {
        return Err(parser.unexpected("after top-level value"));
    }
    Ok(parser.assembly.finish(root))
}

struct Parser<'s> {
    bytes: &'s [u8],
    at: usize,
    assembly: Assembly,
    stack: Vec<Container>,
    scratch: String,
    limits: &'s Limits,
}

#[derive(Clone, Copy)]
struct Container {
    open: Open,
    start: u32,
    is_map: bool,
}

impl Parser<'_> {
    /// One value with all that is in it; nesting is on `stack`, so that depth costs no stack.
    fn value(&mut self) -> Result<NodeId, Failure> {
        loop {
            let Some(mut node) = self.begin_value()? else { continue };
            loop {
                let Some(container) = self.stack.last().copied() else { return Ok(node) };
                self.assembly.push_item(node);
                match self.end_of(container)? {
                    Some(closed) => node = closed,
                    None => break,
                }
            }
        }
    }

    /// A scalar or an empty container; nothing if a container was opened that has content.
    fn begin_value(&mut self) -> Result<Option<NodeId>, Failure> {
        self.skip_space();
        match self.peek() {
            b'{' => {
                let container = self.push(true)?;
                self.skip_space();
                if self.peek() == b'}' {
                    return Ok(Some(self.close(container)));
                }
                self.key().map(|()| None)
            }
            b'[' => {
                let container = self.push(false)?;
                self.skip_space();
                if self.peek() == b']' {
                    return Ok(Some(self.close(container)));
                }
                Ok(None)
            }
            b'"' => self.string().map(|(node, _)| Some(node)),
            b'-' | b'0'..=b'9' => self.number().map(Some),
            b't' => self.literal(b"true", "in literal true").map(Some),
            b'f' => self.literal(b"false", "in literal false").map(Some),
            b'n' => self.literal(b"null", "in literal null").map(Some),
            _ => Err(self.unexpected("looking for beginning of value")),
        }
    }

    /// After a value inside a container: on to the next value, or the closed container.
    fn end_of(&mut self, container: Container) -> Result<Option<NodeId>, Failure> {
        self.skip_space();
        match (self.peek(), container.is_map) {
            (b',', true) => {
                self.at += 1;
                self.skip_space();
                self.key().map(|()| None)
            }
            (b',', false) => {
                self.at += 1;
                Ok(None)
            }
            (b'}', true) | (b']', false) => Ok(Some(self.close(container))),
            (_, true) => Err(self.unexpected("after object key:value pair")),
            (_, false) => Err(self.unexpected("after array element")),
        }
    }

    fn key(&mut self) -> Result<(), Failure> {
        if self.peek() != b'"' {
            return Err(self.unexpected("looking for beginning of object key string"));
        }
        let (key, print) = self.string()?;
        self.assembly.push_key(key, print);
        self.skip_space();
        if self.peek() != b':' {
            return Err(self.unexpected("after object key"));
        }
        self.at += 1;
        Ok(())
    }

    fn push(&mut self, is_map: bool) -> Result<Container, Failure> {
        if self.stack.len() >= self.limits.max_depth {
            return Err(self.fail(Reason::TooDeep { limit: self.limits.max_depth }));
        }
        let container = Container { open: self.assembly.open(), start: narrow(self.at), is_map };
        self.stack.push(container);
        self.at += 1;
        Ok(container)
    }

    fn close(&mut self, container: Container) -> NodeId {
        self.stack.pop();
        self.at += 1;
        let span = Span { start: container.start, end: narrow(self.at) };
        if container.is_map {
            self.assembly.close_map(container.open, span)
        } else {
            self.assembly.close_list(container.open, span)
        }
    }

    fn literal(&mut self, word: &'static [u8], what: &'static str) -> Result<NodeId, Failure> {
        let start = narrow(self.at);
        for expected in word {
            if self.peek() != *expected {
                return Err(self.unexpected(what));
            }
            self.at += 1;
        }
        let span = Span { start, end: narrow(self.at) };
        Ok(match word[0] {
            b't' => self.assembly.builder.bool(span, true),
            b'f' => self.assembly.builder.bool(span, false),
            _ => self.assembly.builder.null(span),
        })
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// The byte at hand, or NUL at the end; NUL is nowhere allowed in JSON.
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    #[cold]
    fn unexpected(&self, context: &str) -> Failure {
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let message = match rest.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next())
        {
            None => "unexpected end of JSON input".into(),
            Some(found) => format!("invalid character {found:?} {context}").into(),
        };
        self.fail(Reason::Syntax(message))
    }

    #[cold]
    fn fail(&self, reason: Reason) -> Failure {
        Failure { at: narrow(self.at), reason }
    }
}

#[cfg(test)]
mod tests;
