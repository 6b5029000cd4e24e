use super::*;

fn problems_of(text: &str) -> String {
    let macros = [MacroSet::Optionals, MacroSet::TwoVariables];
    let syntax =
        Syntax { dialect: Dialect::Standard, standard_macros: StandardMacros::On, macros: &macros };
    let (_, problems) = parse(text, syntax);
    let line = |problem: &Problem| format!("{}: {problem}", problem.span.start);
    problems.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(problems_of(text), expected, "{text}");
}

#[test]
fn accepts_the_grammar() {
    for text in [
        "a.b[0].c('x', 1u) ? -1 : --2",
        "!a && b || c in d && e",
        "[1, 2,] + [,]",
        "{'a': 1, 'b': 2,}",
        "{,}",
        ".a.b(1)",
        "a.b.C{x: 1, `y-z`: 2}",
        "a.`b-c/d`.if",
        "0xFFu + 1.5e3 + .5 + 1",
        "-9223372036854775808",
        "rb + b'x' + bR'\\x' + r'\\'",
        "'''a\n'b'''",
        "a // comment",
        "has(a.b) && a.all(x, x) && a.exists(i, v, i == v) && a.map(x, x, x)",
        "a.?b[?0].optMap(x, x + 1)",
        "[?a, b]",
        "{?a: b}",
        "!-1",
    ] {
        check(text, "");
    }
}

#[test]
fn reports_what_is_wrong_and_goes_on() {
    check("", "0: expected an expression, found the end");
    check("a +", "3: expected an expression, found the end");
    check("[1 2, 3", "3: expected `,` or `]`, found `2`\n7: expected `,` or `]`, found the end");
    check(
        "f(a b, ) == )",
        "4: expected `,` or `)`, found `b`\n7: expected an expression, found `)`\n12: expected an expression, found `)`",
    );
    check("a = 1", "2: unexpected character `=`; equality is written `==`");
    check(
        "a and b",
        "2: expected the end of the expression, found `and`; logical and is written `&&`",
    );
    check(
        "'abc",
        "0: the string is not closed; a string ends on its line\n4: expected an expression, found the end",
    );
    check("'\\q'", "0: unknown escape sequence");
    check("9223372036854775808", "0: `9223372036854775808` does not fit in int (64 bits, signed)");
    check("1e999", "0: `1e999` does not fit in double");
    check(
        "for + in",
        "0: `for` is a reserved word and names nothing\n6: expected an expression, found `in`\n8: expected an expression, found the end",
    );
    check("a.true", "2: expected a field name, found `true`");
    check(
        "has(a)",
        "4: has() takes a field selection; `has(a.b)` asks for a field; for a key write `'b' in a`",
    );
    check("a.all(b.c, true)", "6: a variable's name must be a single plain name");
    check("a.exists(x, x, true)", "12: both variables are named `x`");
    check("!-a", "1: expected an expression, found `-`");
}

#[test]
fn limits_depth_and_size() {
    let nested = |n: usize| format!("{}1{}", "(".repeat(n), ")".repeat(n));
    check(&nested(200), "");
    let deep = "the expression is nested more than 250 levels deep";
    assert!(problems_of(&nested(49_000)).ends_with(deep));
    assert!(problems_of(&"[".repeat(90_000)).ends_with(deep));
    assert!(problems_of(&"-!".repeat(40_000)).contains("expected an expression"));
    check("1+".repeat(200).trim_end_matches('+'), "");
    assert!(problems_of(&format!("{}1", "1+".repeat(300))).ends_with(deep));
    assert!(problems_of(&format!("a{}", ".b".repeat(300))).ends_with(deep));
    check(&format!("a{}", " && a".repeat(10_000)), "");
    let long = format!("'{}'", "x".repeat(100_000));
    check(&long, "0: the expression has more than 100000 characters");
}

#[test]
fn names_that_a_variable_may_have() {
    for name in ["_a1", "a", "namespaces"] {
        assert!(crate::is_identifier(name), "{name}");
    }
    for name in ["", "1a", "in", "true", "namespace", "a-b", "a.b"] {
        assert!(!crate::is_identifier(name), "{name}");
    }
}
