//! JSON text to [`Tree`] for this crate's tests, which stand below the real reader. Spans of
//! lists, maps and strings are those of their first occurrence in the text, which is exact enough
//! for documents without repetition.

use std::sync::Arc;

use kordon_base::{Source, Span};
use serde_json::Value;

use crate::{NodeId, Tree, TreeBuilder};

pub(crate) fn tree(json: &str) -> Tree {
    let value: Value = serde_json::from_str(json).expect("a test's JSON is valid");
    tree_of(json, &value)
}

pub(crate) fn tree_of(text: &str, value: &Value) -> Tree {
    let mut builder = TreeBuilder::new(Arc::new(Source::new("test.json", text)));
    let root = build(&mut builder, text, value);
    builder.finish(root)
}

fn build(builder: &mut TreeBuilder, text: &str, value: &Value) -> NodeId {
    let span = span_of(text, value);
    match value {
        Value::Null => builder.null(span),
        Value::Bool(value) => builder.bool(span, *value),
        Value::Number(number) => match number.as_i64() {
            Some(int) => builder.int(span, int),
            None => builder.float(span, number.as_f64().unwrap_or(f64::MAX)),
        },
        Value::String(string) => builder.decoded(span, string),
        Value::Array(items) => {
            let ids: Vec<_> = items.iter().map(|item| build(builder, text, item)).collect();
            builder.list(span, &ids)
        }
        Value::Object(map) => {
            let mut ids = Vec::new();
            for (key, value) in map {
                ids.push(builder.decoded(span_of(text, &Value::String(key.clone())), key));
                ids.push(build(builder, text, value));
            }
            builder.map(span, &ids)
        }
    }
}

fn span_of(text: &str, value: &Value) -> Span {
    let compact = value.to_string();
    let spaced = compact.replace("\":", "\": ").replace(",\"", ", \"").replace("},{", "}, {");
    let start = [compact, spaced].iter().find_map(|json| Some((text.find(json)?, json.len())));
    let (start, len) = start.unwrap_or((0, 0));
    let narrow = |n: usize| u32::try_from(n).expect("tests are short");
    Span { start: narrow(start), end: narrow(start + len) }
}
