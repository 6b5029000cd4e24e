//! What it costs to parse and check an expression: the promise is 20 µs.

use std::hint::black_box;

use kordon_cel::{Dialect, Env, Type, library::Library};

fn main() {
    divan::main();
}

/// The expressions of the sixteen policies in `bench/pod-policies`.
fn expressions() -> Vec<String> {
    let text = include_str!("../../../bench/pod-policies/policies.json");
    let policies: serde_json::Value = serde_json::from_str(text).expect("it is JSON");
    let mut found = Vec::new();
    collect(&policies, &mut found);
    assert!(found.len() > 16, "the policies have expressions");
    found
}

fn collect(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str() {
                    Some(text) if name == "expression" => found.push(text.to_owned()),
                    _ => collect(value, found),
                }
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

fn env() -> Env {
    let mut builder = Env::builder(Dialect::Kubernetes(37))
        .variable("object", Type::Dyn)
        .variable("variables", Type::Dyn);
    for library in Library::kubernetes(37) {
        builder = builder.library(&library);
    }
    builder.build()
}

#[divan::bench]
fn a_small_expression(bencher: divan::Bencher<'_, '_>) {
    let env = env();
    bencher.bench(|| env.compile(black_box("!has(object.spec.hostPID) || !object.spec.hostPID")));
}

#[divan::bench]
fn a_comprehension(bencher: divan::Bencher<'_, '_>) {
    const TEXT: &str = "object.spec.containers.all(c, has(c.securityContext) && \
                        has(c.securityContext.capabilities) && \
                        c.securityContext.capabilities.drop.exists(d, d == 'ALL'))";
    let env = env();
    bencher.bench(|| env.compile(black_box(TEXT)));
}

#[divan::bench]
fn pod_policies(bencher: divan::Bencher<'_, '_>) {
    let (env, expressions) = (env(), expressions());
    bencher.counter(divan::counter::ItemsCount::new(expressions.len())).bench(|| {
        for text in &expressions {
            black_box(env.compile(black_box(text)).expect("the policies compile"));
        }
    });
}

#[divan::bench]
fn pod_policies_parsed_only(bencher: divan::Bencher<'_, '_>) {
    let (env, expressions) = (env(), expressions());
    bencher.counter(divan::counter::ItemsCount::new(expressions.len())).bench(|| {
        for text in &expressions {
            black_box(env.parse(black_box(text)).expect("the policies parse"));
        }
    });
}

/// The regular expression is compiled too, and once.
#[divan::bench]
fn a_regular_expression(bencher: divan::Bencher<'_, '_>) {
    let env = env();
    let text =
        "object.spec.containers.all(c, c.image.matches('^registry.example.com/[a-z]+:v[0-9]'))";
    bencher.bench(|| {
        let program = env.compile(black_box(text)).expect("it compiles");
        kordon_cel::Plan::of(&program)
    });
}
