//! Named formats (`format.dns1123Label()`), with the messages of the API server's own validation.

mod names;

use std::sync::LazyLock;

use regex::Regex;

use super::{
    super::{Context, Function, Library, Overload, args, encoders, timestamp},
    url,
};
use crate::{EvalError, Type, Value, value::Opaque};

pub(super) use names::{dns_label, dns_subdomain};

pub(super) const FORMAT: Type = Type::Opaque("kubernetes.NamedFormat");

/// What a text must be like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Format {
    name: &'static str,
    validate: fn(&str) -> Vec<String>,
    /// Length of the regular expression, or a guess of it, which is what a call costs by.
    pub(crate) regex_size: u64,
}

impl Opaque for Format {
    fn type_of(&self) -> Type {
        FORMAT
    }

    fn equals(&self, other: &dyn Opaque) -> bool {
        other.downcast::<Self>().is_some_and(|other| self.name == other.name)
    }
}

macro_rules! constant {
    ($name:literal, $size:expr, $validate:expr) => {
        (concat!("format.", $name), |_, _| {
            const FORMAT: Format = Format { name: $name, validate: $validate, regex_size: $size };
            Ok(Value::opaque(FORMAT))
        })
    };
}

const UUID_PATTERN: &str = "(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$";
const TIME_PATTERN: &str =
    "^([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))$";

type Constant = (&'static str, super::super::Implementation);

const CONSTANTS: [Constant; 13] = [
    constant!("dns1123Label", 30, |text| names::dns_label(text)),
    constant!("dns1123Subdomain", 60, |text| names::dns_subdomain(text)),
    constant!("dns1035Label", 30, |text| names::dns_1035_label(text)),
    constant!("qualifiedName", 60, |text| names::qualified_name(text)),
    constant!("dns1123LabelPrefix", 30, |text| names::dns_label(&names::masked(text))),
    constant!("dns1123SubdomainPrefix", 60, |text| names::dns_subdomain(&names::masked(text))),
    constant!("dns1035LabelPrefix", 30, |text| names::dns_1035_label(&names::masked(text))),
    constant!("labelValue", 40, |text| names::label_value(text)),
    constant!("uri", 1_103, |text| url::request_uri(text).err().into_iter().collect()),
    constant!("uuid", UUID_PATTERN.len() as u64, |text| {
        complaint(UUID.is_match(text), "does not match the UUID format")
    }),
    constant!("byte", 84, |text| complaint(is_base64(text), "invalid base64")),
    constant!("date", TIME_PATTERN.len() as u64, |text| {
        complaint(timestamp::is_date(text), "invalid date")
    }),
    constant!("datetime", TIME_PATTERN.len() as u64, |text| {
        complaint(is_date_time(text), "invalid datetime")
    }),
];

static UUID: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(UUID_PATTERN).expect("the pattern is a constant"));
static TIME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(TIME_PATTERN).expect("the pattern is a constant"));

fn complaint(is_right: bool, message: &str) -> Vec<String> {
    if is_right { Vec::new() } else { vec![message.to_owned()] }
}

/// With padding, and not empty.
fn is_base64(text: &str) -> bool {
    let is_plain = text.len().is_multiple_of(4) && !text.contains(['\r', '\n']);
    !text.is_empty() && is_plain && encoders::decode(text).is_some()
}

fn is_date_time(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut parts = lower.split('t');
    let (Some(date), Some(time)) = (parts.next(), parts.next()) else { return false };
    let Some(time) = TIME.captures(time) else { return false };
    let at_most = |group: usize, most: &str| time.get(group).is_some_and(|m| m.as_str() <= most);
    timestamp::is_date(date) && at_most(1, "23") && at_most(2, "59") && at_most(3, "59")
}

impl Library {
    pub(super) fn kubernetes_format() -> Self {
        let mut functions: Vec<Function> = CONSTANTS
            .iter()
            .map(|(name, implementation)| {
                Function::new(name).overload(Overload::global(name, &[], FORMAT, *implementation))
            })
            .collect();
        functions.push(Function::new("format.named").overload(Overload::global(
            "format-named",
            &[Type::String],
            Type::optional(FORMAT),
            named,
        )));
        functions.push(Function::new("validate").overload(Overload::member(
            "format-validate",
            &[FORMAT, Type::String],
            Type::optional(Type::list(Type::String)),
            validate,
        )));
        Self::of("kubernetes.format", functions)
    }
}

fn named<'a>(context: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    let name = args::text(values, 0)?;
    let found = CONSTANTS.iter().find(|(full, _)| full.strip_prefix("format.") == Some(name));
    match found {
        Some((_, implementation)) => implementation(context, &[]).map(Value::some),
        None => Ok(Value::Optional(None)),
    }
}

/// None when the text is right, else what is wrong with it.
fn validate<'a>(
    context: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let (format, text) = (args::opaque::<Format>(values, 0)?, args::text(values, 1)?);
    context.tick(1 + text.len() / 64)?;
    let messages = (format.validate)(text);
    if messages.is_empty() {
        return Ok(Value::Optional(None));
    }
    Ok(Value::some(Value::list(messages.into_iter().map(Value::from).collect())))
}
