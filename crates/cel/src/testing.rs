//! What the tests of several modules share: documents from JSON.

use std::sync::Arc;

use kordon_base::{Source, Span};
use kordon_model::{NodeId, Tree, TreeBuilder};
use serde_json::Value as Json;

/// A document without places.
pub(crate) fn tree(json: &str) -> Tree {
    let value: Json = serde_json::from_str(json).expect("the test's JSON is valid");
    let mut builder = TreeBuilder::new(Arc::new(Source::new("test", "")));
    let root = build(&mut builder, &value);
    builder.finish(root)
}

fn build(builder: &mut TreeBuilder, value: &Json) -> NodeId {
    let span = Span { start: 0, end: 0 };
    match value {
        Json::Null => builder.null(span),
        Json::Bool(value) => builder.bool(span, *value),
        Json::Number(number) => match number.as_i64() {
            Some(value) => builder.int(span, value),
            None => builder.float(span, number.as_f64().expect("a JSON number")),
        },
        Json::String(text) => builder.decoded(span, text),
        Json::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| build(builder, item)).collect();
            builder.list(span, &items)
        }
        Json::Object(entries) => {
            let mut nodes = Vec::new();
            for (key, value) in entries {
                nodes.push(builder.decoded(span, key));
                nodes.push(build(builder, value));
            }
            builder.map(span, &nodes)
        }
    }
}
