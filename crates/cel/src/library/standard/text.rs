//! `contains`, `startsWith`, `endsWith`, `matches`.

use crate::{
    EvalError, Type, Value,
    library::{Context, Function, Overload, Prepared, args, compile_regex},
};

pub(super) fn functions() -> Vec<Function> {
    let texts = [Type::String, Type::String];
    vec![
        Function::new("contains").overload(Overload::member(
            "contains_string",
            &texts,
            Type::Bool,
            |_, values| Ok(args::text(values, 0)?.contains(args::text(values, 1)?).into()),
        )),
        Function::new("endsWith").overload(Overload::member(
            "ends_with_string",
            &texts,
            Type::Bool,
            |_, values| Ok(args::text(values, 0)?.ends_with(args::text(values, 1)?).into()),
        )),
        Function::new("startsWith").overload(Overload::member(
            "starts_with_string",
            &texts,
            Type::Bool,
            |_, values| Ok(args::text(values, 0)?.starts_with(args::text(values, 1)?).into()),
        )),
        Function::new("matches")
            .overload(
                Overload::global("matches", &texts, Type::Bool, matches)
                    .prepare(pattern)
                    .validate(),
            )
            .overload(
                Overload::member("matches_string", &texts, Type::Bool, matches)
                    .prepare(pattern)
                    .validate(),
            ),
    ]
}

fn matches<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let regex = context.regex(args::text(values, 1)?)?;
    Ok(regex.is_match(args::text(values, 0)?).into())
}

/// The second argument as regular expression.
pub(crate) fn pattern(literals: &[Option<&Value<'static>>]) -> Result<Option<Prepared>, EvalError> {
    match literals.get(1) {
        Some(Some(Value::String(pattern))) => {
            let regex = compile_regex(pattern)?;
            Ok(Some(std::sync::Arc::new(regex)))
        }
        _ => Ok(None),
    }
}
