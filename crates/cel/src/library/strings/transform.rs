//! Texts made of texts: case, `replace`, `split`, `join`, `trim`, `reverse`.

use crate::{
    EvalError, Type, Value,
    library::{Context, Function, MAX_TEXT, Overload, args},
    value::Str,
};

pub(super) fn functions() -> Vec<Function> {
    let text = || Type::String;
    let texts = || Type::list(Type::String);
    vec![
        Function::new("lowerAscii").overload(Overload::member(
            "string_lower_ascii",
            &[text()],
            text(),
            |_, values| Ok(args::text(values, 0)?.to_ascii_lowercase().into()),
        )),
        Function::new("upperAscii").overload(Overload::member(
            "string_upper_ascii",
            &[text()],
            text(),
            |_, values| Ok(args::text(values, 0)?.to_ascii_uppercase().into()),
        )),
        Function::new("trim").overload(Overload::member("string_trim", &[text()], text(), trim)),
        Function::new("replace")
            .overload(Overload::member(
                "string_replace_string_string",
                &[text(), text(), text()],
                text(),
                replace,
            ))
            .overload(Overload::member(
                "string_replace_string_string_int",
                &[text(), text(), text(), Type::Int],
                text(),
                replace,
            )),
        Function::new("split")
            .overload(Overload::member("string_split_string", &[text(), text()], texts(), split))
            .overload(Overload::member(
                "string_split_string_int",
                &[text(), text(), Type::Int],
                texts(),
                split,
            )),
        Function::new("join")
            .overload(Overload::member("list_join", &[texts()], text(), join))
            .overload(Overload::member("list_join_string", &[texts(), text()], text(), join)),
    ]
}

pub(super) fn reverse() -> Function {
    Function::new("reverse").overload(Overload::member(
        "string_reverse",
        &[Type::String],
        Type::String,
        |_, values| Ok(args::text(values, 0)?.chars().rev().collect::<String>().into()),
    ))
}

fn trim<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    let text = args::str(values, 0)?;
    let start = text.len() - text.trim_start().len();
    let end = start + text.trim().len();
    Ok(Value::String(text.part(start..end)))
}

/// A count as argument: `None` without one or below 0, which means all.
fn count(values: &[Value<'_>], idx: usize) -> Result<Option<usize>, EvalError> {
    if values.len() <= idx {
        return Ok(None);
    }
    let count = args::int(values, idx)?;
    Ok(if count < 0 { None } else { Some(usize::try_from(count).unwrap_or(usize::MAX)) })
}

fn replace<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let (text, old, new) = (args::text(values, 0)?, args::text(values, 1)?, args::text(values, 2)?);
    let limit = count(values, 3)?.unwrap_or(usize::MAX);
    // A short text may become a long one: its length is work.
    let n_found = text.matches(old).take(limit).count();
    context.room_for(text.len().saturating_add(n_found.saturating_mul(new.len())))?;
    Ok(text.replacen(old, new, limit).into())
}

/// Copied bytes that count as one step.
const BYTES_PER_STEP: usize = 64;

fn split<'a>(context: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    let (text, separator) = (args::str(values, 0)?, args::text(values, 1)?);
    let limit = match count(values, 2)? {
        Some(0) => return Ok(Value::list(Vec::new())),
        Some(limit) => limit,
        None => usize::MAX,
    };
    let ends = borders(text, separator, limit);
    context.tick(ends.len())?;
    Ok(Value::list(ends.into_iter().map(|part| Value::String(text.part(part))).collect()))
}

/// The byte ranges of the parts; without a separator each character is one.
fn borders(text: &Str<'_>, separator: &str, limit: usize) -> Vec<std::ops::Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    if separator.is_empty() {
        while let Some(first) = text.get(start..).and_then(|rest| rest.chars().next()) {
            let is_last = parts.len() + 1 == limit;
            let end = if is_last { text.len() } else { start + first.len_utf8() };
            parts.push(start..end);
            start = end;
        }
        return parts;
    }
    for (byte, _) in text.match_indices(separator).take(limit - 1) {
        parts.push(start..byte);
        start = byte + separator.len();
    }
    parts.push(start..text.len());
    parts
}

fn join<'a>(context: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    let list = args::list(values, 0)?;
    let separator = if values.len() > 1 { args::text(values, 1)? } else { "" };
    let mut joined = String::new();
    for (idx, item) in list.iter().enumerate() {
        context.tick(1 + separator.len() / BYTES_PER_STEP)?;
        if idx > 0 {
            joined.push_str(separator);
        }
        let text = item.as_str().ok_or_else(|| {
            EvalError::invalid(format!("join: invalid input: {}", item.type_of()))
        })?;
        joined.push_str(text);
        if joined.len() > MAX_TEXT {
            context.room_for(joined.len())?;
        }
    }
    Ok(joined.into())
}
