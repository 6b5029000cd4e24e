//! `charAt`, `indexOf`, `lastIndexOf`, `substring`.

use crate::{
    EvalError, Type, Value,
    library::{Context, Function, Overload, args, index_out_of_range},
    value::Str,
};

pub(super) fn functions() -> Vec<Function> {
    let text = || Type::String;
    let int = || Type::Int;
    vec![
        Function::new("charAt").overload(Overload::member(
            "string_char_at_int",
            &[text(), int()],
            text(),
            char_at,
        )),
        Function::new("indexOf")
            .overload(Overload::member(
                "string_index_of_string",
                &[text(), text()],
                int(),
                index_of,
            ))
            .overload(Overload::member(
                "string_index_of_string_int",
                &[text(), text(), int()],
                int(),
                index_of,
            )),
        Function::new("lastIndexOf")
            .overload(Overload::member(
                "string_last_index_of_string",
                &[text(), text()],
                int(),
                last_index_of,
            ))
            .overload(Overload::member(
                "string_last_index_of_string_int",
                &[text(), text(), int()],
                int(),
                last_index_of_before,
            )),
        Function::new("substring")
            .overload(Overload::member("string_substring_int", &[text(), int()], text(), substring))
            .overload(Overload::member(
                "string_substring_int_int",
                &[text(), int(), int()],
                text(),
                substring,
            )),
    ]
}

/// The byte position of a character, or of the end of the text.
fn byte_at(text: &str, position: i64) -> Option<usize> {
    let position = usize::try_from(position).ok()?;
    let ends = std::iter::once(text.len());
    text.char_indices().map(|(byte, _)| byte).chain(ends).nth(position)
}

fn position_at(text: &str, byte: usize) -> Value<'static> {
    args::length(text.get(..byte).unwrap_or_default().chars().count())
}

fn char_at<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    let (text, position) = (args::str(values, 0)?, args::int(values, 1)?);
    let start = byte_at(text, position).ok_or_else(|| index_out_of_range(position))?;
    let rest = text.get(start..).unwrap_or_default();
    let end = start + rest.chars().next().map_or(0, char::len_utf8);
    Ok(Value::String(text.part(start..end)))
}

const NOT_FOUND: Value<'static> = Value::Int(-1);

fn index_of<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    let (text, wanted) = (args::text(values, 0)?, args::text(values, 1)?);
    let from = if values.len() > 2 { args::int(values, 2)? } else { 0 };
    if from < 0 {
        return Err(index_out_of_range(from));
    }
    if wanted.is_empty() {
        return Ok(clamped(text, from));
    }
    let Some(start) = byte_at(text, from) else { return Ok(NOT_FOUND) };
    let found = text.get(start..).and_then(|rest| rest.find(wanted));
    Ok(found.map_or(NOT_FOUND, |byte| position_at(text, start + byte)))
}

/// Where the empty text is found: at the asked position, or the end before it.
fn clamped(text: &str, position: i64) -> Value<'static> {
    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    Value::Int(position.min(length))
}

fn last_index_of<'a>(
    _: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let (text, wanted) = (args::text(values, 0)?, args::text(values, 1)?);
    if wanted.is_empty() {
        return Ok(args::length(text.chars().count()));
    }
    Ok(text.rfind(wanted).map_or(NOT_FOUND, |byte| position_at(text, byte)))
}

/// The last place that begins at the given position or before it.
fn last_index_of_before<'a>(
    _: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let (text, wanted) = (args::text(values, 0)?, args::text(values, 1)?);
    let last = args::int(values, 2)?;
    if last < 0 {
        return Err(index_out_of_range(last));
    }
    if wanted.is_empty() {
        return Ok(clamped(text, last));
    }
    let Some(start) = byte_at(text, last).filter(|byte| *byte < text.len()) else {
        return Ok(NOT_FOUND);
    };
    let end = text.floor_char_boundary(start + wanted.len());
    let found = text.get(..end).and_then(|before| before.rfind(wanted));
    Ok(found.map_or(NOT_FOUND, |byte| position_at(text, byte)))
}

fn substring<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    let text: &Str<'a> = args::str(values, 0)?;
    let from = args::int(values, 1)?;
    let to = if values.len() > 2 { Some(args::int(values, 2)?) } else { None };
    if let Some(to) = to.filter(|to| from > *to) {
        let message = format!("invalid substring range. start: {from}, end: {to}");
        return Err(EvalError::new(crate::ErrorKind::IndexOutOfRange, message));
    }
    let start = byte_at(text, from).ok_or_else(|| index_out_of_range(from))?;
    let end = match to {
        Some(to) => byte_at(text, to).ok_or_else(|| index_out_of_range(to))?,
        None => text.len(),
    };
    Ok(Value::String(text.part(start..end)))
}
