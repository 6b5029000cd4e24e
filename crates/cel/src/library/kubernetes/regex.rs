//! `find` and `findAll`.

use super::super::{Context, Function, Library, Overload, args, standard::pattern};
use crate::{EvalError, Type, Value};

impl Library {
    pub(super) fn kubernetes_regex() -> Self {
        let text = || Type::String;
        let texts = || Type::list(Type::String);
        let functions = vec![
            Function::new("find").overload(
                Overload::member("string_find_string", &[text(), text()], text(), find)
                    .prepare(pattern),
            ),
            Function::new("findAll")
                .overload(
                    Overload::member(
                        "string_find_all_string",
                        &[text(), text()],
                        texts(),
                        find_all,
                    )
                    .prepare(pattern),
                )
                .overload(
                    Overload::member(
                        "string_find_all_string_int",
                        &[text(), text(), Type::Int],
                        texts(),
                        find_all,
                    )
                    .prepare(pattern),
                ),
        ];
        Self::of("kubernetes.regex", functions)
    }
}

fn find<'a>(context: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    let text = args::str(values, 0)?;
    let found = context.regex(args::text(values, 1)?)?.find(text).map_or(0..0, |m| m.range());
    Ok(Value::String(text.part(found)))
}

fn find_all<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let text = args::str(values, 0)?;
    let limit = if values.len() > 2 { args::int(values, 2)? } else { -1 };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let regex = context.regex(args::text(values, 1)?)?;
    let mut parts = Vec::new();
    for found in regex.find_iter(text).take(limit) {
        context.tick(1)?;
        parts.push(Value::String(text.part(found.range())));
    }
    Ok(Value::list(parts))
}
