//! Reads YAML as the API server does: as go-yaml v2 reads it (a port of libyaml, YAML 1.1), with the
//! conversion to JSON of sigs.k8s.io/yaml.
//!
//! The scanner makes the tokens that libyaml makes, in its order and with its look-ahead, since
//! what is accepted follows from that order more than from any specification. The composer takes
//! the place of libyaml's parser, go-yaml's decoder and the conversion, and builds the tree at
//! once.

mod aliases;
mod chars;
mod composer;
mod keys;
mod outline;
mod resolve;
mod scanner;
mod tags;
mod timestamp;

pub(crate) use outline::{ListOutline, outline};

use std::sync::Arc;

use kordon_base::{Source, Span};
use kordon_model::Tree;

use crate::{
    Limits, Note, Reason,
    assembly::{Failure, narrow},
};

/// Deeper than this the API server does not read either.
const MAX_DEPTH: usize = 10_000;

const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Reads the first document at `span`; like the API server, it does not look at what may follow.
pub(crate) fn parse(
    source: &Arc<Source>,
    span: Span,
    limits: &Limits,
) -> Result<(Tree, Vec<Note>), Failure> {
    let bytes = &source.text().as_bytes()[..span.end as usize];
    let mut at = span.start as usize;
    let fail = |at: usize, message: &'static str| Failure {
        at: narrow(at),
        reason: Reason::Syntax(message.into()),
    };
    if bytes[at..].starts_with(BYTE_ORDER_MARK) {
        at += BYTE_ORDER_MARK.len();
    }
    // go-yaml goes on to drop one character of every line, which nobody can want to be judged.
    if bytes[at..].starts_with(BYTE_ORDER_MARK) {
        return Err(fail(at, "a second byte order mark"));
    }
    let content = chars::survey(&bytes[at..])
        .map_err(|n| fail(at + n, "control characters are not allowed"))?;
    let limits = Limits { max_depth: limits.max_depth.min(MAX_DEPTH), ..*limits };
    let scanner = scanner::Scanner::new(bytes, at, content);
    composer::compose(source, scanner, &limits)
}

#[cfg(test)]
mod tests;
