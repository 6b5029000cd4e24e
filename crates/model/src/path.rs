//! Field paths as findings name them: `spec.containers[0].securityContext.privileged`.
//!
//! A path is cheap to build (keys are borrowed from the tree or from the program) and is turned
//! to text only where something is reported. It may name a field that is not there; [`locate`]
//! gives the nearest thing that is.

use std::{borrow::Cow, fmt};

use kordon_base::Position;
use thiserror::Error;

use crate::{NodeId, NodeRef};

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Segment<'a> {
    Key(Cow<'a, str>),
    Index(u32),
}

/// From an object's root. Empty for the root itself.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct FieldPath<'a> {
    segments: Vec<Segment<'a>>,
}

impl<'a> FieldPath<'a> {
    #[must_use]
    pub const fn root() -> Self {
        Self { segments: Vec::new() }
    }

    #[must_use]
    pub fn segments(&self) -> &[Segment<'a>] {
        &self.segments
    }

    #[must_use]
    pub fn is_root(&self) -> bool {
        self.segments.is_empty()
    }

    pub fn push_key(&mut self, key: impl Into<Cow<'a, str>>) {
        self.segments.push(Segment::Key(key.into()));
    }

    pub fn push_index(&mut self, idx: usize) {
        self.segments.push(Segment::Index(u32::try_from(idx).unwrap_or(u32::MAX)));
    }

    pub fn pop(&mut self) -> Option<Segment<'a>> {
        self.segments.pop()
    }

    #[must_use]
    pub fn key(mut self, key: impl Into<Cow<'a, str>>) -> Self {
        self.push_key(key);
        self
    }

    #[must_use]
    pub fn index(mut self, idx: usize) -> Self {
        self.push_index(idx);
        self
    }

    /// Plain keys joined by dots, as the program writes them: `securityContext.privileged`. Empty
    /// text adds nothing.
    #[must_use]
    pub fn keys(mut self, dotted: &'a str) -> Self {
        for key in dotted.split('.').filter(|key| !key.is_empty()) {
            self.push_key(key);
        }
        self
    }

    /// This path, then the other.
    #[must_use]
    pub fn join(mut self, other: &Self) -> Self {
        self.segments.extend_from_slice(&other.segments);
        self
    }

    /// Reads what `Display` writes.
    pub fn parse(text: &'a str) -> Result<Self, ParsePathError> {
        parse::path(text)
    }

    /// The path of a node below `root`, by looking for it. `None` when it is not there.
    #[must_use]
    pub fn of(root: NodeRef<'a>, id: NodeId) -> Option<Self> {
        let mut path = Self::root();
        search(root, id, &mut path, MAX_SEARCH_DEPTH).then_some(path)
    }
}

/// Deeper than any reader's limit on nesting.
const MAX_SEARCH_DEPTH: usize = 1_000;

fn search<'a>(node: NodeRef<'a>, id: NodeId, path: &mut FieldPath<'a>, depth: usize) -> bool {
    if node.id() == id {
        return true;
    }
    if depth == 0 {
        return false;
    }
    for (idx, item) in node.items().enumerate() {
        path.push_index(idx);
        if search(item, id, path, depth - 1) {
            return true;
        }
        path.pop();
    }
    for (key, value) in node.entries() {
        path.push_key(key.as_str().unwrap_or_default());
        if key.id() == id || search(value, id, path, depth - 1) {
            return true;
        }
        path.pop();
    }
    false
}

/// The deepest node on a path that is there.
#[derive(Clone, Copy, Debug)]
pub struct Place<'t> {
    pub node: NodeRef<'t>,
    /// How many segments of the path lead to it; all of them when the field itself is there.
    pub n_segments: usize,
}

impl Place<'_> {
    #[must_use]
    pub fn position(self) -> Position {
        self.node.tree().source().position(self.node.span().start)
    }
}

/// Follows `path` from `root` as far as it goes.
#[must_use]
pub fn locate<'t>(root: NodeRef<'t>, path: &FieldPath<'_>) -> Place<'t> {
    let mut place = Place { node: root, n_segments: 0 };
    for segment in &path.segments {
        let next = match segment {
            Segment::Key(key) => place.node.get(key),
            Segment::Index(idx) => place.node.item(*idx as usize),
        };
        let Some(node) = next else { break };
        place = Place { node, n_segments: place.n_segments + 1 };
    }
    place
}

impl fmt::Display for FieldPath<'_> {
    /// Keys that hold anything but letters, digits, `-` and `_` are quoted:
    /// `metadata.annotations["a.b/c"]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, segment) in self.segments.iter().enumerate() {
            match segment {
                Segment::Index(idx) => write!(f, "[{idx}]")?,
                Segment::Key(key) if is_plain(key) => {
                    let dot = if nth == 0 { "" } else { "." };
                    write!(f, "{dot}{key}")?;
                }
                Segment::Key(key) => write_quoted(f, key)?,
            }
        }
        Ok(())
    }
}

fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

fn write_quoted(f: &mut fmt::Formatter<'_>, key: &str) -> fmt::Result {
    f.write_str("[\"")?;
    for character in key.chars() {
        match character {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            _ => fmt::Write::write_char(f, character)?,
        }
    }
    f.write_str("\"]")
}

#[derive(Error, Debug, PartialEq, Eq)]
#[error("not a field path, at character {at}: {reason}")]
pub struct ParsePathError {
    /// From 1.
    pub at: usize,
    pub reason: &'static str,
}

mod parse;

#[cfg(test)]
mod tests;
