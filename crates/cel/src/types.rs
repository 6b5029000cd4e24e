//! The types of CEL: what variables are declared with, what the checker deduces, and what values
//! say of themselves.

use std::{fmt, sync::Arc};

/// A type. Parameterised types share their arguments, so that a clone is cheap.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Type {
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Duration,
    Timestamp,
    /// Checked at evaluation.
    Dyn,
    /// The type of an expression that has a problem; it fits everywhere, so that one mistake is
    /// reported once.
    Error,
    List(Arc<Self>),
    Map(Arc<(Self, Self)>),
    Optional(Arc<Self>),
    /// The type of a type: `type(1)` is `type(int)`.
    Type(Arc<Self>),
    /// A library's own type, as `kubernetes.Quantity`.
    Opaque(&'static str),
    /// A type with parameters that only declarations name: `tuple(int, string)`.
    Generic(Arc<GenericType>),
    /// A struct with declared fields: `request`, `namespaceObject`, events.
    Object(Arc<ObjectType>),
    /// A type parameter of an overload, as `T`.
    Param(&'static str),
    /// A type variable while the checker works; no finished program has one.
    Var(u32),
}

#[derive(PartialEq, Eq, Hash, Debug)]
pub struct GenericType {
    pub name: Box<str>,
    pub params: Vec<Type>,
}

/// A struct type. Reading a field that it does not have is refused by the checker.
#[derive(PartialEq, Eq, Hash, Debug)]
pub struct ObjectType {
    pub name: Box<str>,
    pub fields: Vec<ObjectField>,
}

#[derive(PartialEq, Eq, Hash, Debug)]
pub struct ObjectField {
    pub name: Box<str>,
    pub type_: Type,
}

impl ObjectType {
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Type> {
        self.fields.iter().find(|field| &*field.name == name).map(|field| &field.type_)
    }
}

impl Type {
    #[must_use]
    pub fn list(item: Self) -> Self {
        Self::List(Arc::new(item))
    }

    #[must_use]
    pub fn map(key: Self, value: Self) -> Self {
        Self::Map(Arc::new((key, value)))
    }

    #[must_use]
    pub fn optional(value: Self) -> Self {
        Self::Optional(Arc::new(value))
    }

    #[must_use]
    pub fn of_type(type_: Self) -> Self {
        Self::Type(Arc::new(type_))
    }

    #[must_use]
    pub fn generic(name: &str, params: Vec<Self>) -> Self {
        Self::Generic(Arc::new(GenericType { name: name.into(), params }))
    }

    /// A struct type from `(name, type)` pairs.
    #[must_use]
    pub fn object(name: &str, fields: &[(&str, Self)]) -> Self {
        let field = |(name, type_): &(&str, Self)| ObjectField {
            name: (*name).into(),
            type_: type_.clone(),
        };
        let fields = fields.iter().map(field).collect();
        Self::Object(Arc::new(ObjectType { name: name.into(), fields }))
    }

    #[must_use]
    pub fn is_dyn(&self) -> bool {
        matches!(self, Self::Dyn | Self::Error)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null_type"),
            Self::Bool => f.write_str("bool"),
            Self::Int => f.write_str("int"),
            Self::Uint => f.write_str("uint"),
            Self::Double => f.write_str("double"),
            Self::String => f.write_str("string"),
            Self::Bytes => f.write_str("bytes"),
            Self::Duration => f.write_str("google.protobuf.Duration"),
            Self::Timestamp => f.write_str("google.protobuf.Timestamp"),
            Self::Dyn => f.write_str("dyn"),
            Self::Error => f.write_str("*error*"),
            Self::List(item) => write!(f, "list({item})"),
            Self::Map(entry) => write!(f, "map({}, {})", entry.0, entry.1),
            Self::Optional(value) => write!(f, "optional_type({value})"),
            Self::Type(of) => write!(f, "type({of})"),
            Self::Opaque(name) | Self::Param(name) => f.write_str(name),
            Self::Generic(generic) => {
                write!(f, "{}(", generic.name)?;
                for (idx, param) in generic.params.iter().enumerate() {
                    let separator = if idx == 0 { "" } else { ", " };
                    write!(f, "{separator}{param}")?;
                }
                f.write_str(")")
            }
            Self::Object(object) => f.write_str(&object.name),
            Self::Var(id) => write!(f, "_var{id}"),
        }
    }
}
