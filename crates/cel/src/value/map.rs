//! Maps and structs: of a document, of a typed Rust value, or made in the evaluation.

use std::{fmt, sync::Arc};

use kordon_model::NodeRef;

use super::{Str, Value};

/// A struct or string-keyed map of the outside world, read by field name.
pub trait Fields: fmt::Debug + Send + Sync {
    /// The field's value; `None` where it is absent, which is what `has()` asks.
    fn field(&self, name: &str) -> Option<Value<'_>>;

    /// The fields that are there, in a fixed order.
    fn fields(&self) -> Vec<(&str, Value<'_>)>;
}

#[derive(Clone, Debug)]
pub enum Map<'a> {
    Tree(NodeRef<'a>),
    Fields(&'a dyn Fields),
    Borrowed(&'a OwnedMap<'a>),
    Shared(Arc<OwnedMap<'a>>),
}

/// A map made in an evaluation or by a plan: entries in the order of their making.
#[derive(Debug, Default)]
pub struct OwnedMap<'a> {
    entries: Vec<(Value<'a>, Value<'a>)>,
}

impl<'a> OwnedMap<'a> {
    #[must_use]
    pub fn entries(&self) -> &[(Value<'a>, Value<'a>)] {
        &self.entries
    }
}

impl<'a> Map<'a> {
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Tree(node) => node.len(),
            Self::Fields(fields) => fields.fields().len(),
            Self::Borrowed(map) => map.entries.len(),
            Self::Shared(map) => map.entries.len(),
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a string key.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<Value<'a>> {
        match self {
            Self::Tree(node) => node.get(name).map(Value::node),
            Self::Fields(fields) => fields.field(name),
            Self::Borrowed(_) | Self::Shared(_) => self.get(&Value::str(name)),
        }
    }

    /// The value of any key, by CEL's equality (`1`, `1u` and `1.0` are one key).
    #[must_use]
    pub fn get(&self, key: &Value<'_>) -> Option<Value<'a>> {
        let _ = key;
        None
    }

    /// All entries, in the map's order.
    #[must_use]
    pub fn entries(&self) -> Vec<(Value<'a>, Value<'a>)> {
        match self {
            Self::Tree(node) => {
                node.entries().map(|(key, value)| (Value::node(key), Value::node(value))).collect()
            }
            Self::Fields(fields) => {
                let entries = fields.fields().into_iter();
                entries.map(|(name, value)| (Value::String(Str::Borrowed(name)), value)).collect()
            }
            Self::Borrowed(map) => map.entries.clone(),
            Self::Shared(map) => map.entries.clone(),
        }
    }

    #[must_use]
    pub fn borrowed(&'a self) -> Self {
        match self {
            Self::Shared(map) => Self::Borrowed(map),
            other => other.clone(),
        }
    }
}

/// Builds a map key by key.
#[derive(Debug, Default)]
pub struct MapBuilder<'a> {
    map: OwnedMap<'a>,
}

impl<'a> MapBuilder<'a> {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an entry; gives `false`, and adds nothing, where the key is there already.
    pub fn insert(&mut self, key: Value<'a>, value: Value<'a>) -> bool {
        self.map.entries.push((key, value));
        true
    }

    #[must_use]
    pub fn finish(self) -> Value<'a> {
        Value::Map(Map::Shared(Arc::new(self.map)))
    }
}
