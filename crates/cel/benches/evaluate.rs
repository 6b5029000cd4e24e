//! Evaluation: 16 policies over one pod of 8 KB, a heavy loop, and a plan's building.

#[path = "../src/testing.rs"]
mod testing;

use kordon_cel::{Dialect, Env, ExprSlot, Limits, Plan, PlanBuilder, Session, Type, Value};
use kordon_model::Tree;

fn main() {
    divan::main();
}

const POLICIES: &str = include_str!("../../../bench/pod-policies/policies.json");
const POD: &str = include_str!("../../../bench/pod-policies/pod.json");

fn env() -> Env {
    Env::builder(Dialect::Kubernetes(36)).variable("object", Type::Dyn).build()
}

/// The validations of all policies in one plan.
fn plan() -> (Plan, Vec<ExprSlot>) {
    let policies: serde_json::Value = serde_json::from_str(POLICIES).expect("valid JSON");
    let (mut builder, mut slots) = (PlanBuilder::new(), Vec::new());
    for policy in policies.as_array().expect("a list") {
        let scope = builder.scope(None);
        let mut env = env();
        let list = |name: &str| policy["spec"][name].as_array().cloned().unwrap_or_default();
        let text = |of: &serde_json::Value| of["expression"].as_str().expect("text").to_owned();
        for variable in list("variables") {
            let name = format!("variables.{}", variable["name"].as_str().expect("a name"));
            let program = env.compile(&text(&variable)).expect("compiles");
            builder.lazy_variable(scope, &name, &program);
            env = env.extend().variable(&name, program.result_type()).build();
        }
        for validation in list("validations") {
            let program = env.compile(&text(&validation)).expect("compiles");
            slots.push(builder.expression(scope, &program));
        }
    }
    (builder.build(), slots)
}

fn evaluate(plan: &Plan, slots: &[ExprSlot], pod: &Tree) -> usize {
    let mut session = Session::new(plan, Limits::KUBERNETES, None);
    session.bind("object", Value::node(pod.root()));
    let held =
        slots.iter().filter(|slot| matches!(session.evaluate(**slot), Ok(Value::Bool(true))));
    held.count()
}

#[divan::bench(sample_size = 20, sample_count = 2000)]
fn sixteen_policies(bencher: divan::Bencher<'_, '_>) {
    let (plan, slots) = plan();
    let pod = testing::tree(POD);
    assert_eq!(evaluate(&plan, &slots, &pod), slots.len());
    bencher.bench_local(|| evaluate(&plan, &slots, &pod));
}

#[divan::bench(sample_size = 20, sample_count = 2000)]
fn a_session(bencher: divan::Bencher<'_, '_>) {
    let (plan, _) = plan();
    bencher.bench_local(|| Session::new(&plan, Limits::KUBERNETES, None).cost());
}

#[divan::bench]
fn a_plan(bencher: divan::Bencher<'_, '_>) {
    bencher.bench_local(|| plan().1.len());
}

/// 27,000 steps of nested loops.
#[divan::bench]
fn nested_loops(bencher: divan::Bencher<'_, '_>) {
    let list: String = (0..30).map(|n| format!("{n},")).collect();
    let text = format!("[{list}].all(a, [{list}].all(b, [{list}].all(c, a + b + c >= 0)))");
    let (plan, slot) = Plan::of(&env().compile(&text).expect("compiles"));
    bencher.bench_local(|| Session::new(&plan, Limits::NONE, None).evaluate(slot).is_ok());
}
