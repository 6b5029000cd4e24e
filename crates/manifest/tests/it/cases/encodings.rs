//! Bytes instead of text.

fn sample(header: &str) -> String {
    format!("{header}spec:\n  a: é日\u{1F600}\n  b: |\n    x\n    y\n")
}

pub(super) fn yaml(header: &str) -> Vec<Vec<u8>> {
    let text = sample(header);
    let utf16 =
        |unit: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(unit).collect() };
    let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
    let ending = |bytes: &[u8]| [header.as_bytes(), bytes].concat();
    let crlf = text.replace('\n', "\r\n").into_bytes();
    vec![
        text.clone().into_bytes(),
        crlf.clone(),
        text.replace('\n', "\r").into_bytes(),
        text.replace('\n', "\u{85}").into_bytes(),
        text.replace('\n', "\u{2028}").into_bytes(),
        marked(b"\xEF\xBB\xBF", text.as_bytes()),
        marked(b"\xEF\xBB\xBF", &crlf),
        marked(b"\xEF\xBB\xBF---\n", text.as_bytes()),
        marked(b"\xFF\xFE", &utf16(u16::to_le_bytes)),
        marked(b"\xFE\xFF", &utf16(u16::to_be_bytes)),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        marked(b"\xFE\xFF", b"\0a\xDC\0"),
        marked(b"\xFE\xFF", b"\0a\xD8\0\0b"),
        ending(b"spec: \xFF\n"),
        ending(b"spec: \xC3\x28\n"),
        ending(b"spec: \xED\xA0\x80\n"),
        ending(b"spec: \xC0\xAF\n"),
        ending(b"spec: \xF4\x90\x80\x80\n"),
        ending(b"spec: a\0b\n"),
        ending(b"spec: a\x07b\n"),
        ending(b"spec: a\x1Bb\n"),
        ending(b"spec: a\x7Fb\n"),
        ending(b"spec: 'a\x01b'\n"),
        ending("spec: a\u{80}b\n".as_bytes()),
        ending("spec: a\u{fffe}b\n".as_bytes()),
        ending("spec: a\u{ffff}b\n".as_bytes()),
        ending("spec: a\u{fffd}b\n".as_bytes()),
        ending("spec: a\u{10ffff}b\n".as_bytes()),
        ending(b"spec: # \x01\n"),
        ending(b"spec: |\r\n  a\r\n  b\r\n"),
        ending(b"spec: 'a\r\n  b'\r\n"),
        ending(b"spec: a\r  b\r"),
        Vec::new(),
        b"\n".to_vec(),
        b"# nothing\n".to_vec(),
        b"---\n".to_vec(),
        b"null\n".to_vec(),
        b"[]\n".to_vec(),
        b"text\n".to_vec(),
    ]
}

pub(super) fn json(header: &str) -> Vec<Vec<u8>> {
    let with = |bytes: &[u8]| [b"{", header.as_bytes(), b",\"spec\":", bytes, b"}"].concat();
    let text = with("\"é日\u{1F600}\"".as_bytes());
    vec![
        text.clone(),
        [b" \t\r\n", text.as_slice(), b" \t\r\n"].concat(),
        with(b"\"\xFF\""),
        with(b"\"\xC3\x28\""),
        with(b"\"\xED\xA0\x80\""),
        with(b"{\"\xFF\":1}"),
        with(b"\"a\0b\""),
        with(b"\"a\x7Fb\""),
        with(b"\xFF"),
    ]
}
