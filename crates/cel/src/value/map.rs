//! Maps and structs: of a document, of a typed Rust value, or made in the evaluation.

use std::{collections::HashMap, fmt, sync::Arc};

use foldhash::fast::FixedState;
use kordon_model::NodeRef;

use super::{Str, Value, number::Number, number::whole_u64};

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
    /// Where a key is; empty while the map is small enough to look through.
    index: HashMap<Key<'a>, u32, FixedState>,
}

/// Maps up to this size are searched one key after the other.
const SMALL: usize = 8;

/// A key in its one form: equal keys of different number types are one.
#[derive(PartialEq, Eq, Hash, Debug)]
enum Key<'a> {
    Bool(bool),
    Int(i64),
    Uint(u64),
    Text(KeyText<'a>),
}

#[derive(Debug)]
struct KeyText<'a>(Str<'a>);

impl PartialEq for KeyText<'_> {
    fn eq(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }
}

impl Eq for KeyText<'_> {}

impl std::hash::Hash for KeyText<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (*self.0).hash(state);
    }
}

impl<'a> Key<'a> {
    fn of(value: &Value<'a>) -> Option<Self> {
        let number = match value {
            Value::Bool(value) => return Some(Self::Bool(*value)),
            Value::String(text) => return Some(Self::Text(KeyText(text.clone()))),
            _ => Number::of(value)?,
        };
        match (number.as_int(), number) {
            (Some(value), _) => Some(Self::Int(value)),
            (None, Number::Uint(value)) => Some(Self::Uint(value)),
            (None, Number::Double(value)) => whole_u64(value).map(Self::Uint),
            (None, Number::Int(_)) => None,
        }
    }
}

impl<'a> OwnedMap<'a> {
    #[must_use]
    pub fn entries(&self) -> &[(Value<'a>, Value<'a>)] {
        &self.entries
    }

    fn position(&self, key: &Value<'_>) -> Option<usize> {
        if self.entries.len() > SMALL {
            return self.indexed(key);
        }
        self.entries.iter().position(|(candidate, _)| candidate.equals(key))
    }

    fn indexed(&self, key: &Value<'_>) -> Option<usize> {
        self.index.get(&Key::of(key)?).map(|idx| *idx as usize)
    }

    fn get(&self, key: &Value<'_>) -> Option<&Value<'a>> {
        self.position(key).map(|idx| &self.entries[idx].1)
    }

    fn text(&self, name: &str) -> Option<&Value<'a>> {
        if self.entries.len() > SMALL {
            return self.get(&Value::str(name));
        }
        let found = self.entries.iter().find(|(key, _)| key.as_str() == Some(name));
        found.map(|(_, value)| value)
    }

    fn push(&mut self, key: Value<'a>, value: Value<'a>) {
        self.entries.push((key, value));
        match self.entries.len() {
            n if n <= SMALL => {}
            n if n == SMALL + 1 => {
                for idx in 0..n {
                    self.index_entry(idx);
                }
            }
            n => self.index_entry(n - 1),
        }
    }

    fn index_entry(&mut self, idx: usize) {
        if let Some(key) = Key::of(&self.entries[idx].0) {
            self.index.insert(key, u32::try_from(idx).expect("maps stay below 4 G entries"));
        }
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
            Self::Borrowed(map) => map.text(name).map(Value::borrowed),
            Self::Shared(map) => map.text(name).cloned(),
        }
    }

    /// Whether a string key is there.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        match self {
            Self::Tree(node) => node.get(name).is_some(),
            Self::Fields(fields) => fields.field(name).is_some(),
            Self::Borrowed(map) => map.text(name).is_some(),
            Self::Shared(map) => map.text(name).is_some(),
        }
    }

    /// The value of any key, by CEL's equality (`1`, `1u` and `1.0` are one key).
    #[must_use]
    pub fn get(&self, key: &Value<'_>) -> Option<Value<'a>> {
        match self {
            Self::Tree(_) | Self::Fields(_) => self.field(key.as_str()?),
            Self::Borrowed(map) => map.get(key).map(Value::borrowed),
            Self::Shared(map) => map.get(key).cloned(),
        }
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
        let is_new = self.map.position(&key).is_none();
        if is_new {
            self.map.push(key, value);
        }
        is_new
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.map.entries.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.map.entries.is_empty()
    }

    #[must_use]
    pub fn finish(self) -> Value<'a> {
        Value::Map(Map::Shared(Arc::new(self.map)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_different_number_types_are_one_in_small_and_large_maps() {
        for n in [2, 100] {
            let mut map = MapBuilder::new();
            for key in 0..n {
                assert!(map.insert(Value::Int(key), Value::Int(key * 2)));
            }
            assert!(!map.insert(Value::Double(1.0), Value::Null));
            let Value::Map(map) = map.finish() else { panic!("a map") };
            assert!(map.get(&Value::Uint(1)).is_some_and(|value| value.equals(&Value::Int(2))));
            assert!(map.get(&Value::Double(1.5)).is_none());
            assert!(map.get(&Value::str("1")).is_none());
        }
    }
}
