use super::*;

fn check(text: &str, expected: &str) {
    let source = Arc::new(Source::new("-", text));
    let span = Span { start: 0, end: narrow(text.len()) };
    let shown = match parse(&source, span, &Limits::default()) {
        Ok((tree, notes)) if notes.is_empty() => format!("{tree:?}"),
        Ok((tree, notes)) => {
            let at: Vec<_> = notes.iter().map(|note| note.span.start).collect();
            format!("{tree:?} {at:?}")
        }
        Err(failure) => format!("{} at {}", failure.reason, failure.at),
    };
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn collections() {
    check("a: 1\nb:\n- x\n- y: z\n", r#"{"a": 1, "b": ["x", {"true": "z"}]}"#);
    check("{a, b: c, ? d : e}", r#"{"a": null, "b": "c", "d": "e"}"#);
    check("[a: b, {}]", r#"[{"a": "b"}, {}]"#);
    check("", "null");
}
