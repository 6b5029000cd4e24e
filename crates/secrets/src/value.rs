//! What a value is when it is no credential: a placeholder, a path, a reference, a switch.

use std::sync::LazyLock;

use regex::Regex;

use crate::name::NameClass;

/// Something that a program would use as a credential as it stands.
pub(crate) fn is_literal(value: &str) -> bool {
    !is_placeholder(value) && !is_switch(value) && !is_reference(value)
}

/// To be filled in by a template, a variable or a person.
pub(crate) fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    if value.is_empty() {
        return true;
    }
    is_bracketed(value) || is_filler(value) || PLACEHOLDER.is_match(value)
}

fn is_bracketed(value: &str) -> bool {
    [("<", ">"), ("{", "}"), ("[", "]"), ("%", "%"), ("__", "__"), ("@", "@"), ("#{", "}#")]
        .iter()
        .any(|(open, close)| {
            value.len() > open.len() + close.len()
                && value.starts_with(open)
                && value.ends_with(close)
                && !value.contains('\n')
                && !value.contains("\":")
        })
}

/// `xxx`, `****`, `...`: one character again and again.
fn is_filler(value: &str) -> bool {
    let mut bytes = value.bytes().map(|byte| byte.to_ascii_lowercase());
    let first = bytes.next();
    bytes.all(|byte| Some(byte) == first)
        && matches!(first, Some(b'x' | b'*' | b'.' | b'-' | b'_' | b'#' | b'?' | b'=' | b'0'))
}

/// `xxx`: a credential was taken out of here, and is to be put in again.
pub(crate) fn is_crossed_out(value: &str) -> bool {
    value.len() >= 3 && value.bytes().all(|byte| byte.eq_ignore_ascii_case(&b'x'))
}

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\$\{[^}]*\}|\$\([^)]*\)|^\$[A-Za-z_][A-Za-z0-9_]*$|\{\{|\}\}|<%|%>",
        r"|(?i:^(?:your|my|some|insert|enter|put|add|set|use|replace)[ _-].*(?:here|key|token|secret|password|value|me)\b)",
        r"|(?i:^your_?(?:password|passwd|secret|token|key|apikey)$)",
        r"|(?i:^(?:replace|fill|change)[ _-]?(?:me|this|it|with)?[ _-]?in?$|replace[ _-]?(?:me|with|this)|^to[ _-]?be[ _-])",
        r"|(?i:^(?:redacted|masked|hidden|sensitive|todo|tbd|fixme|placeholder|dummy|n/?a|not[ _-]?set|unset|undefined)\b)",
    ))
    .expect("the pattern is valid")
});

/// `true`, `none`, `enabled`, …: how something behaves, not what it keeps secret.
pub(crate) fn is_switch(value: &str) -> bool {
    const WORDS: [&str; 24] = [
        "true", "false", "yes", "no", "on", "off", "none", "null", "nil", "~", "enabled",
        "disabled", "enable", "disable", "required", "optional", "auto", "always", "never",
        "string", "\"\"", "''", "{}", "[]",
    ];
    WORDS.contains(&value.trim().to_ascii_lowercase().as_str())
}

/// A path, or the address of a secret that is kept elsewhere.
pub(crate) fn is_reference(value: &str) -> bool {
    is_path(value.trim()) || is_store_reference(value)
}

/// The address of a secret in a store, or the secret encrypted by a tool.
pub(crate) fn is_store_reference(value: &str) -> bool {
    const STORES: [&str; 19] = [
        "vault:",
        "vault/",
        "arn:",
        "ref+",
        "secretref:",
        "secret://",
        "awssm:",
        "awsssm:",
        "gcpsm:",
        "azurekv:",
        "op://",
        "env:",
        "file:",
        "keyvault",
        "sm://",
        "ssm:",
        "enc[",
        "enc(",
        "encrypted:",
    ];
    let value = value.trim();
    let lower: String = value.chars().take(16).collect::<String>().to_ascii_lowercase();
    STORES.iter().any(|store| lower.starts_with(store))
        || value.starts_with("projects/") && value.contains("/secrets/")
        || value.starts_with("!vault")
        || value.starts_with("$ANSIBLE_VAULT")
}

/// `/etc/key`, `./key`, `~/.ssh/id`, `C:\key`, `certs/tls.key`.
pub(crate) fn is_path(value: &str) -> bool {
    let drive = value.as_bytes().get(1..3) == Some(b":\\");
    let is_word = !value.contains(char::is_whitespace);
    let rooted = ["/", "./", "../", "~/"].iter().any(|root| value.starts_with(root));
    let n_slashes = value.matches('/').count();
    is_word
        && (drive
            || rooted && !is_base64_with_slash(value)
            || n_slashes >= 1 && has_file_extension(value))
}

/// One in 64 random keys in base64 begins with a slash; directories have shorter names and fewer
/// kinds of letters.
fn is_base64_with_slash(value: &str) -> bool {
    let has = |test: fn(&u8) -> bool| value.as_bytes().iter().any(test);
    let n_segments = value.split('/').filter(|segment| !segment.is_empty()).count();
    value.len() >= 24
        && value.len() / n_segments.max(1) >= 10
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'+' | b'='))
        && crate::entropy::entropy(value) >= 3.6
}

fn has_file_extension(value: &str) -> bool {
    let Some((_, extension)) = value.rsplit_once('.') else { return false };
    matches!(
        extension.to_ascii_lowercase().as_str(),
        "key"
            | "pem"
            | "crt"
            | "cer"
            | "json"
            | "yaml"
            | "yml"
            | "txt"
            | "p12"
            | "pfx"
            | "jks"
            | "conf"
            | "cfg"
            | "ini"
            | "env"
            | "token"
            | "toml"
            | "properties"
            | "pub"
    )
}

/// `http://host/path`: where something is. A password inside is the business of a detector.
pub(crate) fn is_address(value: &str) -> bool {
    value.contains("://") || is_host(value)
}

/// `auth.example.com`, `db.svc:5432`.
fn is_host(value: &str) -> bool {
    let (host, port) = value.rsplit_once(':').unwrap_or((value, "1"));
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let labels = host.split('.');
    labels.clone().count() >= 2
        && labels.clone().all(is_label)
        && labels.clone().next_back().is_some_and(|top| top.bytes().all(|b| b.is_ascii_lowercase()))
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// `webhook-server-cert`, `app.tls`: lowercase words as objects are named, with no digits that a
/// generator would have put in.
pub(crate) fn is_object_name(value: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            && word.bytes().filter(u8::is_ascii_digit).count() <= 2
    };
    value.contains(['-', '.', '/']) && value.split(['-', '.', '/']).all(is_word)
}

/// `camelCase`, `snake_case` or `kebab-case` words that say credential: the name of a key.
pub(crate) fn is_credential_name(value: &str) -> bool {
    let words = crate::name::words(value);
    words.len() >= 2
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        && !value.bytes().any(|byte| byte.is_ascii_digit())
        && crate::name::classify(value).is_some_and(|class| class != NameClass::Mention)
}

/// `1234-5678-abcd`: typed by counting up, as in documentation.
pub(crate) fn is_made_up(value: &str) -> bool {
    let is_step = |pair: &[u8]| pair[0].is_ascii_alphanumeric() && pair[1] == pair[0] + 1;
    let (mut n_runs, mut n_steps) = (0, 0);
    for pair in value.as_bytes().windows(2) {
        n_steps = if is_step(pair) { n_steps + 1 } else { 0 };
        n_runs += usize::from(n_steps == 3);
    }
    n_runs >= 2
}

/// `JWT`, `my_key_value`: a word that says credential, where one could have been written.
pub(crate) fn is_stand_in(value: &str) -> bool {
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let lower = || value.to_ascii_lowercase();
    value.len() >= 3
        && value.len() <= 64
        && value.bytes().all(is_word)
        && (value.eq_ignore_ascii_case("jwt")
            || value.eq_ignore_ascii_case("bearer")
            || value.contains('_') && {
                let lower = lower();
                ["_key_", "_secret_"].iter().any(|inner| lower.contains(inner))
            })
}

#[cfg(test)]
mod tests;
