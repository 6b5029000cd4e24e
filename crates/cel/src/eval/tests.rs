//! Expressions and what they give, with their cost.

use std::cell::Cell;

use crate::{
    Dialect, Env, Failure, Limits, Plan, PlanBuilder, Session, Str, Type, Value, testing::tree,
};

const POD: &str = r#"{"metadata": {"name": "web", "labels": {"app": "web"}}, "spec": {"n": 2,
    "containers": [{"name": "a", "image": "x:1", "args": ["-v"]}, {"name": "b", "image": "y:2"}]}}"#;

fn env() -> Env {
    Env::builder(Dialect::Kubernetes(36))
        .variable("object", Type::Dyn)
        .variable("request", Type::Dyn)
        .variable("n", Type::Int)
        .build()
}

fn show(outcome: Result<Value<'_>, Failure>, cost: u64) -> String {
    match outcome {
        Ok(value) => format!("{value:?} [{cost}]"),
        Err(Failure::Error(error)) => format!("error: {error} [{cost}]"),
        Err(unknown) => unknown.to_string(),
    }
}

fn check(expression: &str, expected: &str) {
    let object = tree(POD);
    let program = env().parse(expression).expect("the expression compiles");
    let (plan, slot) = Plan::of(&program);
    let mut session = Session::new(&plan, Limits::NONE, None);
    session.bind("object", Value::node(object.root()));
    session.bind("request", Value::Unknown(Str::Borrowed("request")));
    session.bind("n", Value::Int(2));
    let outcome = session.evaluate(slot);
    assert_eq!(show(outcome, session.cost()), expected, "{expression}");
}

#[test]
fn paths_read_the_document_in_place() {
    check("object.metadata.name", r#"String("web") [3]"#);
    check("object.spec.containers[1].image", r#"String("y:2") [5]"#);
    check("has(object.spec.replicas)", "Bool(false) [2]");
    check("has(object.spec.n) && object.spec.n == 2", "Bool(true) [6]");
    check("object.spec.replicas", "error: no such key: replicas [3]");
    check("object.spec.containers[2]", "error: index out of bounds: 2 [4]");
    check("object.metadata.name.first", "error: no such overload [4]");
}

#[test]
fn logic_absorbs_failures_on_either_side() {
    check("object.x || true", "Bool(true) [2]");
    check("true || object.x", "Bool(true) [0]");
    check("object.x && false", "Bool(false) [2]");
    check("object.x || false", "error: no such key: x [2]");
    check("1 / 0 > 0 || object.x", "error: division by zero [4]");
    check("[1, 2].all(i, i > 0 && (i == 1 || object.x))", "error: no such key: x [17]");
    check("[1, 2].exists(i, i == 1 ? object.x : true)", "Bool(true) [14]");
}

#[test]
fn what_is_unknown_is_told_unless_something_else_decides() {
    check("request.userInfo.username == 'x'", "depends on request.userInfo.username");
    check("request.a == request.b", "depends on request.a, request.b");
    check("request.a == 'x' || true", "Bool(true) [2]");
    check("object.x || request.a", "depends on request.a");
    check("has(request.userInfo)", "depends on request.userInfo");
    check("n == 2 ? 'known' : request.a", r#"String("known") [2]"#);
    check("[1, request.a, request.b]", "depends on request.a, request.b");
}

#[test]
fn loops_give_values_and_count_like_the_api_server() {
    check("object.spec.containers.all(c, c.image.contains(':'))", "Bool(true) [16]");
    check("object.spec.containers.exists(c, c.name == 'a')", "Bool(true) [14]");
    check("object.spec.containers.exists_one(c, c.name == 'a')", "Bool(true) [13]");
    check(
        "object.spec.containers.map(c, c.name)",
        r#"List(Shared([String("a"), String("b")])) [32]"#,
    );
    check("object.spec.containers.filter(c, has(c.args)).size()", "Int(1) [20]");
    check("object.metadata.labels.all(key, key == 'app')", "Bool(true) [9]");
}

#[test]
fn literals_are_ready_before_the_evaluation() {
    check("object.spec.n in [1, 2, 3]", "Bool(true) [4]");
    check("1 + 2 * 3", "Int(7) [2]");
    check("{'a': 1}.a", "Int(1) [2]");
    check("9223372036854775807 + 1", "error: integer overflow [1]");
    check("{'a': n, 'a': 1}", "error: failed with repeated key: a [31]");
}

/// Programs of one plan: the second costs what it costs alone, evaluated or not.
#[test]
fn lazy_variables_are_paid_once_a_budget() {
    let object = tree(POD);
    let env = env().extend().variable("variables.images", Type::Dyn).build();
    let mut builder = PlanBuilder::new();
    let scope = builder.scope(None);
    let images = env.parse("object.spec.containers.map(c, c.image)").expect("compiles");
    builder.lazy_variable(scope, "variables.images", &images);
    let program = env.parse("variables.images.size() == 2").expect("compiles");
    let first = builder.expression(scope, &program);
    let program = env.parse("variables.images.all(i, i != '')").expect("compiles");
    let second = builder.expression(scope, &program);
    let plan = builder.build();
    let mut session = Session::new(&plan, Limits::KUBERNETES, None);
    session.bind("object", Value::node(object.root()));
    let mut costs = Vec::new();
    for slot in [first, second, first] {
        assert!(matches!(session.evaluate(slot), Ok(Value::Bool(true))));
        costs.push(session.cost());
    }
    session.begin(Limits::KUBERNETES);
    assert!(matches!(session.evaluate(second), Ok(Value::Bool(true))));
    costs.push(session.cost());
    // 32 for the variable; 4 for the first expression, 11 for the second.
    assert_eq!(costs, [36, 47, 51, 43]);
}

#[test]
fn a_spent_budget_ends_the_evaluation() {
    let program = env().parse("[1, 2, 3].all(i, i > 0) || true").expect("compiles");
    let (plan, slot) = Plan::of(&program);
    let mut session = Session::new(&plan, Limits { expression: 8, ..Limits::NONE }, None);
    let outcome = show(session.evaluate(slot), 0);
    assert_eq!(outcome, "error: operation cancelled: actual cost limit exceeded [0]");
}

#[test]
fn an_interrupt_ends_the_evaluation() {
    let list: String = (0..30).map(|n| format!("{n},")).collect();
    let text = format!("[{list}].all(a, [{list}].all(b, [{list}].all(c, a + b + c >= 0))) || true");
    let program = env().parse(&text).expect("compiles");
    let (plan, slot) = Plan::of(&program);
    let n_asked = Cell::new(0);
    let interrupt = || {
        n_asked.set(n_asked.get() + 1);
        n_asked.get() > 3
    };
    let mut session = Session::new(&plan, Limits::NONE, Some(&interrupt));
    let outcome = show(session.evaluate(slot), 0);
    assert_eq!(outcome, "error: the evaluation was stopped at its deadline [0]");
    assert_eq!(n_asked.get(), 4);
}

#[test]
fn setting_a_root_forgets_what_depends_on_it() {
    let (first, second) = (tree(r#"{"a": {"b": 1}}"#), tree(r#"{"a": {"b": 2}}"#));
    let text = "object.a.b + object.a.b * 10 + n";
    let (plan, slot) = Plan::of(&env().parse(text).expect("compiles"));
    let mut session = Session::new(&plan, Limits::NONE, None);
    let mut results = Vec::new();
    for (object, n) in [(&first, 0), (&second, 0), (&second, 5)] {
        session.bind("object", Value::node(object.root()));
        session.bind("n", Value::Int(n));
        results.push(show(session.evaluate(slot), 0));
    }
    assert_eq!(results, ["Int(11) [0]", "Int(22) [0]", "Int(27) [0]"]);
}

#[test]
fn a_trace_says_which_node_gave_what() {
    let object = tree(POD);
    let text = "object.spec.containers.all(c, c.image.contains('x'))";
    let (plan, slot) = Plan::of(&env().parse(text).expect("compiles"));
    let mut session = Session::new(&plan, Limits::NONE, None);
    session.bind("object", Value::node(object.root()));
    let trace = session.explain(slot);
    let steps: Vec<_> = trace
        .steps
        .iter()
        .map(|step| {
            let text = text.get(step.span.start as usize..step.span.end as usize).expect("inside");
            let value = step.value.as_ref().expect("a value");
            let node = if step.node.is_some() { "node" } else { "-" };
            format!("{text} = {value:?} {node}")
        })
        .filter(|line| line.starts_with("c."))
        .collect();
    assert_eq!(
        steps,
        [
            r#"c.image = String("x:1") node"#,
            "c.image.contains('x') = Bool(true) -",
            r#"c.image = String("y:2") node"#,
            "c.image.contains('x') = Bool(false) -",
        ]
    );
    assert_eq!(session.cost(), 0);
}

#[test]
fn an_error_has_its_place() {
    let text = "n == 2 && object.spec.missing == 1";
    let object = tree(POD);
    let (plan, slot) = Plan::of(&env().parse(text).expect("compiles"));
    let mut session = Session::new(&plan, Limits::NONE, None);
    session.bind("object", Value::node(object.root()));
    session.bind("n", Value::Int(2));
    let Err(Failure::Error(error)) = session.evaluate(slot) else { panic!("fails") };
    let span = error.span().expect("a place");
    let place = text.get(span.start as usize..span.end as usize);
    assert_eq!(place, Some("object.spec.missing"));
}

#[test]
fn deep_expressions_need_little_stack() {
    for (open, inner, close) in [
        ("[", "1", "]"),
        ("{'a': ", "object", "}"),
        ("(true ? ", "object.n", " : 2)"),
        ("!!", "true", ""),
        ("size([", "1", "])"),
        ("[1].all(x, ", "true", ")"),
    ] {
        let text = format!("{}{inner}{}", open.repeat(100), close.repeat(100));
        let object = tree(POD);
        let (plan, slot) = Plan::of(&env().parse(&text).expect("compiles"));
        let mut session = Session::new(&plan, Limits::NONE, None);
        session.bind("object", Value::node(object.root()));
        session.evaluate(slot).map_or_else(|_failure| (), drop);
    }
}

/// Each step nests 200 times deeper than the one before.
#[test]
fn bound_names_do_not_multiply_depth_without_bound() {
    let env = env().extend().library(&crate::library::Library::bindings()).build();
    let mut text = "x".to_owned();
    for _ in 0..40 {
        text = format!("cel.bind(x, {}x{}, {text})", "[".repeat(200), "]".repeat(200));
    }
    let text = format!("cel.bind(x, 1, {text})");
    let (plan, slot) = Plan::of(&env.parse(&text).expect("compiles"));
    let outcome = Session::new(&plan, Limits::NONE, None).evaluate(slot);
    assert_eq!(show(outcome, 0), "error: the value nests deeper than the limit [0]");
}

#[test]
fn a_trace_goes_into_lazy_variables() {
    let object = tree(POD);
    let env = env().extend().variable("variables.n", Type::Dyn).build();
    let mut builder = PlanBuilder::new();
    let scope = builder.scope(None);
    let text = "object.spec.n + 1";
    builder.lazy_variable(scope, "variables.n", &env.parse(text).expect("compiles"));
    let slot = builder.expression(scope, &env.parse("variables.n > 5").expect("compiles"));
    let plan = builder.build();
    let mut session = Session::new(&plan, Limits::NONE, None);
    session.bind("object", Value::node(object.root()));
    assert!(matches!(session.evaluate(slot), Ok(Value::Bool(false))));
    let trace = session.explain(slot);
    let inside = |step: &&crate::TraceStep<'_>| step.variable == Some("variables.n");
    let read = trace.steps.iter().filter(inside).find(|step| {
        text.get(step.span.start as usize..step.span.end as usize) == Some("object.spec.n")
    });
    let node = read.and_then(|step| step.node).expect("the variable read a node");
    assert_eq!(format!("{node:?}"), "2");
}

/// Each variable reads the one before it twice.
#[test]
fn a_trace_evaluates_each_variable_once() {
    let mut env = env();
    let mut builder = PlanBuilder::new();
    let scope = builder.scope(None);
    let mut text = "n".to_owned();
    for idx in 0..60 {
        let name = format!("variables.v{idx}");
        builder.lazy_variable(scope, &name, &env.parse(&text).expect("compiles"));
        env = env.extend().variable(&name, Type::Int).build();
        text = format!("{name} % 2 + {name}");
    }
    let slot = builder.expression(scope, &env.parse(&text).expect("compiles"));
    let plan = builder.build();
    let mut session = Session::new(&plan, Limits::NONE, None);
    session.bind("n", Value::Int(2));
    assert_eq!(show(session.explain(slot).result, 0), "Int(2) [0]");
    assert_eq!(show(session.evaluate(slot), 0), "Int(2) [0]");
}

/// A short expression must not make a long text: memory that cannot be had ends the process.
#[test]
fn texts_do_not_grow_without_bound() {
    let env = env();
    let env = env.extend().library(&crate::library::Library::strings(2)).build();
    let text = "a".repeat(1 << 20);
    for expression in ["n.replace('a', n)", "n.split('').join(n)", "(n + n + n + n + n)"] {
        let program = env.parse(&format!("{expression}.replace('a', n)")).expect("compiles");
        let (plan, slot) = Plan::of(&program);
        let mut session = Session::new(&plan, Limits::NONE, None);
        session.bind("n", Value::str(&text));
        let outcome = show(session.evaluate(slot), 0);
        assert_eq!(outcome, "error: a text grows beyond the limit of 16 MiB [0]", "{expression}");
    }
}
