//! Looks at the calls of `format` whose text and list of arguments stand in the expression: what is
//! wrong with them is known before any evaluation.

use super::{Verb, classic, modern, no_argument, not_for, walk};
use crate::{
    EvalError, Type, Value,
    ast::{ExprId, ExprKind},
    library::CallView,
};

/// The checks of the versions 1 to 3.
pub(crate) fn classic_call(call: &CallView<'_>) -> Result<(), (ExprId, EvalError)> {
    check(call, super::MAX_PRECISION, |verb, type_| {
        let fits = match verb {
            Verb::Decimal => matches!(type_, Type::Int | Type::Uint),
            Verb::Fixed | Verb::Scientific => matches!(type_, Type::Double | Type::String),
            _ => fits(verb, type_),
        };
        if fits { Ok(()) } else { Err(not_for(classic::needs(verb), type_)) }
    })
}

/// The checks of the versions from 4 on.
pub(crate) fn modern_call(call: &CallView<'_>) -> Result<(), (ExprId, EvalError)> {
    check(call, super::MAX_PRECISION_MODERN, |verb, type_| {
        let fits = match verb {
            Verb::Decimal | Verb::Fixed | Verb::Scientific => {
                matches!(type_, Type::Int | Type::Uint | Type::Double)
            }
            _ => fits(verb, type_),
        };
        if fits { Ok(()) } else { Err(not_for(modern::needs(verb), type_)) }
    })
}

fn fits(verb: Verb, type_: &Type) -> bool {
    match verb {
        Verb::Binary => matches!(type_, Type::Int | Type::Uint | Type::Bool),
        Verb::Hex | Verb::UpperHex => {
            matches!(type_, Type::Int | Type::Uint | Type::String | Type::Bytes)
        }
        Verb::Octal => matches!(type_, Type::Int | Type::Uint),
        _ => !matches!(
            type_,
            Type::Optional(_) | Type::Opaque(_) | Type::Object(_) | Type::Param(_) | Type::Var(_)
        ),
    }
}

type Fits = fn(Verb, &Type) -> Result<(), EvalError>;

fn check(call: &CallView<'_>, max_precision: usize, fits: Fits) -> Result<(), (ExprId, EvalError)> {
    let [target, list] = call.args[..] else { return Ok(()) };
    let ExprKind::Literal(Value::String(format)) = call.kind(target) else { return Ok(()) };
    let ExprKind::List(items) = call.kind(list) else { return Ok(()) };
    let mut culprit = call.id;
    let mut n_clauses = 0;
    let walked = walk(format, max_precision, |idx, clause| {
        n_clauses = idx + 1;
        let item = items.get(idx).ok_or_else(|| no_argument(idx))?;
        let Some(clause) = clause? else { return Ok(String::new()) };
        let checked = if clause.verb == Verb::String {
            check_literal(call, item.value, fits, 0)
        } else {
            fit(call, item.value, clause.verb, fits)
        };
        match checked {
            Ok(()) => Ok(String::new()),
            Err((id, error)) => {
                culprit = id;
                let message = format!("error during formatting: {}", error.message());
                Err(EvalError::new(error.kind(), message))
            }
        }
    });
    walked.map_err(|error| (culprit, error))?;
    if items.len() > n_clauses {
        let message = format!(
            "too many arguments supplied to string.format (expected {n_clauses}, got {})",
            items.len()
        );
        return Err((call.id, EvalError::invalid(message)));
    }
    Ok(())
}

fn fit(call: &CallView<'_>, id: ExprId, verb: Verb, fits: Fits) -> Result<(), (ExprId, EvalError)> {
    match call.type_of(id) {
        Type::Dyn | Type::Error => Ok(()),
        type_ => fits(verb, &type_).map_err(|error| (id, error)),
    }
}

/// Literal lists and maps are looked into.
fn check_literal(
    call: &CallView<'_>,
    id: ExprId,
    fits: Fits,
    depth: u32,
) -> Result<(), (ExprId, EvalError)> {
    const MAX_DEPTH: u32 = 64;
    fit(call, id, Verb::String, fits)?;
    if depth == MAX_DEPTH {
        return Ok(());
    }
    match call.kind(id) {
        ExprKind::List(items) => {
            items.iter().try_for_each(|item| check_literal(call, item.value, fits, depth + 1))
        }
        ExprKind::Map(entries) => entries.iter().try_for_each(|entry| {
            check_literal(call, entry.key, fits, depth + 1)?;
            check_literal(call, entry.value, fits, depth + 1)
        }),
        _ => Ok(()),
    }
}
