use super::*;

/// The pieces, separated by `|`.
fn check(text: &str, expected: &str) {
    let limits = Limits::default();
    let pieces = split(text, false, &limits);
    let shown: Vec<_> = pieces
        .iter()
        .map(|piece| {
            let form = match piece {
                Piece::Document { form: Form::Json, .. } => "json ",
                Piece::Document { form: Form::Yaml, .. } => "",
                Piece::List { .. } => "list ",
            };
            let span = piece.span();
            format!("{form}{:?}", text.get(span.start as usize..span.end as usize).unwrap())
        })
        .collect();
    assert_eq!(shown.join("|"), expected, "{text:?}");
}

#[test]
fn yaml() {
    check("", "");
    check("a: 1", r#""a: 1""#);
    check("a: 1\n---\nb: 2\n", r#""a: 1\n"|"b: 2\n""#);
    check("---\na: 1\n--- # x\nb: 2\n---", r#""---\na: 1\n"|"b: 2\n""#);
    check("---\n---\na\n", r#""---\n"|"a\n""#);
    check("a\r\n---\r\nb\r\n", r#""a\r\n"|"b\r\n""#);
    check("a\n--- |\n b\n---x\n", r#""a\n"|"--- |\n b\n---x\n""#);
    check("%YAML 1.1\n---\na\n---\nb", r#""%YAML 1.1\n---\na\n"|"b""#);
}

#[test]
fn json() {
    check(r#"{"a":1}"#, r#"json "{\"a\":1}""#);
    check("{\"a\":1}\n{} {}", r#"json "{\"a\":1}"|json "{}"|json "{}""#);
    check("{\"a\":1}\n---\na: 1", r#"json "{\"a\":1}"|"---\na: 1""#);
    check("{a: 1}\n---\n{}", r#"json "{a: 1}\n"|json "{}""#);
    check("{{ .Values.x }}\n", r#"json "{{ .Values.x }}\n""#);
    check("{\"a\":\n{\"b\":2}\n{\"c\":3}", r#"json "{\"a\":\n"|json "{\"b\":2}"|json "{\"c\":3}""#);
    check("{\"a\\", r#"json "{\"a\\""#);
    check("[{}]", r#""[{}]""#);
}
