use crate::{
    Dialect, Env, Type,
    library::{Library, MacroSet},
};

fn env() -> Env {
    let macros = vec![MacroSet::Optionals, MacroSet::TwoVariables, MacroSet::Bindings];
    let security = Type::object("SecurityContext", &[("privileged", Type::Bool)]);
    let container = Type::object("Container", &[("name", Type::String), ("security", security)]);
    Env::builder(Dialect::Standard)
        .library(&Library { macros, ..Library::default() })
        .variable("object", Type::Dyn)
        .variable("container", container)
        .variable("names", Type::list(Type::String))
        .variable("labels", Type::map(Type::String, Type::String))
        .variable("a.b", Type::Int)
        .build()
}

/// The type of an expression, or its problems.
fn compile(text: &str) -> String {
    match env().compile(text) {
        Ok(program) => program.result_type().to_string(),
        Err(error) => error.to_string(),
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(compile(text), expected, "{text}");
}

#[test]
fn types_of_literals_and_operators() {
    check("1 + 2", "int");
    check("[]", "list(dyn)");
    check("[[], [[]], [[[]]]]", "list(list(list(list(dyn))))");
    check("[1, 'a']", "list(dyn)");
    check("{'a': 1u}", "map(string, uint)");
    check("object.spec.x + 1", "int");
    check("object.a == 'x' && names[0] != ''", "bool");
    check("true ? 1 : object", "dyn");
    check("1 < 2.5", "bool");
    check("type(1)", "type(int)");
    check("[type(1), type('a')]", "list(type(int))");
    check("a.b", "int");
    check("dyn(1)", "dyn");
}

#[test]
fn types_of_comprehensions() {
    check("names.map(n, n.size())", "list(int)");
    check("names.filter(n, n == 'a')", "list(string)");
    check("labels.all(k, k == 'a')", "bool");
    check("names.transformList(i, n, i)", "list(int)");
    check("names.transformMap(i, n, n)", "map(int, string)");
    check("labels.transformMapEntry(k, v, {v: k})", "map(string, string)");
    check("cel.bind(x, names[0], x + x)", "string");
    check("([].map(x, x))[0].foo", "dyn");
    check("{'a': {'b': 1}}.?a.?b", "optional_type(int)");
    check("{'a': 1}.?a.optMap(x, string(x))", "optional_type(string)");
    check("{'a': {'b': 1}}.?a.optFlatMap(x, x.?b)", "optional_type(int)");
    check("{'a': 1}.?a.optFlatMap(x, x)", "expected type 'optional_type(dyn)' but found 'int'");
}

#[test]
fn problems_say_what_may_be_meant() {
    check("objct.spec", "undeclared reference to 'objct'; did you mean 'object'?");
    check(
        "container.security.privilege",
        "undefined field 'privilege' of SecurityContext; did you mean 'privileged'?",
    );
    check("names.siz()", "undeclared reference to 'siz'; did you mean 'size'?");
    check(
        "names.all(x)",
        "undeclared reference to 'all'; it is a macro: `list.all(x, condition)`\nundeclared reference to 'x'",
    );
    check(
        "1 == 1.0",
        "found no matching overload for '_==_' applied to '(int, double)'; both sides must be of \
         one type; `dyn(x)` compares anyway",
    );
    check(
        "'a'.startsWith(1)",
        "found no matching overload for 'startsWith' applied to 'string.(int)'; it takes \
         string.(string)",
    );
    check("'a' && x", "expected type 'bool' but found 'string'\nundeclared reference to 'x'");
    check("1.a", "type 'int' does not support field selection");
    check(
        "1.map(x, x)",
        "expression of type 'int' cannot be range of a comprehension (must be list, map, or \
         dynamic)",
    );
    check(
        "names == null",
        "found no matching overload for '_==_' applied to '(list(string), null_type)'; both sides must be of one type; `dyn(x)` compares anyway",
    );
}

#[test]
fn a_mistake_is_reported_once() {
    check(
        "undef + 1 == 2 && undef2.x.y[0]",
        "undeclared reference to 'undef'\nundeclared reference to 'undef2'",
    );
    check(
        "[1 2, x",
        "expected `,` or `]`, found `2`\nundeclared reference to 'x'\nexpected `,` or `]`, found the end",
    );
}

#[test]
fn types_that_double_stay_small() {
    let mut text = "x0".to_owned();
    for n in (0..200).rev() {
        text = format!("cel.bind(x{}, {{x{n}: x{n}}}, {text})", n + 1);
    }
    let text = text.replace("x0)", "x200)");
    let text = format!("cel.bind(x0, 1, {text})");
    check(&text, "dyn");
}

#[track_caller]
fn check_kubernetes(minor: u16, text: &str, expected: &str) {
    let env = Env::builder(Dialect::Kubernetes(minor)).variable("object", Type::Dyn).build();
    let found = match env.compile(text) {
        Ok(program) => program.result_type().to_string(),
        Err(error) => error.problems.iter().map(|problem| &*problem.message).collect(),
    };
    assert_eq!(found, expected, "{text}");
}

#[test]
fn kubernetes_validates_literals() {
    check_kubernetes(37, "[1, 'a']", "expected type 'int' but found 'string'");
    check_kubernetes(
        37,
        "{1: 'a', 'b': 2}",
        "expected type 'int' but found 'string'expected type 'string' but found 'int'",
    );
    check_kubernetes(37, "['a', object.b]", "expected type 'string' but found 'dyn'");
    check_kubernetes(28, "['a', object.b]", "list(dyn)");
    check_kubernetes(37, "[[], [1]]", "list(list(int))");
    check_kubernetes(37, "[dyn(1), dyn('a')]", "list(dyn)");
    check_kubernetes(37, "duration(object.a)", "google.protobuf.Duration");
    assert!(compile("duration('1d')").contains("Duration"));
    let env = Env::builder(Dialect::Kubernetes(37)).build();
    for text in ["duration('1d')", "timestamp('x')", "timestamp(253402300800)", "'a'.matches('(')"]
    {
        let error = env.compile(text).unwrap_err();
        assert!(error.problems[0].message.starts_with("invalid "), "{error}");
    }
}

/// What the limits let pass is compiled, planned, evaluated and printed on the stack that a thread
/// has by default.
#[test]
fn the_deepest_expressions_fit_on_the_stack() {
    let forms = [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("{1: ", "1", "}"),
        ("!(", "true", ")"),
        ("-(", "1", ")"),
        ("size([", "1", "])"),
        ("true ? 1 : (", "1", ")"),
        ("1 + (", "1", ")"),
        ("[1][0 * (", "1", ")]"),
        ("[1].map(x, ", "1", ")"),
        ("[1].all(x, x == 1 && [", "1", "] == [1])"),
        ("{1: [1 + size([", "1", "])]}"),
        ("cel.bind(x, 1, ", "x", ")"),
        ("has({'a': {'b': ", "1", "}}.a.b) ? 1 : 2"),
        ("optional.of(", "1", ").optMap(x, [x])"),
    ];
    let env = env().extend().library(&Library::optionals(u32::MAX)).build();
    for (open, middle, close) in forms {
        let nested = |depth| format!("{}{middle}{}", open.repeat(depth), close.repeat(depth));
        let deepest = (40..=250).rev().map(nested).find(|text| env.parse(text).is_ok());
        let text = deepest.unwrap_or_else(|| panic!("{open} cannot be nested 40 levels deep"));
        for program in [env.compile(&text), env.parse(&text)].into_iter().flatten() {
            let (plan, slot) = crate::Plan::of(&program);
            let mut session = crate::Session::new(&plan, crate::Limits::KUBERNETES, None);
            drop(session.evaluate(slot));
            assert!(!program.ast().to_string().is_empty());
        }
    }
}

#[test]
fn kubernetes_releases_differ_in_syntax() {
    let backticks = "names in backticks need Kubernetes 1.37";
    check_kubernetes(36, "{'a-b': 1}.`a-b`", backticks);
    check_kubernetes(37, "{'a-b': 1}.`a-b`", "int");
    check_kubernetes(
        32,
        "[1].existsOne(x, x == 1)",
        "undeclared reference to 'existsOne'undeclared reference to 'x'undeclared reference to 'x'",
    );
    check_kubernetes(33, "[1].existsOne(x, x == 1)", "bool");
}
