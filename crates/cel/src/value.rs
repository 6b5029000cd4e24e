//! A value in an evaluation: scalars by value, everything else borrowed from the input, from the
//! plan's constants, or shared.
//!
//! A list or map of the input stays where it is: [`List::Tree`] and [`Map::Tree`] are references
//! into a document, [`List::Sequence`] and [`Map::Fields`] into typed Rust values.

mod compare;
mod list;
mod map;
mod number;
mod opaque;
mod text;
mod time;

pub(crate) use compare::equal;
pub use list::{List, Sequence};
pub use map::{Fields, Map, MapBuilder, OwnedMap};
pub(crate) use number::{Number, whole_u64};
pub use opaque::{Opaque, OpaqueRef};
pub use text::{Bytes, Str};
pub use time::{Duration, Timestamp};

use std::sync::Arc;

use kordon_model::{Kind, NodeRef};

use crate::Type;

#[derive(Clone, Debug)]
pub enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    Duration(Duration),
    Timestamp(Timestamp),
    String(Str<'a>),
    Bytes(Bytes<'a>),
    List(List<'a>),
    Map(Map<'a>),
    Optional(Option<Arc<Self>>),
    Type(Arc<Type>),
    Opaque(OpaqueRef<'a>),
    /// Not known here; reading it makes the outcome [`crate::Failure::Unknown`] with this path
    /// (`request.userInfo`). Never reaches a function.
    Unknown(Str<'a>),
}

impl<'a> Value<'a> {
    #[must_use]
    pub fn str(text: &'a str) -> Self {
        Self::String(Str::Borrowed(text))
    }

    pub fn string(text: impl Into<Arc<str>>) -> Self {
        Self::String(Str::Shared(text.into()))
    }

    #[must_use]
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(List::Shared(Arc::new(items)))
    }

    #[must_use]
    pub fn some(value: Self) -> Self {
        Self::Optional(Some(Arc::new(value)))
    }

    pub fn opaque(value: impl Opaque) -> Self {
        Self::Opaque(OpaqueRef::Shared(Arc::new(value)))
    }

    /// The opaque value as its Rust type, if that is what it is.
    #[must_use]
    pub fn as_opaque<T: Opaque>(&self) -> Option<&T> {
        match self {
            Self::Opaque(opaque) => opaque.downcast(),
            _ => None,
        }
    }

    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a document's node; lists and maps stay references.
    #[must_use]
    pub fn node(node: NodeRef<'a>) -> Self {
        match node.kind() {
            Kind::Null => Self::Null,
            Kind::Bool(value) => Self::Bool(value),
            Kind::Int(value) => Self::Int(value),
            Kind::Float(value) => Self::Double(value),
            Kind::String => Self::str(node.as_str().unwrap_or_default()),
            Kind::List => Self::List(List::Tree(node)),
            Kind::Map => Self::Map(Map::Tree(node)),
        }
    }

    /// The runtime type; element types are not looked at (`list(dyn)`).
    #[must_use]
    pub fn type_of(&self) -> Type {
        match self {
            Self::Null => Type::Null,
            Self::Bool(_) => Type::Bool,
            Self::Int(_) => Type::Int,
            Self::Uint(_) => Type::Uint,
            Self::Double(_) => Type::Double,
            Self::Duration(_) => Type::Duration,
            Self::Timestamp(_) => Type::Timestamp,
            Self::String(_) => Type::String,
            Self::Bytes(_) => Type::Bytes,
            Self::List(_) => Type::list(Type::Dyn),
            Self::Map(_) => Type::map(Type::Dyn, Type::Dyn),
            Self::Optional(_) => Type::optional(Type::Dyn),
            Self::Type(_) => Type::of_type(Type::Dyn),
            Self::Opaque(opaque) => opaque.type_of(),
            Self::Unknown(_) => Type::Dyn,
        }
    }

    /// A reference to this value that costs no reference count.
    #[must_use]
    pub fn borrowed(&'a self) -> Self {
        match self {
            Self::String(text) => Self::String(text.borrowed()),
            Self::Bytes(bytes) => Self::Bytes(bytes.borrowed()),
            Self::List(list) => Self::List(list.borrowed()),
            Self::Map(map) => Self::Map(map.borrowed()),
            Self::Opaque(opaque) => Self::Opaque(opaque.borrowed()),
            other => other.clone(),
        }
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<f64> for Value<'_> {
    fn from(value: f64) -> Self {
        Self::Double(value)
    }
}

impl From<String> for Value<'_> {
    fn from(value: String) -> Self {
        Self::string(value)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::str(value)
    }
}
