//! Lists of the same items in another shape: `slice`, `flatten`, `distinct`, `reverse`,
//! `lists.range`.

use super::super::{Context, Function, Overload, args};
use crate::{ErrorKind, EvalError, List, Type, Value};

/// `lists.range` makes no longer list than this.
const MAX_RANGE: i64 = 1_000_000;

/// Lists nest at most so deep.
const MAX_DEPTH: i64 = 512;

fn list() -> Type {
    Type::list(Type::Param("T"))
}

pub(super) fn slice_function() -> Function {
    Function::new("slice").overload(Overload::member(
        "list_slice",
        &[list(), Type::Int, Type::Int],
        list(),
        slice,
    ))
}

pub(super) fn flatten_function() -> Function {
    Function::new("flatten")
        .overload(
            // A list that is flat already stays as it is.
            Overload::member("list_flatten", &[Type::list(list())], list(), flatten).unguarded(),
        )
        .overload(Overload::member(
            "list_flatten_int",
            &[Type::list(Type::Dyn), Type::Int],
            Type::list(Type::Dyn),
            flatten,
        ))
}

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("lists.range").overload(Overload::global(
            "lists_range",
            &[Type::Int],
            Type::list(Type::Int),
            range,
        )),
        Function::new("reverse").overload(Overload::member(
            "list_reverse",
            &[list()],
            list(),
            |context, values| {
                let list = args::list(values, 0)?;
                context.tick(list.len())?;
                let mut items: Vec<Value<'_>> = list.iter().collect();
                items.reverse();
                Ok(Value::list(items))
            },
        )),
        Function::new("distinct").overload(Overload::member(
            "list_distinct",
            &[list()],
            list(),
            distinct,
        )),
    ]
}

fn slice<'a>(context: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    let list = args::list(values, 0)?;
    let (start, end) = (args::int(values, 1)?, args::int(values, 2)?);
    let refused = |why: String| {
        let message = format!("cannot slice({start}, {end}), {why}");
        Err(EvalError::new(ErrorKind::IndexOutOfRange, message))
    };
    let (Ok(first), Ok(after)) = (usize::try_from(start), usize::try_from(end)) else {
        return refused("negative indexes not supported".to_owned());
    };
    if first > after {
        return refused("start index must be less than or equal to end index".to_owned());
    }
    if list.len() < after {
        return refused(format!("list is length {}", list.len()));
    }
    context.tick(after - first)?;
    Ok(Value::list((first..after).filter_map(|idx| list.get(idx)).collect()))
}

fn flatten<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let depth = if values.len() > 1 { args::int(values, 1)? } else { 1 };
    if depth < 0 {
        return Err(EvalError::invalid("level must be non-negative"));
    }
    let mut items = Vec::new();
    flatten_into(&mut items, args::list(values, 0)?, depth.min(MAX_DEPTH), context)?;
    Ok(Value::list(items))
}

fn flatten_into<'a>(
    items: &mut Vec<Value<'a>>,
    list: &List<'a>,
    depth: i64,
    context: &mut Context<'_, 'a>,
) -> Result<(), EvalError> {
    context.tick(list.len())?;
    for item in list.iter() {
        match &item {
            Value::List(inner) if depth > 0 => flatten_into(items, inner, depth - 1, context)?,
            _ => items.push(item),
        }
    }
    Ok(())
}

fn range<'a>(context: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    let size = args::int(values, 0)?;
    if size < 0 {
        let message = format!("lists.range: size must be non-negative, got {size}");
        return Err(EvalError::invalid(message));
    }
    if size > MAX_RANGE {
        let message = format!("lists.range: size {size} exceeds maximum allowed ({MAX_RANGE})");
        return Err(EvalError::invalid(message));
    }
    context.tick(usize::try_from(size).unwrap_or(usize::MAX))?;
    Ok(Value::list((0..size).map(Value::Int).collect()))
}

fn distinct<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let mut kept: Vec<Value<'a>> = Vec::new();
    for item in args::list(values, 0)?.iter() {
        context.tick(1 + kept.len())?;
        if !kept.iter().any(|other| other.equals(&item)) {
            kept.push(item);
        }
    }
    Ok(Value::list(kept))
}
