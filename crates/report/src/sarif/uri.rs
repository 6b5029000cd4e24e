//! Paths of files as URI references.

use std::fmt::Write as _;

/// Relative paths stay relative: code hosts resolve them against the root of the repository.
pub(super) fn of_path(path: &str) -> String {
    let mut uri = String::with_capacity(path.len() + 8);
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'@' => {
                uri.push(char::from(byte));
            }
            other => write!(uri, "%{other:02X}").expect("writing to a string cannot fail"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(of_path("a b/ü.yaml"), "a%20b/%C3%BC.yaml");
        assert_eq!(of_path("/tmp/c:d.yaml"), "file:///tmp/c%3Ad.yaml");
        assert_eq!(of_path("../x.yaml"), "../x.yaml");
    }
}
