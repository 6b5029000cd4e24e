//! Values of library types (quantity, IP address, URL, authorizer): a trait object with a type and
//! an equality.

use std::{any::Any, fmt, ops::Deref, sync::Arc};

use crate::Type;

pub trait Opaque: Any + fmt::Debug + Send + Sync {
    fn type_of(&self) -> Type;

    /// CEL's `==`; `other` may be of another opaque type.
    fn equals(&self, other: &dyn Opaque) -> bool;

    /// What the cost of a call counts; `None` for what has no size.
    fn size(&self) -> Option<u64> {
        None
    }
}

impl dyn Opaque {
    #[must_use]
    pub fn downcast<T: Opaque>(&self) -> Option<&T> {
        (self as &dyn Any).downcast_ref()
    }
}

#[derive(Clone, Debug)]
pub enum OpaqueRef<'a> {
    Borrowed(&'a dyn Opaque),
    Shared(Arc<dyn Opaque>),
}

impl<'a> OpaqueRef<'a> {
    #[must_use]
    pub fn borrowed(&'a self) -> Self {
        Self::Borrowed(&**self)
    }
}

impl Deref for OpaqueRef<'_> {
    type Target = dyn Opaque;

    fn deref(&self) -> &dyn Opaque {
        match self {
            Self::Borrowed(value) => *value,
            Self::Shared(value) => &**value,
        }
    }
}
