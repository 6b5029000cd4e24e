//! Operators of the language: signatures, and what each does.
//!
//! The planner treats `_?_:_`, `_&&_`, `_||_`, `_==_`, `_!=_` and indexes on its own; their rows are
//! here for the checker.

use crate::{
    ErrorKind, EvalError, Type, Value,
    library::{Context, Function, Library, Overload},
};

impl Library {
    /// The operators, and the type names that every dialect has.
    #[must_use]
    pub fn language() -> Self {
        let mut functions = logic();
        functions.extend([add(), subtract(), multiply(), divide(), modulo(), negate()]);
        functions.extend([less(), less_equals(), greater(), greater_equals()]);
        functions.extend(collections());
        Self { name: "language", functions, types: types(), macros: Vec::new() }
    }
}

fn types() -> Vec<(&'static str, Type)> {
    vec![
        ("bool", Type::Bool),
        ("bytes", Type::Bytes),
        ("double", Type::Double),
        ("google.protobuf.Duration", Type::Duration),
        ("google.protobuf.Timestamp", Type::Timestamp),
        ("int", Type::Int),
        ("list", Type::list(Type::Dyn)),
        ("map", Type::map(Type::Dyn, Type::Dyn)),
        ("null_type", Type::Null),
        ("string", Type::String),
        ("type", Type::of_type(Type::Dyn)),
        ("uint", Type::Uint),
    ]
}

/// Stands where an implementation is not there.
fn unfinished<'a>(_: &mut Context<'_, 'a>, _: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    Err(EvalError::new(ErrorKind::Other, "this operator is not written yet"))
}

fn a() -> Type {
    Type::Param("A")
}

fn b() -> Type {
    Type::Param("B")
}

fn logic() -> Vec<Function> {
    let bools = [Type::Bool, Type::Bool];
    vec![
        Function::new("_?_:_").overload(Overload::global(
            "conditional",
            &[Type::Bool, a(), a()],
            a(),
            unfinished,
        )),
        Function::new("_&&_").overload(Overload::global(
            "logical_and",
            &bools,
            Type::Bool,
            unfinished,
        )),
        Function::new("_||_").overload(Overload::global(
            "logical_or",
            &bools,
            Type::Bool,
            unfinished,
        )),
        Function::new("!_").overload(Overload::global(
            "logical_not",
            &[Type::Bool],
            Type::Bool,
            unfinished,
        )),
        Function::new("_==_").overload(Overload::global(
            "equals",
            &[a(), a()],
            Type::Bool,
            unfinished,
        )),
        Function::new("_!=_").overload(Overload::global(
            "not_equals",
            &[a(), a()],
            Type::Bool,
            unfinished,
        )),
    ]
}

fn binary(id: &'static str, left: Type, right: Type, result: Type) -> Overload {
    Overload::global(id, &[left, right], result, unfinished)
}

fn add() -> Function {
    Function::new("_+_")
        .overload(binary("add_bytes", Type::Bytes, Type::Bytes, Type::Bytes))
        .overload(binary("add_double", Type::Double, Type::Double, Type::Double))
        .overload(binary("add_duration_duration", Type::Duration, Type::Duration, Type::Duration))
        .overload(binary(
            "add_duration_timestamp",
            Type::Duration,
            Type::Timestamp,
            Type::Timestamp,
        ))
        .overload(binary(
            "add_timestamp_duration",
            Type::Timestamp,
            Type::Duration,
            Type::Timestamp,
        ))
        .overload(binary("add_int64", Type::Int, Type::Int, Type::Int))
        .overload(binary("add_list", Type::list(a()), Type::list(a()), Type::list(a())))
        .overload(binary("add_string", Type::String, Type::String, Type::String))
        .overload(binary("add_uint64", Type::Uint, Type::Uint, Type::Uint))
}

fn subtract() -> Function {
    Function::new("_-_")
        .overload(binary("subtract_double", Type::Double, Type::Double, Type::Double))
        .overload(binary(
            "subtract_duration_duration",
            Type::Duration,
            Type::Duration,
            Type::Duration,
        ))
        .overload(binary("subtract_int64", Type::Int, Type::Int, Type::Int))
        .overload(binary(
            "subtract_timestamp_duration",
            Type::Timestamp,
            Type::Duration,
            Type::Timestamp,
        ))
        .overload(binary(
            "subtract_timestamp_timestamp",
            Type::Timestamp,
            Type::Timestamp,
            Type::Duration,
        ))
        .overload(binary("subtract_uint64", Type::Uint, Type::Uint, Type::Uint))
}

fn multiply() -> Function {
    Function::new("_*_")
        .overload(binary("multiply_double", Type::Double, Type::Double, Type::Double))
        .overload(binary("multiply_int64", Type::Int, Type::Int, Type::Int))
        .overload(binary("multiply_uint64", Type::Uint, Type::Uint, Type::Uint))
}

fn divide() -> Function {
    Function::new("_/_")
        .overload(binary("divide_double", Type::Double, Type::Double, Type::Double))
        .overload(binary("divide_int64", Type::Int, Type::Int, Type::Int))
        .overload(binary("divide_uint64", Type::Uint, Type::Uint, Type::Uint))
}

fn modulo() -> Function {
    Function::new("_%_")
        .overload(binary("modulo_int64", Type::Int, Type::Int, Type::Int))
        .overload(binary("modulo_uint64", Type::Uint, Type::Uint, Type::Uint))
}

fn negate() -> Function {
    Function::new("-_")
        .overload(Overload::global("negate_double", &[Type::Double], Type::Double, unfinished))
        .overload(Overload::global("negate_int64", &[Type::Int], Type::Int, unfinished))
}

fn less() -> Function {
    Function::new("_<_")
        .overload(binary("less_bool", Type::Bool, Type::Bool, Type::Bool))
        .overload(binary("less_int64", Type::Int, Type::Int, Type::Bool))
        .overload(binary("less_int64_double", Type::Int, Type::Double, Type::Bool))
        .overload(binary("less_int64_uint64", Type::Int, Type::Uint, Type::Bool))
        .overload(binary("less_uint64", Type::Uint, Type::Uint, Type::Bool))
        .overload(binary("less_uint64_double", Type::Uint, Type::Double, Type::Bool))
        .overload(binary("less_uint64_int64", Type::Uint, Type::Int, Type::Bool))
        .overload(binary("less_double", Type::Double, Type::Double, Type::Bool))
        .overload(binary("less_double_int64", Type::Double, Type::Int, Type::Bool))
        .overload(binary("less_double_uint64", Type::Double, Type::Uint, Type::Bool))
        .overload(binary("less_string", Type::String, Type::String, Type::Bool))
        .overload(binary("less_bytes", Type::Bytes, Type::Bytes, Type::Bool))
        .overload(binary("less_timestamp", Type::Timestamp, Type::Timestamp, Type::Bool))
        .overload(binary("less_duration", Type::Duration, Type::Duration, Type::Bool))
}

fn less_equals() -> Function {
    Function::new("_<=_")
        .overload(binary("less_equals_bool", Type::Bool, Type::Bool, Type::Bool))
        .overload(binary("less_equals_int64", Type::Int, Type::Int, Type::Bool))
        .overload(binary("less_equals_int64_double", Type::Int, Type::Double, Type::Bool))
        .overload(binary("less_equals_int64_uint64", Type::Int, Type::Uint, Type::Bool))
        .overload(binary("less_equals_uint64", Type::Uint, Type::Uint, Type::Bool))
        .overload(binary("less_equals_uint64_double", Type::Uint, Type::Double, Type::Bool))
        .overload(binary("less_equals_uint64_int64", Type::Uint, Type::Int, Type::Bool))
        .overload(binary("less_equals_double", Type::Double, Type::Double, Type::Bool))
        .overload(binary("less_equals_double_int64", Type::Double, Type::Int, Type::Bool))
        .overload(binary("less_equals_double_uint64", Type::Double, Type::Uint, Type::Bool))
        .overload(binary("less_equals_string", Type::String, Type::String, Type::Bool))
        .overload(binary("less_equals_bytes", Type::Bytes, Type::Bytes, Type::Bool))
        .overload(binary("less_equals_timestamp", Type::Timestamp, Type::Timestamp, Type::Bool))
        .overload(binary("less_equals_duration", Type::Duration, Type::Duration, Type::Bool))
}

fn greater() -> Function {
    Function::new("_>_")
        .overload(binary("greater_bool", Type::Bool, Type::Bool, Type::Bool))
        .overload(binary("greater_int64", Type::Int, Type::Int, Type::Bool))
        .overload(binary("greater_int64_double", Type::Int, Type::Double, Type::Bool))
        .overload(binary("greater_int64_uint64", Type::Int, Type::Uint, Type::Bool))
        .overload(binary("greater_uint64", Type::Uint, Type::Uint, Type::Bool))
        .overload(binary("greater_uint64_double", Type::Uint, Type::Double, Type::Bool))
        .overload(binary("greater_uint64_int64", Type::Uint, Type::Int, Type::Bool))
        .overload(binary("greater_double", Type::Double, Type::Double, Type::Bool))
        .overload(binary("greater_double_int64", Type::Double, Type::Int, Type::Bool))
        .overload(binary("greater_double_uint64", Type::Double, Type::Uint, Type::Bool))
        .overload(binary("greater_string", Type::String, Type::String, Type::Bool))
        .overload(binary("greater_bytes", Type::Bytes, Type::Bytes, Type::Bool))
        .overload(binary("greater_timestamp", Type::Timestamp, Type::Timestamp, Type::Bool))
        .overload(binary("greater_duration", Type::Duration, Type::Duration, Type::Bool))
}

fn greater_equals() -> Function {
    Function::new("_>=_")
        .overload(binary("greater_equals_bool", Type::Bool, Type::Bool, Type::Bool))
        .overload(binary("greater_equals_int64", Type::Int, Type::Int, Type::Bool))
        .overload(binary("greater_equals_int64_double", Type::Int, Type::Double, Type::Bool))
        .overload(binary("greater_equals_int64_uint64", Type::Int, Type::Uint, Type::Bool))
        .overload(binary("greater_equals_uint64", Type::Uint, Type::Uint, Type::Bool))
        .overload(binary("greater_equals_uint64_double", Type::Uint, Type::Double, Type::Bool))
        .overload(binary("greater_equals_uint64_int64", Type::Uint, Type::Int, Type::Bool))
        .overload(binary("greater_equals_double", Type::Double, Type::Double, Type::Bool))
        .overload(binary("greater_equals_double_int64", Type::Double, Type::Int, Type::Bool))
        .overload(binary("greater_equals_double_uint64", Type::Double, Type::Uint, Type::Bool))
        .overload(binary("greater_equals_string", Type::String, Type::String, Type::Bool))
        .overload(binary("greater_equals_bytes", Type::Bytes, Type::Bytes, Type::Bool))
        .overload(binary("greater_equals_timestamp", Type::Timestamp, Type::Timestamp, Type::Bool))
        .overload(binary("greater_equals_duration", Type::Duration, Type::Duration, Type::Bool))
}

fn collections() -> Vec<Function> {
    let map = || Type::map(a(), b());
    vec![
        Function::new("_[_]")
            .overload(binary("index_list", Type::list(a()), Type::Int, a()))
            .overload(binary("index_map", map(), a(), b())),
        Function::new("@in")
            .overload(binary("in_list", a(), Type::list(a()), Type::Bool))
            .overload(binary("in_map", a(), map(), Type::Bool)),
    ]
}
