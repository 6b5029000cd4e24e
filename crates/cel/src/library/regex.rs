//! The regex extension: `regex.extract`, `regex.extractAll`, `regex.replace`.

use regex::{Captures, Regex};

use super::{Function, Library, Overload, args, standard::pattern};
use crate::{EvalError, Type, Value, library::Context};

impl Library {
    #[must_use]
    pub fn regex() -> Self {
        let texts = |n| vec![Type::String; n];
        let mut with_count = texts(3);
        with_count.push(Type::Int);
        let functions = vec![
            Function::new("regex.extract").overload(
                Overload::global(
                    "regex_extract_string_string",
                    &texts(2),
                    Type::optional(Type::String),
                    extract,
                )
                .prepare(pattern),
            ),
            Function::new("regex.extractAll").overload(
                Overload::global(
                    "regex_extractAll_string_string",
                    &texts(2),
                    Type::list(Type::String),
                    extract_all,
                )
                .prepare(pattern),
            ),
            Function::new("regex.replace")
                .overload(
                    Overload::global(
                        "regex_replace_string_string_string",
                        &texts(3),
                        Type::String,
                        replace,
                    )
                    .prepare(pattern),
                )
                .overload(
                    Overload::global(
                        "regex_replace_string_string_string_int",
                        &with_count,
                        Type::String,
                        replace,
                    )
                    .prepare(pattern),
                ),
        ];
        Self::of("regex", functions)
    }
}

/// A pattern with at most one group; the whole match is its group 0.
fn group_of(regex: &Regex, pattern: &str) -> Result<usize, EvalError> {
    match regex.captures_len() {
        1 => Ok(0),
        2 => Ok(1),
        _ => Err(EvalError::invalid(format!(
            "regular expression has more than one capturing group: {pattern:?}"
        ))),
    }
}

fn extract<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let (text, pattern) = (args::str(values, 0)?, args::text(values, 1)?);
    let regex = context.regex(pattern)?;
    let group = group_of(&regex, pattern)?;
    let found = regex.captures(text).and_then(|captures| captures.get(group));
    let found = found.filter(|found| group == 0 || !found.is_empty());
    Ok(found.map_or(Value::Optional(None), |found| {
        Value::some(Value::String(text.part(found.range())))
    }))
}

fn extract_all<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let (text, pattern) = (args::str(values, 0)?, args::text(values, 1)?);
    let regex = context.regex(pattern)?;
    let group = group_of(&regex, pattern)?;
    let mut parts = Vec::new();
    for captures in regex.captures_iter(text) {
        context.tick(1)?;
        match captures.get(group) {
            Some(found) if group == 0 || !found.is_empty() => {
                parts.push(Value::String(text.part(found.range())));
            }
            _ => {}
        }
    }
    Ok(Value::list(parts))
}

fn replace<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let (text, pattern, replacement) =
        (args::str(values, 0)?, args::text(values, 1)?, args::text(values, 2)?);
    let limit = if values.len() > 3 { args::int(values, 3)? } else { -1 };
    if limit == 0 {
        return Ok(Value::String(text.clone()));
    }
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let regex = context.regex(pattern)?;
    let mut replaced = String::with_capacity(text.len());
    let mut copied = 0;
    for captures in regex.captures_iter(text).take(limit) {
        context.tick(1 + replacement.len() / 64)?;
        let range = captures.get(0).map_or(0..0, |found| found.range());
        replaced.push_str(text.get(copied..range.start).unwrap_or_default());
        expand(replacement, &captures, &mut replaced)?;
        copied = range.end;
    }
    replaced.push_str(text.get(copied..).unwrap_or_default());
    Ok(replaced.into())
}

/// `\1` is the first group, `\\` a backslash.
fn expand(
    replacement: &str,
    captures: &Captures<'_>,
    replaced: &mut String,
) -> Result<(), EvalError> {
    let invalid = |why: &str| {
        Err(EvalError::invalid(format!("invalid replacement string: '{replacement}' {why}")))
    };
    let mut chars = replacement.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            replaced.push(c);
            continue;
        }
        match chars.next() {
            None => return invalid("\\ not allowed at end"),
            Some('\\') => replaced.push('\\'),
            Some(digit) => {
                let Some(group) = digit.to_digit(10) else {
                    return invalid("\\ must be followed by a digit or \\");
                };
                let (group, n_groups) = (group as usize, captures.len() - 1);
                if group > n_groups {
                    return Err(EvalError::invalid(format!(
                        "replacement string references group {group} but regex has only {n_groups} group(s)"
                    )));
                }
                replaced.push_str(captures.get(group).map_or("", |found| found.as_str()));
            }
        }
    }
    Ok(())
}
