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
fn values() {
    check(
        r#" {"a": [1, -0, 1.5, 1e3, true, false, null], "b": {}, "c": []} "#,
        r#"{"a": [1, 0, 1.5, 1000, true, false, null], "b": {}, "c": []}"#,
    );
    check("9223372036854775807", "9223372036854775807");
    check("9223372036854775808", "9223372036854776000");
    check("-9223372036854775808", "-9223372036854775808");
    check(
        r#""\u00e9\n\/\uD83D\uDE00\ud800x\udc00\ud800\u0041""#,
        "\"é\\n/\u{1F600}\u{FFFD}x\u{FFFD}\u{FFFD}A\"",
    );
    check(r#"{"a":1,"b":2,"a":3,"\u0061":4}"#, r#"{"b": 2, "a": 4} [1, 13]"#);
    let many: Vec<_> = (0..40).map(|n| format!("\"key{}\":{n}", n % 39)).collect();
    let text = format!("{{{}}}", many.join(","));
    assert_eq!(text.matches("key0\"").count(), 2);
    let source = Arc::new(Source::new("-", text.as_str()));
    let span = Span { start: 0, end: narrow(text.len()) };
    let (tree, notes) = parse(&source, span, &Limits::default()).unwrap();
    assert_eq!((tree.root().len(), notes.len()), (39, 1));
    assert_eq!(tree.root().get("key0").and_then(kordon_model::NodeRef::as_i64), Some(39));
}

#[test]
fn errors() {
    check("", "unexpected end of JSON input at 0");
    check("[1,]", "invalid character ']' looking for beginning of value at 3");
    check(r#"{"a":1,}"#, "invalid character '}' looking for beginning of object key string at 7");
    check(r#"{"a" 1}"#, "invalid character '1' after object key at 5");
    check("[1 2]", "invalid character '2' after array element at 3");
    check("01", "invalid character '1' after top-level value at 1");
    check("1.", "unexpected end of JSON input at 2");
    check("1e999", "the number 1e999 is out of range at 0");
    check("\"a\tb\"", "invalid character '\\t' in string literal at 2");
    check(r#""\x""#, "invalid character 'x' in string escape code at 2");
    check("tru", "unexpected end of JSON input at 3");
    check(&"[".repeat(5000), "nested deeper than 1000 levels at 1000");
}
