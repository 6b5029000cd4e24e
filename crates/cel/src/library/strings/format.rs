//! `'…'.format([…])`: the clauses of a format string, and the two ways of writing them out.

mod check;
mod classic;
mod modern;

use crate::{
    EvalError, List, Type, Value,
    library::{Context, Function, Overload, args, number},
};

/// What stands after a `%`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Clause {
    pub(crate) verb: Verb,
    pub(crate) precision: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verb {
    String,
    Decimal,
    Fixed,
    Scientific,
    Binary,
    Hex,
    UpperHex,
    Octal,
}

/// Go prints no more digits than this.
const MAX_PRECISION: usize = 1_000_000;

const MAX_PRECISION_MODERN: usize = 100;

pub(super) fn function(version: u32) -> Function {
    let params = [Type::String, Type::list(Type::Dyn)];
    let overload =
        |implementation| Overload::member("string_format", &params, Type::String, implementation);
    Function::new("format").overload(match version {
        ..4 => overload(classic).check(check::classic_call),
        _ => overload(modern).check(check::modern_call),
    })
}

/// The version from 4 on, without locale.
fn modern<'a>(context: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    format(context, values, MAX_PRECISION_MODERN, modern::write)
}

/// The versions 1 to 3, which write numbers as an American reads them.
fn classic<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    format(context, values, MAX_PRECISION, classic::write)
}

type Write = fn(Clause, &Value<'_>, &mut Context<'_, '_>) -> Result<String, EvalError>;

fn format<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
    max_precision: usize,
    write: Write,
) -> Result<Value<'a>, EvalError> {
    let list: &List<'a> = args::list(values, 1)?;
    let text = args::text(values, 0)?;
    context.tick(text.len() / 16)?;
    let mut n_written = 0;
    let formatted = walk(text, max_precision, |idx, clause| {
        let value = list.get(idx).ok_or_else(|| no_argument(idx))?;
        let Some(clause) = clause? else { return Ok(String::new()) };
        context.tick(1 + clause.precision.unwrap_or(0) / 64)?;
        let problem = |error: EvalError| {
            EvalError::new(error.kind(), format!("error during formatting: {}", error.message()))
        };
        let written = write(clause, &value, context).map_err(problem)?;
        n_written += written.len();
        context.room_for(n_written).map(|()| written)
    })?;
    Ok(formatted.into())
}

fn no_argument(idx: usize) -> EvalError {
    EvalError::invalid(format!("index {idx} out of range"))
}

/// Goes through a format string; `argument` writes the clause that takes the argument of the given
/// number. It is handed the mistake in a clause too, since a missing argument is told first; a
/// clause at the end of the text is none.
pub(crate) fn walk(
    format: &str,
    max_precision: usize,
    mut argument: impl FnMut(usize, Result<Option<Clause>, EvalError>) -> Result<String, EvalError>,
) -> Result<String, EvalError> {
    let mut written = String::with_capacity(format.len());
    let (mut rest, mut n_arguments) = (format, 0);
    while let Some((literal, after)) = rest.split_once('%') {
        written.push_str(literal);
        if let Some(after) = after.strip_prefix('%') {
            written.push('%');
            rest = after;
            continue;
        }
        match clause(after, max_precision) {
            Ok((clause, after)) => {
                written.push_str(&argument(n_arguments, Ok(Some(clause)))?);
                rest = after;
            }
            Err(error) => {
                argument(n_arguments, Err(error))?;
                return Ok(written);
            }
        }
        n_arguments += 1;
    }
    written.push_str(rest);
    Ok(written)
}

fn clause(text: &str, max_precision: usize) -> Result<(Clause, &str), EvalError> {
    if text.is_empty() {
        return Err(EvalError::invalid("unexpected end of string"));
    }
    let bad =
        |what: String| EvalError::invalid(format!("could not parse formatting clause: {what}"));
    let (precision, text) = precision(text, max_precision).map_err(bad)?;
    let mut chars = text.chars();
    let verb = match chars.next() {
        Some('s') => Verb::String,
        Some('d') => Verb::Decimal,
        Some('f') => Verb::Fixed,
        Some('e') => Verb::Scientific,
        Some('b') => Verb::Binary,
        Some('x') => Verb::Hex,
        Some('X') => Verb::UpperHex,
        Some('o') => Verb::Octal,
        other => {
            let verb = other.map(String::from).unwrap_or_default();
            return Err(bad(format!("unrecognized formatting clause \"{verb}\"")));
        }
    };
    Ok((Clause { verb, precision }, chars.as_str()))
}

fn precision(text: &str, max_precision: usize) -> Result<(Option<usize>, &str), String> {
    let Some(text) = text.strip_prefix('.') else { return Ok((None, text)) };
    let Some(end) = text.find(|c: char| !c.is_ascii_digit()) else {
        return Err(
            "error while parsing precision: could not find end of precision specifier".to_owned()
        );
    };
    let (digits, after) = text.split_at_checked(end).expect("the end of ASCII digits is a border");
    let precision: usize = digits.parse().map_err(|_not_a_number| {
        format!("error while parsing precision: \"{digits}\" is no number of digits")
    })?;
    if precision > max_precision {
        return Err(format!(
            "error while parsing precision: precision {precision} exceeds maximum allowed precision {max_precision}"
        ));
    }
    Ok((Some(precision), after))
}

/// Decimal notation. A double has at most 1074 digits after the point; zeros follow.
fn decimals(value: f64, precision: usize) -> String {
    const MOST_DIGITS: usize = 1_100;
    let mut text = format!("{value:.*}", precision.min(MOST_DIGITS));
    text.extend(std::iter::repeat_n('0', precision.saturating_sub(MOST_DIGITS)));
    text
}

/// Scientific notation with zeros after the digits that a double has.
fn scientific(value: f64, precision: usize) -> String {
    number::print_scientific(value, precision.min(100))
}

/// Binary, octal and hexadecimal are the same in both ways.
fn write_based(clause: Clause, value: &Value<'_>) -> Result<String, EvalError> {
    let sign = |value: i64| if value < 0 { "-" } else { "" };
    Ok(match (clause.verb, value) {
        (Verb::Binary, Value::Bool(value)) => u8::from(*value).to_string(),
        (Verb::Binary, Value::Int(value)) => {
            format!("{}{:b}", sign(*value), value.unsigned_abs())
        }
        (Verb::Binary, Value::Uint(value)) => format!("{value:b}"),
        (Verb::Octal, Value::Int(value)) => format!("{}{:o}", sign(*value), value.unsigned_abs()),
        (Verb::Octal, Value::Uint(value)) => format!("{value:o}"),
        (Verb::Hex, Value::Int(value)) => format!("{}{:x}", sign(*value), value.unsigned_abs()),
        (Verb::UpperHex, Value::Int(value)) => {
            format!("{}{:X}", sign(*value), value.unsigned_abs())
        }
        (Verb::Hex, Value::Uint(value)) => format!("{value:x}"),
        (Verb::UpperHex, Value::Uint(value)) => format!("{value:X}"),
        (Verb::Hex, Value::String(text)) => hex(text.as_bytes(), |byte| format!("{byte:02x}")),
        (Verb::UpperHex, Value::String(text)) => hex(text.as_bytes(), |byte| format!("{byte:02X}")),
        (Verb::Hex, Value::Bytes(bytes)) => hex(bytes, |byte| format!("{byte:02x}")),
        (Verb::UpperHex, Value::Bytes(bytes)) => hex(bytes, |byte| format!("{byte:02X}")),
        _ => return Err(EvalError::no_such_overload()),
    })
}

fn hex(bytes: &[u8], print: fn(u8) -> String) -> String {
    bytes.iter().map(|byte| print(*byte)).collect()
}

const STRING_CLAUSE: &str = "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps";

fn not_for(what: &str, type_: &Type) -> EvalError {
    EvalError::invalid(format!("{what}, was given {}", type_name(type_)))
}

/// A type without its parameters.
fn type_name(type_: &Type) -> String {
    let printed = type_.to_string();
    printed.split('(').next().unwrap_or_default().to_owned()
}
