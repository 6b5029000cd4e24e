//! The same expressions in the `cel` crate, where both claim to do the same.

use cel::{Context, Program};
use kordon_cel::{Dialect, Env, Limits, Plan, Session, Type, Value};

use crate::testing::tree;

const DOCUMENT: &str = r#"{"name": "web", "n": 3, "list": [1, 2, 3], "words": ["a", "bb"],
    "map": {"a": 1, "b": {"c": "d"}}, "yes": true, "items": [{"n": 1}, {"n": 2, "x": "y"}]}"#;

/// Expressions with one answer by the specification.
const EXPRESSIONS: &[&str] = &[
    "object.n + 4 == 7",
    "object.n * 2 - 1",
    "object.n / 2",
    "-object.n % 2",
    "object.name + '!' == 'web!'",
    "object.list + [4]",
    "object.list[1]",
    "object.map['a']",
    "object.map.b.c",
    "'a' in object.map",
    "'z' in object.map",
    "2 in object.list",
    "5 in object.list",
    "has(object.map.b)",
    "has(object.map.z)",
    "object.list.all(i, i > 0)",
    "object.list.exists(i, i > 2)",
    "object.list.exists_one(i, i > 2)",
    "object.list.map(i, i * i)",
    "object.list.filter(i, i % 2 == 1)",
    "object.items.map(i, has(i.x) ? i.x : 'none')",
    "object.words.map(w, size(w))",
    "object.name.startsWith('w') && object.name.endsWith('b')",
    "object.name.contains('e')",
    "object.name.matches('^w.b$')",
    "object.yes ? 'on' : 'off'",
    "object.missing || object.yes",
    "object.missing",
    "object.list[9]",
    "1 / 0",
    "9223372036854775807 + 1",
    "string(object.n)",
    "int('42')",
    "double(object.n)",
    "object.n == 3.0",
    "object.list == [1, 2, 3]",
    "object.map.b == {'c': 'd'}",
    "size(object.map)",
    "'a' < 'b'",
    "object.n >= 3 && object.n != 4",
    "object.words.exists(w, object.list.exists(i, i == size(w)))",
];

/// A value in a form that both engines' results can be turned to; `None` for an error.
fn ours(text: &str) -> Option<serde_json::Value> {
    let document = tree(DOCUMENT);
    let env = Env::builder(Dialect::Standard).variable("object", Type::Dyn).build();
    let program = env.compile(text).expect("the expression compiles");
    let (plan, slot) = Plan::of(&program);
    let mut session = Session::new(&plan, Limits::NONE, None);
    session.bind("object", Value::node(document.root()));
    let value = session.evaluate(slot).ok()?;
    Some(json(&value))
}

fn json(value: &Value<'_>) -> serde_json::Value {
    match value {
        Value::Bool(value) => (*value).into(),
        Value::Int(value) => (*value).into(),
        Value::Double(value) => (*value).into(),
        Value::String(text) => (&**text).into(),
        Value::List(list) => list.iter().map(|item| json(&item)).collect(),
        other => panic!("no expression gives {other:?}"),
    }
}

fn theirs(text: &str) -> Option<serde_json::Value> {
    let program = Program::compile(text).expect("the expression compiles");
    let mut context = Context::default();
    let document: serde_json::Value = serde_json::from_str(DOCUMENT).expect("valid JSON");
    context.add_variable_from_value("object", from_json(&document));
    Some(to_json(&program.execute(&context).ok()?))
}

fn from_json(value: &serde_json::Value) -> cel::Value {
    match value {
        serde_json::Value::Bool(value) => (*value).into(),
        serde_json::Value::Number(number) => number.as_i64().expect("an integer").into(),
        serde_json::Value::String(text) => text.as_str().into(),
        serde_json::Value::Array(items) => {
            cel::Value::List(std::sync::Arc::new(items.iter().map(from_json).collect()))
        }
        serde_json::Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), from_json(value)));
            entries.collect::<std::collections::HashMap<_, _>>().into()
        }
        serde_json::Value::Null => cel::Value::Null,
    }
}

fn to_json(value: &cel::Value) -> serde_json::Value {
    match value {
        cel::Value::Bool(value) => (*value).into(),
        cel::Value::Int(value) => (*value).into(),
        cel::Value::Float(value) => (*value).into(),
        cel::Value::String(text) => text.as_str().into(),
        cel::Value::List(items) => items.iter().map(to_json).collect(),
        other => panic!("no expression gives {other:?}"),
    }
}

#[test]
fn both_engines_agree() {
    for text in EXPRESSIONS {
        assert_eq!(ours(text), theirs(text), "{text}");
    }
}
