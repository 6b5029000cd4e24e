//! Optional values: the functions; the syntax (`a.?b`, `a[?b]`, `optMap`) comes with the macros.
//!
//! The planner treats optional selection, indexing and the `or` functions on its own; their rows are
//! here for the checker and for arguments that are values already.

use super::{Function, Library, MacroSet, Overload, args};
use crate::{ErrorKind, EvalError, Type, Value, library::Context};

impl Library {
    /// Version 1 has what Kubernetes had from 1.28 on, version 2 adds `first`, `last` and
    /// `unwrapOpt`.
    #[must_use]
    pub fn optionals(version: u32) -> Self {
        let mut functions = constructors();
        functions.extend(accessors());
        functions.extend(operators());
        if version >= 2 {
            functions.extend(of_lists());
        }
        Self {
            types: vec![("optional_type", Type::optional(Type::Dyn))],
            macros: vec![MacroSet::Optionals],
            ..Self::of("optionals", functions)
        }
    }
}

fn value() -> Type {
    Type::Param("V")
}

fn optional() -> Type {
    Type::optional(value())
}

fn list() -> Type {
    Type::list(value())
}

fn constructors() -> Vec<Function> {
    vec![
        Function::new("optional.of").overload(Overload::global(
            "optional_of",
            &[value()],
            optional(),
            |_, values| Ok(Value::some(args::any(values, 0)?.clone())),
        )),
        Function::new("optional.ofNonZeroValue").overload(Overload::global(
            "optional_ofNonZeroValue",
            &[value()],
            optional(),
            |_, values| {
                let value = args::any(values, 0)?;
                let is_zero = is_zero(value);
                Ok(if is_zero { Value::Optional(None) } else { Value::some(value.clone()) })
            },
        )),
        Function::new("optional.none").overload(Overload::global(
            "optional_none",
            &[],
            optional(),
            |_, _| Ok(Value::Optional(None)),
        )),
    ]
}

/// What a field has that was never set.
fn is_zero(value: &Value<'_>) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Int(value) => *value == 0,
        Value::Uint(value) => *value == 0,
        Value::Double(value) => *value == 0.0,
        Value::String(text) => text.is_empty(),
        Value::Bytes(bytes) => bytes.is_empty(),
        Value::List(list) => list.is_empty(),
        Value::Map(map) => map.is_empty(),
        Value::Duration(duration) => duration.as_nanos() == Some(0),
        // The zero of the reference is the year 1, not 1970.
        Value::Timestamp(moment) => {
            moment.seconds == super::timestamp::MIN_SECONDS && moment.nanos == 0
        }
        Value::Optional(value) => value.is_none(),
        Value::Type(_) | Value::Opaque(_) | Value::Unknown(_) => false,
    }
}

fn accessors() -> Vec<Function> {
    vec![
        Function::new("value").overload(Overload::member(
            "optional_value",
            &[optional()],
            value(),
            |_, values| match args::any(values, 0)? {
                Value::Optional(Some(value)) => Ok((**value).clone()),
                Value::Optional(None) => Err(none_dereferenced()),
                _ => Err(EvalError::no_such_overload()),
            },
        )),
        Function::new("hasValue").overload(Overload::member(
            "optional_hasValue",
            &[optional()],
            Type::Bool,
            |_, values| match args::any(values, 0)? {
                Value::Optional(value) => Ok(value.is_some().into()),
                _ => Err(EvalError::no_such_overload()),
            },
        )),
        Function::new("or").overload(Overload::member(
            "optional_or_optional",
            &[optional(), optional()],
            optional(),
            |_, values| match args::any(values, 0)? {
                some @ Value::Optional(Some(_)) => Ok(some.clone()),
                Value::Optional(None) => args::any(values, 1).cloned(),
                _ => Err(EvalError::no_such_overload()),
            },
        )),
        Function::new("orValue").overload(Overload::member(
            "optional_orValue_value",
            &[optional(), value()],
            value(),
            |_, values| match args::any(values, 0)? {
                Value::Optional(Some(value)) => Ok((**value).clone()),
                Value::Optional(None) => args::any(values, 1).cloned(),
                _ => Err(EvalError::no_such_overload()),
            },
        )),
    ]
}

fn none_dereferenced() -> EvalError {
    EvalError::new(ErrorKind::OptionalNone, "optional.none() dereference")
        .with_hint("`orValue(…)` gives a value in its place")
}

fn operators() -> Vec<Function> {
    let map = || Type::map(Type::Param("K"), value());
    let key = || Type::Param("K");
    let row = |id, of: Type, key: Type| Overload::global(id, &[of, key], optional(), planned);
    vec![
        Function::new("_?._").overload(row("select_optional_field", Type::Dyn, Type::String)),
        Function::new("_[?_]")
            .overload(row("list_optindex_optional_int", list(), Type::Int))
            .overload(row("optional_list_optindex_optional_int", Type::optional(list()), Type::Int))
            .overload(row("map_optindex_optional_value", map(), key()))
            .overload(row("optional_map_optindex_optional_value", Type::optional(map()), key())),
        Function::new("_[_]")
            .overload(row("optional_list_index_int", Type::optional(list()), Type::Int))
            .overload(row("optional_map_index_value", Type::optional(map()), key())),
    ]
}

/// Stands for what the planner has nodes of its own for.
fn planned<'a>(_: &mut Context<'_, 'a>, _: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    Err(EvalError::no_such_overload())
}

fn of_lists() -> Vec<Function> {
    let optionals = || Type::list(optional());
    vec![
        Function::new("last").overload(Overload::member(
            "list_last",
            &[list()],
            optional(),
            |_, values| {
                let list = args::list(values, 0)?;
                let last = list.len().checked_sub(1).and_then(|idx| list.get(idx));
                Ok(last.map_or(Value::Optional(None), Value::some))
            },
        )),
        Function::new("first").overload(Overload::member(
            "list_first",
            &[list()],
            optional(),
            |_, values| {
                let first = args::list(values, 0)?.get(0);
                Ok(first.map_or(Value::Optional(None), Value::some))
            },
        )),
        Function::new("optional.unwrap").overload(Overload::global(
            "optional_unwrap",
            &[optionals()],
            list(),
            unwrap,
        )),
        Function::new("unwrapOpt").overload(Overload::member(
            "optional_unwrapOpt",
            &[optionals()],
            list(),
            unwrap,
        )),
    ]
}

/// The values that are there.
fn unwrap<'a>(context: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    let list = args::list(values, 0)?;
    context.tick(list.len())?;
    let mut found = Vec::new();
    for item in list.iter() {
        match item {
            Value::Optional(Some(value)) => found.push((*value).clone()),
            Value::Optional(None) => {}
            other => {
                let message = format!("value of type {} is not optional", other.type_of());
                return Err(EvalError::invalid(message));
            }
        }
    }
    Ok(Value::list(found))
}
