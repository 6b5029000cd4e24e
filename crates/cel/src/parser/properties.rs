//! Properties: nothing panics, and what is printed parses to what was printed.

use proptest::prelude::*;

use super::{Syntax, parse};
use crate::{
    Dialect, Env, Type, Value,
    ast::{Ast, ExprId, ExprKind},
    env::StandardMacros,
    library::{Library, MacroSet},
};

const MACROS: [MacroSet; 5] = [
    MacroSet::Bindings,
    MacroSet::Block,
    MacroSet::Optionals,
    MacroSet::TwoVariables,
    MacroSet::Math,
];

fn tree(text: &str) -> Result<Ast, String> {
    let syntax =
        Syntax { dialect: Dialect::Standard, standard_macros: StandardMacros::On, macros: &MACROS };
    let (ast, problems) = parse(text, syntax);
    match problems.first() {
        None => Ok(ast),
        Some(problem) => Err(problem.to_string()),
    }
}

/// The tree without its spans.
fn shape(ast: &Ast, id: ExprId, out: &mut String) {
    let expr = ast.expr(id);
    let head = match &expr.kind {
        ExprKind::Literal(Value::Double(value)) => format!("{:x}", value.to_bits()),
        ExprKind::Literal(value) => format!("{value:?}"),
        ExprKind::Ident(name) => name.to_string(),
        ExprKind::Select(select) => format!("{:?} {}", select.mode, select.field),
        ExprKind::Call(call) => format!("{} {}", call.function, call.target.is_some()),
        ExprKind::List(items) => items.iter().map(|item| format!("[{}", item.optional)).collect(),
        ExprKind::Map(entries) => format!("{:?}", marks(entries)),
        ExprKind::Struct(name, entries) => format!("{name} {:?}", marks(entries)),
        ExprKind::Comprehension(comprehension) => format!(
            "{:?} {} {:?} {}",
            comprehension.kind,
            comprehension.var,
            comprehension.var2,
            comprehension.filter.is_some()
        ),
        ExprKind::Bind(bind) => format!("{:?} {}", bind.kind, bind.var),
        ExprKind::Block(items, _) => format!("block {}", items.len()),
        ExprKind::Broken => "broken".to_owned(),
    };
    out.push_str(&format!("({head}"));
    expr.for_each_child(|child| shape(ast, child, out));
    out.push(')');
}

fn marks(entries: &[crate::ast::Entry]) -> Vec<bool> {
    entries.iter().map(|entry| entry.optional).collect()
}

fn shape_of(ast: &Ast) -> String {
    let mut out = String::new();
    shape(ast, ast.root(), &mut out);
    out
}

/// As they stand between single quotes.
const CHARACTERS: &[&str] = &[
    "a", " ", "é", "😀", "\"", "\\'", "\\\\", "\\n", "\\r", "\\t", "\\x00", "\\u2028", "\\x7f",
    "\\377", "//",
];

fn leaf() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        any::<i64>().prop_map(|value| value.to_string()),
        any::<u64>().prop_map(|value| format!("{value}u")),
        any::<f64>()
            .prop_filter("finite", |value| value.is_finite())
            .prop_map(|v| format!("{v:?}")),
    ];
    let words: &[&str] =
        &["a", "b", "x", ".a", "true", "false", "null", "[]", "{}", "r'\\'", "0x1F"];
    prop_oneof![
        number,
        proptest::sample::select(words).prop_map(str::to_owned),
        proptest::collection::vec(proptest::sample::select(CHARACTERS), 0..4)
            .prop_map(|characters| format!("'{}'", characters.concat())),
        proptest::collection::vec(any::<u8>(), 0..4)
            .prop_map(|bytes| format!("b'{}'", bytes.escape_ascii())),
    ]
}

const FORMS: &[&str] = &[
    "A + B",
    "A - B",
    "A * B",
    "A / B",
    "A % B",
    "A == B",
    "A != B",
    "A < B",
    "A >= B",
    "A in B",
    "A && B",
    "A || B",
    "A && B && C",
    "A || B || C",
    "A ? B : C",
    "!A",
    "-A",
    "(A)",
    "(A).b",
    "(A).?b",
    "(A)[B]",
    "(A)[?B]",
    "f(A, B)",
    "(A).f(B)",
    "[A, ?B]",
    "{A: B, ?C: A}",
    "has((A).b)",
    "(A).all(x, B)",
    "(A).exists(x, B)",
    "(A).exists_one(x, B)",
    "(A).map(x, B)",
    "(A).map(x, B, C)",
    "(A).filter(x, B)",
    "(A).all(i, x, B)",
    "(A).transformList(i, x, B, C)",
    "(A).transformMap(i, x, B)",
    "(A).transformMapEntry(i, x, B)",
    "cel.bind(y, A, B)",
    "(A).optMap(y, B)",
    "(A).optFlatMap(y, B)",
    "cel.block([A, B], C)",
    "p.T{f: A, ?`g-h`: B}",
    "(A).`in`",
    "(A).map(cel.iterVar(0, 1), B)",
    "math.greatest(f(A), f(B), f(C))",
];

fn expression() -> impl Strategy<Value = String> {
    leaf().prop_recursive(6, 40, 3, |inner| {
        let parts = (inner.clone(), inner.clone(), inner);
        (proptest::sample::select(FORMS), parts).prop_map(|(form, (a, b, c))| {
            let part = |letter| match letter {
                'A' => a.clone(),
                'B' => b.clone(),
                'C' => c.clone(),
                other => String::from(other),
            };
            form.chars().map(part).collect()
        })
    })
}

#[test]
fn a_minus_keeps_its_distance_from_numbers() {
    for text in ["-(0.0).all(x, 0)", "-(5)", "-(-5)", "1 - -5", "-5.f()", "!-5", "-(5)[0].b"] {
        let ast = tree(text).expect(text);
        let again = tree(&ast.to_string()).expect(text);
        assert_eq!(shape_of(&again), shape_of(&ast), "{text}");
    }
}

proptest! {
    #[test]
    fn printing_and_parsing_give_the_same_tree(text in expression()) {
        // What does not parse (an overflow, `!-a`) is not printed.
        if let Ok(ast) = tree(&text) {
            let printed = ast.to_string();
            let again = tree(&printed);
            let again = again.map(|again| shape_of(&again));
            prop_assert_eq!(again, Ok(shape_of(&ast)), "{}", printed);
        }
    }

    #[test]
    fn no_text_makes_the_compiler_panic(text in any::<String>()) {
        compile_everywhere(&text);
    }

    #[test]
    fn no_tokens_make_the_compiler_panic(
        tokens in proptest::collection::vec(proptest::sample::select(TOKENS), 0..40)
    ) {
        compile_everywhere(&tokens.concat());
    }

    #[test]
    fn no_expression_makes_the_compiler_panic(text in expression()) {
        compile_everywhere(&text);
    }
}

const TOKENS: &[&str] = &[
    "a",
    "b.c",
    "1",
    "2u",
    "1.5",
    "'s'",
    "b'\\xff'",
    "true",
    "null",
    "in",
    " in ",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ".",
    ".?",
    "[?",
    "?",
    ":",
    ",",
    "+",
    "-",
    "*",
    "!",
    "==",
    "<",
    "&&",
    "||",
    "=",
    "'",
    "\"\"\"",
    "\\",
    "`",
    "// ",
    "\n",
    "has(",
    ".all(x, ",
    ".map(x, ",
    "cel.bind(x, ",
    "é",
    "optional.of(",
    "duration('1s')",
    "matches(",
    ".matches('(')",
    ".format([",
    "math.least(",
];

fn compile_everywhere(text: &str) {
    for dialect in [Dialect::Standard, Dialect::Kubernetes(28), Dialect::Kubernetes(37)] {
        let mut env = Env::builder(dialect).variable("a", Type::Dyn).variable("b.c", Type::Int);
        let libraries = match dialect {
            Dialect::Kubernetes(minor) => Library::kubernetes(minor),
            Dialect::Standard => {
                let macros = Library { macros: MACROS.to_vec(), ..Library::default() };
                vec![Library::strings(u32::MAX), Library::optionals(u32::MAX), macros]
            }
        };
        for library in &libraries {
            env = env.library(library);
        }
        let env = env.build();
        if let Err(error) = env.compile(text) {
            assert!(!error.problems.is_empty());
            for problem in &error.problems {
                let (start, end) = (problem.span.start as usize, problem.span.end as usize);
                assert!(text.get(start..end).is_some(), "{problem} at {start}..{end}");
            }
        }
    }
}
