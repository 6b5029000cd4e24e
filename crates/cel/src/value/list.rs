//! Lists: of a document, of a typed Rust value, of a plan's constants, or made in the evaluation.

use std::{fmt, sync::Arc};

use kordon_model::NodeRef;

use super::Value;

/// A list of the outside world.
pub trait Sequence: fmt::Debug + Send + Sync {
    fn len(&self) -> usize;

    fn get(&self, idx: usize) -> Option<Value<'_>>;

    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[derive(Clone, Debug)]
pub enum List<'a> {
    Tree(NodeRef<'a>),
    Sequence(&'a dyn Sequence),
    Borrowed(&'a [Value<'a>]),
    Shared(Arc<Vec<Value<'a>>>),
}

impl<'a> List<'a> {
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Tree(node) => node.len(),
            Self::Sequence(sequence) => sequence.len(),
            Self::Borrowed(items) => items.len(),
            Self::Shared(items) => items.len(),
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[must_use]
    pub fn get(&self, idx: usize) -> Option<Value<'a>> {
        match self {
            Self::Tree(node) => node.item(idx).map(Value::node),
            Self::Sequence(sequence) => sequence.get(idx),
            Self::Borrowed(items) => items.get(idx).map(Value::borrowed),
            Self::Shared(items) => items.get(idx).cloned(),
        }
    }

    /// The items; each is a value of its own, so the list need not be kept.
    pub fn iter(&self) -> impl Iterator<Item = Value<'a>> + '_ {
        (0..self.len()).filter_map(|idx| self.get(idx))
    }

    #[must_use]
    pub fn borrowed(&'a self) -> Self {
        match self {
            Self::Shared(items) => Self::Borrowed(items),
            other => other.clone(),
        }
    }
}
