//! The functions that every dialect has, operators aside: sizes, conversions, text, time.

mod convert;
mod text;
mod time;

pub(super) use text::pattern;

use super::{Function, Library, Overload, args};
use crate::{EvalError, Type, Value, library::Context};

impl Library {
    /// The standard functions of CEL other than operators.
    #[must_use]
    pub fn standard() -> Self {
        let mut functions = vec![size()];
        functions.extend(convert::functions());
        functions.extend(text::functions());
        functions.extend(time::functions());
        Self::of("standard", functions)
    }
}

fn size() -> Function {
    let list = Type::list(Type::Param("A"));
    let map = Type::map(Type::Param("A"), Type::Param("B"));
    Function::new("size")
        .overload(Overload::global("size_bytes", &[Type::Bytes], Type::Int, size_of))
        .overload(Overload::member("bytes_size", &[Type::Bytes], Type::Int, size_of))
        .overload(Overload::global("size_list", std::slice::from_ref(&list), Type::Int, size_of))
        .overload(Overload::member("list_size", &[list], Type::Int, size_of))
        .overload(Overload::global("size_map", std::slice::from_ref(&map), Type::Int, size_of))
        .overload(Overload::member("map_size", &[map], Type::Int, size_of))
        .overload(Overload::global("size_string", &[Type::String], Type::Int, size_of))
        .overload(Overload::member("string_size", &[Type::String], Type::Int, size_of))
}

fn size_of<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    let value = args::any(values, 0)?;
    value.size().map(args::length).ok_or_else(EvalError::no_such_overload)
}

impl Value<'_> {
    /// What `size()` says: characters, bytes, items, entries. `None` for what has no size.
    #[must_use]
    pub fn size(&self) -> Option<usize> {
        match self {
            Value::String(text) => Some(text.chars().count()),
            Value::Bytes(bytes) => Some(bytes.len()),
            Value::List(list) => Some(list.len()),
            Value::Map(map) => Some(map.len()),
            _ => None,
        }
    }
}
