//! Values as the suites write them: with a letter of their type, so that 1, 1u and 1.0 are three.

use anyhow::{Context as _, bail};
use kordon_cel::{Bytes, Duration, List, Map, MapBuilder, Timestamp, Value};
use serde_json::Value as Json;

pub(crate) fn read(json: &Json) -> anyhow::Result<Value<'static>> {
    Ok(match json["t"].as_str().context("a value has a type")? {
        "null" => Value::Null,
        "bool" => Value::Bool(json["v"].as_bool().context("a bool")?),
        "int" => Value::Int(text(json)?.parse()?),
        "uint" => Value::Uint(text(json)?.parse()?),
        "double" => Value::Double(text(json)?.parse()?),
        "string" => Value::string(text(json)?),
        "bytes" => Value::Bytes(Bytes::Shared(bytes(text(json)?)?.into())),
        "list" => Value::list(items(json)?.iter().map(read).collect::<anyhow::Result<_>>()?),
        "map" => {
            let mut map = MapBuilder::new();
            for entry in items(json)? {
                map.insert(read(&entry[0])?, read(&entry[1])?);
            }
            map.finish()
        }
        "type" => Value::Type(super::types::read(text(json)?)?.into()),
        "duration" => {
            Value::Duration(Duration { seconds: number(json, "s")?, nanos: number(json, "n")? })
        }
        "timestamp" => {
            Value::Timestamp(Timestamp { seconds: number(json, "s")?, nanos: number(json, "n")? })
        }
        other => bail!("no value is of type `{other}`"),
    })
}

fn text(json: &Json) -> anyhow::Result<&str> {
    json["v"].as_str().context("a value as text")
}

fn items(json: &Json) -> anyhow::Result<&[Json]> {
    json["v"].as_array().map(|items| &**items).context("a value as list")
}

fn number<T: std::str::FromStr>(json: &Json, name: &str) -> anyhow::Result<T> {
    let shown = match &json[name] {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    shown.parse().ok().with_context(|| format!("`{name}` is a number"))
}

fn bytes(hex: &str) -> anyhow::Result<Vec<u8>> {
    let digits = hex.as_bytes().chunks(2);
    digits
        .map(|pair| Ok(u8::from_str_radix(std::str::from_utf8(pair)?, 16)?))
        .collect::<anyhow::Result<_>>()
}

/// Whether a value is the written one: same type, same value, NaN equal to NaN.
pub(crate) fn is(value: &Value<'_>, json: &Json) -> bool {
    let kind = json["t"].as_str().unwrap_or_default();
    match value {
        Value::Null => kind == "null",
        Value::List(list) => kind == "list" && list_is(list, json),
        Value::Map(map) => kind == "map" && map_is(map, json),
        Value::Optional(inner) => match inner {
            Some(value) => kind == "optional" && is(value, &json["v"]),
            None => kind == "optional" && json["v"].is_null(),
        },
        Value::Type(type_) => kind == "type" && json["v"] == *name_of_type(&type_.to_string()),
        Value::Opaque(opaque) => kind == "opaque" && json["type"] == *opaque.type_of().to_string(),
        Value::Unknown(_) => false,
        scalar => read(json).is_ok_and(|wanted| scalar_is(scalar, &wanted)),
    }
}

/// `list(dyn)` is `list`.
fn name_of_type(text: &str) -> &str {
    text.split_once('(').map_or(text, |(name, _)| name)
}

fn scalar_is(value: &Value<'_>, wanted: &Value<'_>) -> bool {
    match (value, wanted) {
        (Value::Double(a), Value::Double(b)) => a == b || a.is_nan() && b.is_nan(),
        _ => value.type_of() == wanted.type_of() && value.equals(wanted),
    }
}

fn list_is(list: &List<'_>, json: &Json) -> bool {
    let Ok(wanted) = items(json) else { return false };
    list.len() == wanted.len() && list.iter().zip(wanted).all(|(item, wanted)| is(&item, wanted))
}

fn map_is(map: &Map<'_>, json: &Json) -> bool {
    let Ok(wanted) = items(json) else { return false };
    let entries = map.entries();
    entries.len() == wanted.len()
        && wanted.iter().all(|wanted| {
            entries.iter().any(|(key, value)| is(key, &wanted[0]) && is(value, &wanted[1]))
        })
}
