//! New keys of maps.

use std::fmt::Write as _;

use kordon_base::Span;
use kordon_model::NodeRef;
use serde_json::{Map, Value};

use super::{Change, indent_at, is_plain, text_of};

/// What comes into which map, in the order in which it was asked for.
#[derive(Default)]
pub(super) struct Insertions<'t> {
    maps: Vec<(NodeRef<'t>, Map<String, Value>)>,
}

impl<'t> Insertions<'t> {
    /// `keys` lead from the map, which is there, to the value, which is not.
    pub(super) fn add(&mut self, into: NodeRef<'t>, keys: &[&str], value: Value) -> Option<()> {
        if !into.is_map() && !into.is_null() {
            return None;
        }
        let known = self.maps.iter().position(|(map, _)| map.id() == into.id());
        let idx = known.unwrap_or_else(|| {
            self.maps.push((into, Map::new()));
            self.maps.len() - 1
        });
        let mut map = &mut self.maps[idx].1;
        let (last, parents) = keys.split_last()?;
        for key in parents {
            let next = map.entry(*key).or_insert_with(|| Value::Object(Map::new()));
            map = next.as_object_mut()?;
        }
        match (map.get_mut(*last), value) {
            (Some(Value::Array(there)), Value::Array(more)) => there.extend(more),
            (_, value) => {
                map.insert((*last).to_owned(), value);
            }
        }
        Some(())
    }

    pub(super) fn finish(self) -> Option<Vec<Change>> {
        self.maps.iter().map(|(map, entries)| insertion(*map, entries)).collect()
    }
}

fn insertion(map: NodeRef<'_>, entries: &Map<String, Value>) -> Option<Change> {
    let start = map.span().start;
    if map.is_null() {
        let space = if map.span().start == map.span().end { " " } else { "" };
        let text = format!("{space}{}", Value::Object(entries.clone()));
        return Some(Change { span: map.span(), text });
    }
    if text_of(map).starts_with('{') {
        let mut text = Value::Object(entries.clone()).to_string();
        text.pop();
        text.remove(0);
        if !map.is_empty() {
            text.push_str(", ");
        }
        return Some(Change { span: Span { start: start + 1, end: start + 1 }, text });
    }
    // Before the first key, as that is where indentation is known.
    let (first, _) = map.entries().next()?;
    let at = first.span().start;
    if at < start || at >= map.span().end || !text_of(first).starts_with(is_key) {
        return None;
    }
    let indent = indent_at(map, at);
    let mut text = String::new();
    block(entries, &indent, &mut text);
    text.push_str(&indent);
    Some(Change { span: Span { start: at, end: at }, text: text.split_off(indent.len()) })
}

/// No anchor, tag or explicit key.
fn is_key(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '"' | '\'' | '_' | '.' | '/')
}

/// Each line with its indentation.
fn block(entries: &Map<String, Value>, indent: &str, text: &mut String) {
    for (key, value) in entries {
        let key = word(&Value::String(key.clone()));
        match value {
            Value::Object(inner) if !inner.is_empty() => {
                writeln!(text, "{indent}{key}:").expect("writing to a string cannot fail");
                block(inner, &format!("{indent}  "), text);
            }
            value => {
                let value = word(value);
                writeln!(text, "{indent}{key}: {value}").expect("writing to a string cannot fail");
            }
        }
    }
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) if is_plain(text) => text.clone(),
        other => other.to_string(),
    }
}
