//! The check files of the program, turned to JSON when it is built: reading them at each start must
//! cost little.

use std::sync::Arc;

use kordon_base::{Source, Span};
use kordon_model::{NodeId, Tree, TreeBuilder};
use serde_json::Value;

/// A list of `[file, check]`.
const CHECKS: &str = include_str!(concat!(env!("OUT_DIR"), "/checks.json"));

pub(super) fn trees() -> Vec<Tree> {
    let files: Vec<(String, Value)> =
        serde_json::from_str(CHECKS).expect("the build script writes JSON");
    files.iter().map(|(file, check)| tree(file, check)).collect()
}

/// The places in the YAML file are lost; only tests would need them.
fn tree(file: &str, value: &Value) -> Tree {
    let mut builder = TreeBuilder::new(Arc::new(Source::new(file, "")));
    let root = build(&mut builder, value);
    builder.finish(root)
}

fn build(builder: &mut TreeBuilder, value: &Value) -> NodeId {
    let span = Span::default();
    match value {
        Value::Null => builder.null(span),
        Value::Bool(value) => builder.bool(span, *value),
        Value::Number(number) => match number.as_i64() {
            Some(int) => builder.int(span, int),
            None => builder.float(span, number.as_f64().unwrap_or(f64::INFINITY)),
        },
        Value::String(text) => builder.decoded(span, text),
        Value::Array(items) => {
            let ids: Vec<_> = items.iter().map(|item| build(builder, item)).collect();
            builder.list(span, &ids)
        }
        Value::Object(map) => {
            let mut ids = Vec::with_capacity(map.len() * 2);
            for (key, value) in map {
                ids.push(builder.decoded(span, key));
                ids.push(build(builder, value));
            }
            builder.map(span, &ids)
        }
    }
}
