//! What holds for any text and any value.

use std::fmt::Write as _;

use kordon_manifest::{Limits, Manifest};
use proptest::prelude::*;

/// A JSON value with any text in it.
fn value() -> impl Strategy<Value = serde_json::Value> {
    let text = || prop_oneof!["[ -~]{0,12}", "\\PC{0,6}", any::<String>()];
    let scalar = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        (-1_000_000..1_000_000).prop_map(|n| (f64::from(n) / 8.0).into()),
        text().prop_map(Into::into),
    ];
    scalar.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::vec((text(), inner), 0..6)
                .prop_map(|entries| serde_json::Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// Block style, with every text in double quotes.
fn write_yaml(out: &mut String, value: &serde_json::Value, indent: usize) {
    let break_line = |out: &mut String| write!(out, "\n{:indent$}", "").expect("text grows");
    match value {
        serde_json::Value::Array(items) if !items.is_empty() => {
            for item in items {
                break_line(out);
                out.push_str("- ");
                write_yaml(out, item, indent + 2);
            }
        }
        serde_json::Value::Object(entries) if !entries.is_empty() => {
            for (key, value) in entries {
                break_line(out);
                out.push_str("? ");
                write_text(out, key);
                break_line(out);
                out.push_str(": ");
                write_yaml(out, value, indent + 2);
            }
        }
        serde_json::Value::String(text) => write_text(out, text),
        other => out.push_str(&other.to_string()),
    }
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        write!(out, "\\U{:08x}", u32::from(character)).expect("text grows");
    }
    out.push('"');
}

fn read(text: &str) -> serde_json::Value {
    let manifest = Manifest::new("-", text.into(), Limits::default());
    let [part] = manifest.parts() else { panic!("one document: {text}") };
    let document = manifest.read(part).unwrap_or_else(|problem| panic!("{problem}: {text}"));
    serde_json::from_str(&document.tree.root().to_string()).expect("a tree prints as JSON")
}

/// Numbers as JavaScript sees them: a whole float is an integer.
fn plain(value: &serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 => {
                format!("{float}").parse::<i64>().map_or_else(|_error| value.clone(), Into::into)
            }
            _ => value.clone(),
        },
        serde_json::Value::Array(items) => items.iter().map(plain).collect(),
        serde_json::Value::Object(entries) => {
            entries.iter().map(|(key, value)| (key.clone(), plain(value))).collect()
        }
        other => other.clone(),
    }
}

proptest! {
    #[test]
    fn json_reads_back(value in value()) {
        let value = serde_json::json!({"value": value});
        prop_assert_eq!(read(&value.to_string()), plain(&value));
    }

    #[test]
    fn yaml_reads_back(value in value()) {
        let value = serde_json::json!({"value": value});
        let mut text = String::from("# A comment keeps it from being JSON.");
        write_yaml(&mut text, &value, 0);
        prop_assert_eq!(read(&text), plain(&value));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        all_parts(bytes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[ \t\n:?,#&*!|>'\"%@`{}\\[\\]<=~a-d0-2.\\-\\\\\u{85}\u{2028}é]{0,60}") {
        all_parts(text.into_bytes());
    }
}

/// Reads all parts, which stand one after the other.
fn all_parts(bytes: Vec<u8>) {
    let limits = Limits { max_depth: 50, ..Limits::default() };
    let manifest = Manifest::new("-", bytes, limits);
    let mut end = 0;
    for part in manifest.parts() {
        assert!(part.span().start >= end, "parts do not overlap");
        end = part.span().end;
        let Ok(document) = manifest.read(part) else { continue };
        let json = document.tree.root().to_string();
        serde_json::from_str::<serde_json::Value>(&json).expect("a tree prints as JSON");
    }
}
