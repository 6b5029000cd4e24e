//! What holds for every expression.

use kordon_cel::{
    Dialect, Env, Failure, Limits, Plan, PlanBuilder, Session, Str, Type, Value, library::Library,
};
use proptest::prelude::*;

use crate::{
    expressions::{DOCUMENT, expression},
    testing::tree,
};

fn env(dialect: Dialect) -> Env {
    let mut builder = Env::builder(dialect);
    for library in [
        Library::strings(u32::MAX),
        Library::optionals(u32::MAX),
        Library::lists(u32::MAX),
        Library::two_variables(),
        Library::bindings(),
    ] {
        builder = builder.library(&library);
    }
    let dyns = ["object", "x", "unknown"];
    dyns.into_iter().fold(builder, |builder, name| builder.variable(name, Type::Dyn)).build()
}

const LIMITS: Limits = Limits { iterations: 100_000, ..Limits::NONE };

fn session<'a>(plan: &'a Plan, object: Value<'a>, limits: Limits) -> Session<'a> {
    let mut session = Session::new(plan, limits, None);
    session.bind("object", object);
    session.bind("x", Value::str("x"));
    session.bind("unknown", Value::Unknown(Str::Borrowed("unknown")));
    session
}

/// The outcome as text, without the places of errors.
fn show(outcome: &Result<Value<'_>, Failure>) -> String {
    match outcome {
        Ok(value) => format!("{value:?}"),
        Err(Failure::Error(error)) => format!("{:?}: {error}", error.kind()),
        Err(unknown) => unknown.to_string(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    /// Evaluation gives an outcome, the same again, and the same with a trace; it costs the same
    /// again, from memory or not.
    #[test]
    fn an_evaluation_can_be_repeated(text in expression()) {
        let object = tree(DOCUMENT);
        let env = env(Dialect::Standard);
        let programs = [env.parse(&text), env.compile(&text)];
        for program in programs.into_iter().flatten() {
            let (plan, slot) = Plan::of(&program);
            let mut session = session(&plan, Value::node(object.root()), LIMITS);
            let first = show(&session.evaluate(slot));
            let cost = session.cost();
            prop_assert_eq!(&show(&session.evaluate(slot)), &first);
            prop_assert_eq!(session.cost(), cost * 2);
            prop_assert_eq!(&show(&session.explain(slot).result), &first);
            prop_assert_eq!(session.cost(), cost * 2);
        }
    }

    /// An expression gives the same, for the same cost, alone and in a plan that shares its parts
    /// with others.
    #[test]
    fn sharing_changes_nothing(a in expression(), b in expression()) {
        let object = tree(DOCUMENT);
        let env = env(Dialect::Kubernetes(36));
        let texts = [a.clone(), format!("[{a}, {b}]"), format!("({b}) == ({a})"), b];
        let programs: Vec<_> = texts.iter().filter_map(|text| env.parse(text).ok()).collect();
        let mut builder = PlanBuilder::new();
        let scope = builder.scope(None);
        let slots: Vec<_> =
            programs.iter().map(|program| builder.expression(scope, program)).collect();
        let shared = builder.build();
        let mut shared = session(&shared, Value::node(object.root()), LIMITS);
        for (program, slot) in programs.iter().zip(slots) {
            let (plan, alone) = Plan::of(program);
            let mut session = session(&plan, Value::node(object.root()), LIMITS);
            shared.begin(LIMITS);
            prop_assert_eq!(show(&session.evaluate(alone)), show(&shared.evaluate(slot)));
            prop_assert_eq!(session.cost(), shared.cost());
        }
    }

    /// What a checked expression gives is of the type that the checker found.
    #[test]
    fn values_are_of_the_type_that_was_found(text in expression()) {
        let object = tree(DOCUMENT);
        let Ok(program) = env(Dialect::Standard).compile(&text) else { return Ok(()) };
        let (plan, slot) = Plan::of(&program);
        let mut session = session(&plan, Value::node(object.root()), LIMITS);
        let Ok(value) = session.evaluate(slot) else { return Ok(()) };
        let (found, wanted) = (value.type_of().to_string(), program.result_type().to_string());
        let head = |text: &str| text.split('(').next().map(str::to_owned);
        prop_assert!(
            wanted == "dyn" || head(&found) == head(&wanted),
            "{} is {}, not {}", text, found, wanted
        );
    }

    /// A small budget ends an evaluation or changes nothing.
    #[test]
    fn a_budget_ends_an_evaluation_or_changes_nothing(text in expression(), limit in 0_u64..60) {
        let object = tree(DOCUMENT);
        let Ok(program) = env(Dialect::Standard).parse(&text) else { return Ok(()) };
        let (plan, slot) = Plan::of(&program);
        let mut free = session(&plan, Value::node(object.root()), LIMITS);
        let limits = Limits { expression: limit, ..LIMITS };
        let mut limited = session(&plan, Value::node(object.root()), limits);
        let (free_outcome, outcome) = (show(&free.evaluate(slot)), show(&limited.evaluate(slot)));
        if free.cost() <= limit {
            prop_assert_eq!(free_outcome, outcome);
        } else {
            prop_assert!(outcome.starts_with("CostExceeded"), "{}: {}", text, outcome);
        }
    }
}
