//! Sizes of values: written in the expression, known beforehand, or of what a loop walks over.

use super::{Coster, ONE, Path};
use crate::{
    Type, Value,
    ast::{ExprId, ExprKind},
    library::Range,
};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Container {
    List,
    Map,
}

/// The sizes of the keys (or indices) and values of a list or map.
#[derive(Clone, Copy, Debug)]
pub(super) struct EntrySize {
    pub(super) container: Container,
    pub(super) key: Range,
    pub(super) value: Range,
}

impl EntrySize {
    pub(super) fn list(value: Range) -> Self {
        Self { container: Container::List, key: ONE, value }
    }

    pub(super) fn map(key: Range, value: Range) -> Self {
        Self { container: Container::Map, key, value }
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self { key: self.key.or(other.key), value: self.value.or(other.value), ..self }
    }
}

/// A variable of a macro.
#[derive(Clone, Debug)]
pub(super) struct LocalVariable {
    pub(super) name: Box<str>,
    pub(super) path: Path,
    pub(super) size: Option<Range>,
    pub(super) entry_size: Option<EntrySize>,
}

impl Coster<'_> {
    pub(super) fn local(&self, name: &str) -> Option<&LocalVariable> {
        self.locals.iter().rev().find(|local| &*local.name == name)
    }

    fn local_of(&self, id: ExprId) -> Option<&LocalVariable> {
        match self.kind(id) {
            ExprKind::Ident(name) => self.local(name),
            _ => None,
        }
    }

    pub(super) fn path(&self, id: ExprId) -> Path {
        match self.local_of(id) {
            Some(local) => local.path.clone(),
            None => self.paths.get(&id).cloned().unwrap_or_default(),
        }
    }

    pub(super) fn size(&self, id: ExprId) -> Option<Range> {
        let known = self.known_sizes.get(&id).copied();
        known
            .or_else(|| self.written_size(id))
            .or_else(|| self.sizes.size(&self.path(id), &self.type_of(id)))
            .or_else(|| is_scalar(&self.type_of(id)).then_some(ONE))
            .or_else(|| self.local_of(id).and_then(|local| local.size))
    }

    pub(super) fn size_or_unknown(&self, id: ExprId) -> Range {
        self.size(id).unwrap_or(Range::UNKNOWN)
    }

    fn written_size(&self, id: ExprId) -> Option<Range> {
        let size = match self.kind(id) {
            ExprKind::Literal(Value::String(text)) => text.chars().count(),
            ExprKind::Literal(Value::Bytes(bytes)) => bytes.len(),
            ExprKind::Literal(_) => 1,
            ExprKind::List(items) => items.len(),
            ExprKind::Map(entries) => entries.len(),
            _ => return None,
        };
        Some(Range::exactly(size as u64))
    }

    pub(super) fn entry_size(&self, id: ExprId) -> Option<EntrySize> {
        let known = self.entry_sizes.get(&id).copied();
        known.or_else(|| self.local_of(id).and_then(|local| local.entry_size))
    }

    pub(super) fn copy_sizes(&mut self, to: ExprId, from: ExprId) {
        if let Some(size) = self.size(from) {
            self.known_sizes.insert(to, size);
        }
        if let Some(size) = self.entry_size(from) {
            self.entry_sizes.insert(to, size);
        }
    }

    /// What a loop walks over.
    pub(super) fn container(&self, id: ExprId) -> Container {
        match (self.entry_size(id), self.type_of(id)) {
            (Some(entry), _) => entry.container,
            (None, Type::List(_)) => Container::List,
            (None, _) => Container::Map,
        }
    }
}

fn is_scalar(type_: &Type) -> bool {
    match type_ {
        Type::Bool | Type::Double | Type::Duration | Type::Int | Type::Timestamp | Type::Uint => {
            true
        }
        Type::Optional(inner) => is_scalar(inner),
        _ => false,
    }
}
