//! Expressions of every form, well-typed or not, for property tests.

use proptest::prelude::*;

/// The document that `object` is.
pub(crate) const DOCUMENT: &str = r#"{
    "name": "web", "n": 3, "ratio": 0.5, "on": true, "off": false, "nothing": null,
    "labels": {"app": "web", "tier": "front"}, "empty": {},
    "items": [{"name": "a", "n": 1}, {"name": "b"}, {"name": "c", "n": -4, "on": true}],
    "words": ["x", "yy", ""], "numbers": [1, 2, 9007199254740993], "mixed": [1, "a", null, [], {}]
}"#;

fn leaf() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("object".to_owned()),
        Just("x".to_owned()),
        Just("object.items".to_owned()),
        Just("object.words".to_owned()),
        Just("object.n".to_owned()),
        Just("object.labels".to_owned()),
        Just("object.missing".to_owned()),
        Just("unknown.field".to_owned()),
        prop_oneof![Just(0), Just(1), Just(-1), Just(i64::MAX), any::<i64>()]
            .prop_map(|n| n.to_string()),
        any::<u64>().prop_map(|n| format!("{n}u")),
        any::<f64>().prop_filter("finite", |n| n.is_finite()).prop_map(|n| format!("{n:?}")),
        "[a-c]{0,3}".prop_map(|text| format!("'{text}'")),
        Just("b'\\x00\\xff'".to_owned()),
        Just("true".to_owned()),
        Just("null".to_owned()),
        Just("duration('1h')".to_owned()),
        Just("timestamp('2024-01-01T00:00:00Z')".to_owned()),
        Just("int".to_owned()),
        Just("[]".to_owned()),
        Just("{}".to_owned()),
    ]
}

const OPERATORS: [&str; 14] =
    ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "in", "&&", "||"];

const METHODS: [&str; 12] = [
    "size()",
    "startsWith('a')",
    "matches('a+')",
    "contains('b')",
    "getSeconds()",
    "join(',')",
    "split('a')",
    "sum()",
    "orValue(1)",
    "hasValue()",
    "first()",
    "lowerAscii()",
];

const FUNCTIONS: [&str; 10] =
    ["int", "uint", "double", "string", "bytes", "bool", "type", "dyn", "size", "timestamp"];

const LOOPS: [&str; 6] = ["all", "exists", "exists_one", "map", "filter", "transformMap"];

/// An expression.
pub(crate) fn expression() -> impl Strategy<Value = String> {
    leaf().prop_recursive(6, 64, 4, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            4 => (pair.clone(), 0..OPERATORS.len())
                .prop_map(|((a, b), idx)| format!("({a} {} {b})", OPERATORS[idx])),
            1 => (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
            2 => (inner.clone(), "(name|n|items|app|on|missing)")
                .prop_map(|(a, field)| format!("({a}).{field}")),
            1 => (inner.clone(), "(name|n|missing)")
                .prop_map(|(a, field)| format!("has(({a}).{field})")),
            1 => (inner.clone(), "(name|n|missing)")
                .prop_map(|(a, field)| format!("({a}).?{field}")),
            1 => pair.clone().prop_map(|(a, b)| format!("({a})[{b}]")),
            1 => pair.clone().prop_map(|(a, b)| format!("({a})[?{b}]")),
            1 => inner.clone().prop_map(|a| format!("!({a})")),
            1 => inner.clone().prop_map(|a| format!("-({a})")),
            1 => (inner.clone(), 0..METHODS.len())
                .prop_map(|(a, idx)| format!("({a}).{}", METHODS[idx])),
            1 => (inner, 0..FUNCTIONS.len())
                .prop_map(|(a, idx)| format!("{}({a})", FUNCTIONS[idx])),
            2 => (pair.clone(), 0..LOOPS.len()).prop_map(|((a, b), idx)| {
                let vars = if LOOPS[idx] == "transformMap" { "x, y" } else { "x" };
                format!("({a}).{}({vars}, {b})", LOOPS[idx])
            }),
            1 => pair.clone().prop_map(|(a, b)| format!("[{a}, {b}]")),
            1 => pair.clone().prop_map(|(a, b)| format!("{{'k': {a}, 'l': {b}}}")),
            1 => pair.clone().prop_map(|(a, b)| format!("cel.bind(x, {a}, {b})")),
            1 => pair.prop_map(|(a, b)| format!("({a}).optMap(x, {b})")),
        ]
    })
}
