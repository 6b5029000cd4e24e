//! The forms of names that the API server insists on, checked without regular expressions.

fn has_label_form(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    text.bytes().all(inner) && !text.starts_with('-') && !text.ends_with('-')
}

/// RFC 1123 subdomain: what most objects are named with. Only the whole has a limit on length.
pub(super) fn is_subdomain(text: &str) -> bool {
    let part = |part: &str| !part.is_empty() && has_label_form(part);
    text.len() <= 253 && text.split('.').all(part)
}

/// RFC 1035 label: as RFC 1123, and begins with a letter.
pub(super) fn is_letter_label(text: &str) -> bool {
    text.len() <= 63
        && has_label_form(text)
        && text.as_bytes().first().is_some_and(u8::is_ascii_lowercase)
}

/// Alphanumeric at both ends, `-`, `_` and `.` between; at most 63 bytes.
fn is_name_part(text: &str) -> bool {
    let bytes = text.as_bytes();
    let outer = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let inner = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    bytes.len() <= 63 && outer(bytes.first()) && outer(bytes.last()) && bytes.iter().all(inner)
}

/// A label's or annotation's key: `name` or `prefix/name`.
pub(super) fn is_qualified_name(text: &str) -> bool {
    match text.split_once('/') {
        Some((prefix, name)) => is_subdomain(prefix) && is_name_part(name),
        None => is_name_part(text),
    }
}

pub(super) fn is_label_value(text: &str) -> bool {
    text.is_empty() || is_name_part(text)
}

/// A name that can stand in a URL path.
pub(super) fn is_path_segment(text: &str) -> bool {
    text != "." && text != ".." && !text.contains(['/', '%'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_the_api_server_has_them() {
        for text in ["a", "a-b.c9", "0.1"] {
            assert!(is_subdomain(text), "{text}");
        }
        for text in ["", "A", "a..b", "-a", "a-", "a_b", "a.-b"] {
            assert!(!is_subdomain(text), "{text}");
        }
        assert!(is_qualified_name("app.kubernetes.io/name"));
        assert!(is_qualified_name("my-policy/some.Key_1"));
        for text in ["", "a/b/c", "/a", "a/", "-a"] {
            assert!(!is_qualified_name(text), "{text}");
        }
        assert!(is_label_value("") && is_label_value("A.b_c-9") && !is_label_value("-"));
    }
}
