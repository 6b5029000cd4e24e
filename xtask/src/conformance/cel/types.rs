//! Types as the suite writes them: `list(optional_type(int))`, `map(string, dyn)`, `T`.

use std::sync::Arc;

use anyhow::{Context as _, bail, ensure};
use kordon_cel::Type;

pub(crate) fn read(text: &str) -> anyhow::Result<Type> {
    let text = text.trim();
    let Some((name, rest)) = text.split_once('(') else { return simple(text) };
    let inner = rest.strip_suffix(')').with_context(|| format!("`{text}` does not end"))?;
    let parts = arguments(inner).into_iter().map(read).collect::<anyhow::Result<Vec<_>>>()?;
    Ok(match (name, &*parts) {
        ("list", [item]) => Type::list(item.clone()),
        ("map", [key, value]) => Type::map(key.clone(), value.clone()),
        ("optional_type", [value]) => Type::optional(value.clone()),
        ("type", [of]) => Type::Type(Arc::new(of.clone())),
        ("list" | "map" | "optional_type" | "type", _) => bail!("no type is written `{text}`"),
        _ => Type::generic(name, parts),
    })
}

fn simple(text: &str) -> anyhow::Result<Type> {
    Ok(match text {
        "null_type" => Type::Null,
        "bool" => Type::Bool,
        "int" => Type::Int,
        "uint" => Type::Uint,
        "double" => Type::Double,
        "string" => Type::String,
        "bytes" => Type::Bytes,
        "duration" | "google.protobuf.Duration" => Type::Duration,
        "timestamp" | "google.protobuf.Timestamp" => Type::Timestamp,
        "dyn" => Type::Dyn,
        "list" => Type::list(Type::Dyn),
        "map" => Type::map(Type::Dyn, Type::Dyn),
        "type" => Type::of_type(Type::Dyn),
        "optional_type" => Type::optional(Type::Dyn),
        _ => {
            let is_param = text.len() == 1 && text.starts_with(|c: char| c.is_ascii_uppercase());
            ensure!(is_param, "no type is named `{text}`");
            Type::Param(Box::leak(text.into()))
        }
    })
}

/// Cuts at the commas that are in no brackets.
fn arguments(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.extend(text.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.extend(text.get(start..));
    parts
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn types_read_as_they_print() {
        for text in ["list(optional_type(int))", "map(string, map(int, dyn))", "type(T)"] {
            assert_eq!(read(text).expect("a type").to_string(), text);
        }
        for text in ["list(int", "widget"] {
            assert!(read(text).is_err_and(|error| error.to_string().contains(text)), "{text}");
        }
    }
}
