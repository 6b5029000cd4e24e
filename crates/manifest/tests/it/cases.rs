//! The documents. Each is sent as a whole, unless it has no `apiVersion`: then it is the end of an
//! object that needs nothing else.

mod collections;
mod encodings;
mod keys;
mod scalars;
mod tags;
mod text;

const HEADER: &str = "apiVersion: test.kordon.dev/v1\nkind: Odd\nmetadata: {name: odd}\n";

/// How most documents begin, escaped.
pub(crate) const START: &str =
    r"apiVersion: test.kordon.dev/v1\nkind: Odd\nmetadata: {name: odd}\n";

/// All documents of the YAML content type.
pub(crate) fn yaml() -> Vec<Vec<u8>> {
    let values = scalars::VALUES.iter().chain(tags::VALUES);
    let values = values.map(|value| format!("{HEADER}spec:\n  value: {value}\n  after: 1\n"));
    let endings = keys::ENDINGS.iter().chain(collections::ENDINGS).chain(text::ENDINGS);
    let endings = endings.map(|ending| format!("{HEADER}{ending}"));
    let wholes = collections::WHOLES.iter().map(|whole| whole.replace("HEADER\n", HEADER));
    let texts = values.chain(endings).chain(wholes).map(String::into_bytes);
    texts.chain(encodings::yaml(HEADER)).collect()
}

/// All documents of the JSON content type.
pub(crate) fn json() -> Vec<Vec<u8>> {
    let header = r#""apiVersion":"test.kordon.dev/v1","kind":"Odd","metadata":{"name":"odd"}"#;
    let specs = scalars::JSON.iter().map(|spec| format!("{{{header},\"spec\":{spec}}}"));
    specs.map(String::into_bytes).chain(encodings::json(header)).collect()
}
