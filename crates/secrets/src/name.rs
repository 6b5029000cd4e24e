//! What the name of a variable, key or flag says of its value.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// A name that says that the value is a credential.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NameClass {
    /// `DB_PASSWORD`: people choose passwords, so any text can be one.
    Password,
    /// `API_TOKEN`, `clientSecret`: mostly generated, and the same words name objects that hold
    /// the credential.
    Token,
    /// `SECRET_BLAH`, `password_for_mail`: speaks of one, and of nothing else that is known.
    Mention,
}

const PASSWORD_WORDS: [&str; 13] = [
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passcode",
    "pswd",
    "psw",
    "passwrd",
    "pass",
    "passwords",
    "pword",
    "pswrd",
    "pw",
];

const TOKEN_WORDS: [&str; 19] = [
    "secret",
    "secrets",
    "token",
    "tokens",
    "apikey",
    "apitoken",
    "accesskey",
    "secretkey",
    "privatekey",
    "authtoken",
    "accesstoken",
    "jwt",
    "bearer",
    "credential",
    "credentials",
    "creds",
    "clientsecret",
    "pat",
    "appsecret",
];

/// Before `key`.
const KEY_KINDS: [&str; 21] = [
    "api",
    "access",
    "secret",
    "private",
    "encryption",
    "signing",
    "signature",
    "account",
    "master",
    "auth",
    "shared",
    "batch",
    "storage",
    "license",
    "licence",
    "app",
    "hmac",
    "jwt",
    "session",
    "deploy",
    "crypt",
];

/// First words of names whose last word `key` stands for a credential: `AZURE_OPENAI_KEY`.
const KEY_OWNERS: [&str; 6] = ["azure", "aws", "gcp", "stripe", "openai", "datadog"];

/// After the word that says credential, these change nothing: `PASSWORD_DEFAULT`, `SECRET_KEY_BASE`.
const NEUTRAL: [&str; 27] = [
    "value",
    "content",
    "contents",
    "text",
    "plain",
    "plaintext",
    "literal",
    "data",
    "default",
    "base",
    "base64",
    "b64",
    "current",
    "previous",
    "old",
    "new",
    "prod",
    "production",
    "dev",
    "staging",
    "test",
    "live",
    "root",
    "admin",
    "primary",
    "secondary",
    "txt",
];

/// Glued to other words: `dbpassword`, `redispass`.
const GLUED_PASSWORDS: [&str; 5] = ["password", "passwd", "passphrase", "pwd", "passcode"];
const GLUED_TOKENS: [&str; 7] =
    ["secret", "token", "apikey", "accesskey", "secretkey", "privatekey", "credentials"];

/// `None` when the name does not say credential, or says something about one: `PASSWORD_FILE`,
/// `TOKEN_TTL`, `SECRET_NAME`.
pub(crate) fn classify(name: &str) -> Option<NameClass> {
    // Nobody writes longer names, and hostile text is not worth the time.
    if name.len() > 256 || !is_mentioned(name) {
        return None;
    }
    let words = words(name);
    let at = words.iter().rposition(|word| !is_neutral(word))?;
    let (word, before) = (words[at].as_str(), &words[..at]);
    class_of(word, before)
        .or_else(|| is_access_key_id(&words).then_some(NameClass::Token))
        .or_else(|| is_mention(&words).then_some(NameClass::Mention))
}

/// Whether a text has some part of a name that [`class_of`] knows: nearly all have none.
pub(crate) fn is_mentioned(text: &str) -> bool {
    STEMS.is_match(text)
}

static STEMS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let stems =
        ["pass", "pwd", "psw", "pw", "secret", "token", "key", "jwt", "bearer", "cred", "pat"];
    AhoCorasick::builder().ascii_case_insensitive(true).build(stems).expect("few short words")
});

fn class_of(word: &str, before: &[String]) -> Option<NameClass> {
    if PASSWORD_WORDS.contains(&word) {
        return Some(NameClass::Password);
    }
    // `imagePullSecret`: an object.
    let is_object = matches!(word, "secret" | "secrets")
        && before.last().is_some_and(|last| OBJECT_SECRETS.contains(&last.as_str()));
    if is_object {
        return None;
    }
    let is_key = matches!(word, "key" | "keys") && is_credential_key(before);
    if TOKEN_WORDS.contains(&word) || is_key {
        return Some(NameClass::Token);
    }
    let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    if ends(&GLUED_PASSWORDS) {
        return Some(NameClass::Password);
    }
    ends(&GLUED_TOKENS).then_some(NameClass::Token)
}

/// Before `secret`, where it means the object of this kind.
const OBJECT_SECRETS: [&str; 8] =
    ["pull", "tls", "cert", "certificate", "ssl", "registry", "image", "kubernetes"];

fn is_credential_key(before: &[String]) -> bool {
    let last = before.last().map(String::as_str);
    let owner = before.first().map(String::as_str);
    last.is_some_and(|word| KEY_KINDS.contains(&word))
        || owner.is_some_and(|word| KEY_OWNERS.contains(&word)) && last != Some("public")
        || before.iter().any(|word| word == "cli")
}

/// `AWS_ACCESS_KEY_ID`: half of a credential, and leaked together with the other half.
fn is_access_key_id(words: &[String]) -> bool {
    words.ends_with(&["access".to_owned(), "key".to_owned(), "id".to_owned()])
}

/// What is said of a credential that is kept elsewhere, and how it is used: `TOKEN_URL`,
/// `PASSWORD_MIN_LENGTH`.
const ABOUT: [&str; 83] = [
    "file",
    "files",
    "path",
    "paths",
    "dir",
    "directory",
    "folder",
    "location",
    "mount",
    "name",
    "names",
    "ref",
    "refs",
    "reference",
    "id",
    "ids",
    "url",
    "urls",
    "uri",
    "endpoint",
    "host",
    "addr",
    "address",
    "server",
    "service",
    "port",
    "ttl",
    "expiry",
    "expiration",
    "expires",
    "lifetime",
    "duration",
    "timeout",
    "interval",
    "seconds",
    "minutes",
    "hours",
    "days",
    "age",
    "length",
    "min",
    "max",
    "size",
    "count",
    "limit",
    "type",
    "types",
    "kind",
    "policy",
    "provider",
    "providers",
    "method",
    "methods",
    "mode",
    "format",
    "algorithm",
    "hash",
    "header",
    "prefix",
    "suffix",
    "field",
    "column",
    "claim",
    "issuer",
    "audience",
    "scope",
    "scopes",
    "namespace",
    "enabled",
    "store",
    "encryption",
    "encoder",
    "encoding",
    "rotation",
    "hashing",
    "strength",
    "manager",
    "backend",
    "engine",
    "operator",
    "label",
    "labels",
    "selector",
];

fn is_mention(words: &[String]) -> bool {
    const SPOKEN: [&str; 9] = [
        "password",
        "passwd",
        "passphrase",
        "secret",
        "secrets",
        "token",
        "credential",
        "credentials",
        "apikey",
    ];
    words.iter().any(|word| SPOKEN.contains(&word.as_str()))
        && !words.iter().any(|word| ABOUT.contains(&word.as_str()) || word == "public")
        && !words
            .windows(2)
            .any(|pair| pair[1].starts_with("secret") && OBJECT_SECRETS.contains(&pair[0].as_str()))
}

fn is_neutral(word: &str) -> bool {
    NEUTRAL.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Lowercase words of a name in any spelling: `DB_PASSWORD`, `dbPassword`, `spring.db-password`.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut previous = ' ';
    let mut characters = name.chars().peekable();
    while let Some(character) = characters.next() {
        let next_is_lower = characters.peek().is_some_and(|next| next.is_lowercase());
        let begins = character.is_uppercase()
            && (previous.is_lowercase() || previous.is_uppercase() && next_is_lower);
        if begins || !character.is_alphanumeric() {
            words.push(String::new());
        }
        if character.is_alphanumeric() {
            words.last_mut().expect("never empty").extend(character.to_lowercase());
        }
        previous = character;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests;
