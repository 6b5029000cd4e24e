//! Any text as an expression: it is refused, or it is evaluated within its limits, the same twice.

#![no_main]

use kordon_cel::{Dialect, Env, Limits, Plan, Session, Type, Value};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits { iterations: 100_000, ..Limits::KUBERNETES };

fuzz_target!(|text: &str| {
    let builder = Env::builder(Dialect::Kubernetes(36));
    let env = builder.variable("object", Type::Dyn).variable("n", Type::Int).build();
    for program in [env.parse(text), env.compile(text)].into_iter().flatten() {
        let (plan, slot) = Plan::of(&program);
        let mut session = Session::new(&plan, LIMITS, None);
        session.bind("object", Value::list(vec![Value::str("a"), Value::Int(1), Value::Null]));
        session.bind("n", Value::Int(2));
        let first = format!("{:?}", session.evaluate(slot));
        session.begin(LIMITS);
        assert_eq!(first, format!("{:?}", session.evaluate(slot)));
    }
});
