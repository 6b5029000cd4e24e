//! Names and labels, with the messages that Kubernetes gives.

use std::borrow::Cow;

const LABEL: &str = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const KEY: &str = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const KEY_MESSAGE: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

/// Where the text is the beginning of a name, its last dash counts as something else; that the
/// character before it goes too is the reference's doing.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    if text.len() > 1 && text.ends_with('-') {
        // A character that is cut apart is no character of a name.
        let kept = text.get(..text.len() - 2).unwrap_or("\u{fffd}");
        return Cow::Owned(format!("{kept}a"));
    }
    Cow::Borrowed(text)
}

/// Kubernetes speaks of characters in names and of bytes in labels.
#[derive(Clone, Copy)]
enum Unit {
    Characters,
    Bytes,
}

fn too_long(most: usize, unit: Unit) -> String {
    let unit = match unit {
        Unit::Characters => "characters",
        Unit::Bytes => "bytes",
    };
    format!("must be no more than {most} {unit}")
}

fn no_match(message: &str, pattern: &str, examples: &[&str]) -> String {
    let examples: Vec<String> = examples.iter().map(|example| format!("'{example}', ")).collect();
    format!("{message} (e.g. {}regex used for validation is '{pattern}')", examples.join(" or "))
}

fn is_lower_alphanumeric(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn is_label(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ends = [bytes.first(), bytes.last()];
    ends.iter().all(|end| end.is_some_and(|byte| is_lower_alphanumeric(*byte)))
        && bytes.iter().all(|byte| is_lower_alphanumeric(*byte) || *byte == b'-')
}

fn is_subdomain(text: &str) -> bool {
    text.split('.').all(is_label)
}

pub(crate) fn dns_label(text: &str) -> Vec<String> {
    const MAX_LENGTH: usize = 63;
    const MESSAGE: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
    let mut messages = Vec::new();
    if text.len() > MAX_LENGTH {
        messages.push(too_long(MAX_LENGTH, Unit::Characters));
    }
    if !is_label(text) {
        messages.push(if is_subdomain(text) {
            "must not contain dots".to_owned()
        } else {
            no_match(MESSAGE, LABEL, &["my-name", "123-abc"])
        });
    }
    messages
}

pub(crate) fn dns_subdomain(text: &str) -> Vec<String> {
    subdomain(text, Unit::Characters)
}

fn subdomain(text: &str, unit: Unit) -> Vec<String> {
    const MAX_LENGTH: usize = 253;
    const MESSAGE: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
    let mut messages = Vec::new();
    if text.len() > MAX_LENGTH {
        messages.push(too_long(MAX_LENGTH, unit));
    }
    if !is_subdomain(text) {
        let pattern = format!("{LABEL}(\\.{LABEL})*");
        messages.push(no_match(MESSAGE, &pattern, &["example.com"]));
    }
    messages
}

pub(super) fn dns_1035_label(text: &str) -> Vec<String> {
    const MAX_LENGTH: usize = 63;
    const PATTERN: &str = "[a-z]([-a-z0-9]*[a-z0-9])?";
    const MESSAGE: &str = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
    let mut messages = Vec::new();
    if text.len() > MAX_LENGTH {
        messages.push(too_long(MAX_LENGTH, Unit::Characters));
    }
    if !is_label(text) || text.starts_with(|c: char| c.is_ascii_digit()) {
        messages.push(no_match(MESSAGE, PATTERN, &["my-name", "abc-123"]));
    }
    messages
}

fn is_key(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ends = [bytes.first(), bytes.last()];
    ends.iter().all(|end| end.is_some_and(|byte| byte.is_ascii_alphanumeric()))
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

/// A label key: a name, perhaps behind a domain and `/`.
pub(super) fn qualified_name(text: &str) -> Vec<String> {
    const MAX_LENGTH: usize = 63;
    let no_key = || no_match(KEY_MESSAGE, KEY, &["MyName", "my.name", "123-abc"]);
    let mut messages = Vec::new();
    let parts: Vec<&str> = text.split('/').collect();
    let name = match parts[..] {
        [name] => name,
        [prefix, name] => {
            if prefix.is_empty() {
                messages.push("prefix part must be non-empty".to_owned());
            } else {
                let problems = subdomain(prefix, Unit::Bytes).into_iter();
                messages.extend(problems.map(|problem| format!("prefix part {problem}")));
            }
            name
        }
        _ => {
            return vec![format!(
                "a valid label key {} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
                no_key()
            )];
        }
    };
    if name.is_empty() {
        messages.push("name part must be non-empty".to_owned());
    } else if name.len() > MAX_LENGTH {
        messages.push(format!("name part {}", too_long(MAX_LENGTH, Unit::Bytes)));
    }
    if !is_key(name) {
        messages.push(format!("name part {}", no_key()));
    }
    messages
}

pub(super) fn label_value(text: &str) -> Vec<String> {
    const MAX_LENGTH: usize = 63;
    const MESSAGE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
    let mut messages = Vec::new();
    if text.len() > MAX_LENGTH {
        messages.push(too_long(MAX_LENGTH, Unit::Bytes));
    }
    if !text.is_empty() && !is_key(text) {
        let pattern = format!("({KEY})?");
        messages.push(no_match(MESSAGE, &pattern, &["MyValue", "my_value", "12345"]));
    }
    messages
}

#[cfg(test)]
mod tests {
    use proptest::{prop_assert_eq, proptest};
    use regex::Regex;

    use super::{KEY, LABEL, is_key, is_label, is_subdomain, masked, qualified_name};

    #[test]
    fn messages_are_those_of_kubernetes() {
        assert_eq!(qualified_name("a/b/c").len(), 1);
        assert_eq!(
            qualified_name("/"),
            [
                "prefix part must be non-empty",
                "name part must be non-empty",
                "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
            ]
        );
        assert_eq!(masked("name-"), "nama");
        assert!(!is_label(&masked("a\u{e9}-")));
        assert_eq!(masked("-"), "-");
    }

    proptest! {
        #[test]
        fn the_quick_tests_agree_with_the_patterns(text in "[a-cA-C0-2_.-]{0,8}") {
            let matches = |pattern: String| Regex::new(&pattern).expect("constant").is_match(&text);
            prop_assert_eq!(is_label(&text), matches(format!("^{LABEL}$")));
            prop_assert_eq!(is_subdomain(&text), matches(format!("^{LABEL}(\\.{LABEL})*$")));
            prop_assert_eq!(is_key(&text), matches(format!("^{KEY}$")));
        }

        #[test]
        fn any_text_is_judged_without_panic(text in "\\PC{0,20}") {
            drop((qualified_name(&masked(&text)), super::label_value(&text)));
        }
    }
}
