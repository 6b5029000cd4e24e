//! Forms of credentials that belong to no single product.

use kordon_model::Confidence;

use crate::{
    Detector, base64,
    value::{is_literal, is_placeholder},
};

pub(super) const DETECTORS: &[Detector] = &[
    Detector::context(
        "private-key",
        "Private key",
        &["private key"],
        r"(?is:-{2,5}\s?BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?\s?-{2,5}(?:\s|\\n|\\r)*([A-Za-z0-9+/=\\:,.\s-]*))",
    )
    .entropy(0.0)
    .accept(|body| !body.trim_matches(|c: char| !c.is_ascii_alphanumeric()).is_empty()),
    Detector::context(
        "putty-private-key",
        "PuTTY private key",
        &["putty-user-key-file-"],
        r"PuTTY-User-Key-File-[23]:\s{0,3}([a-z0-9-]+)",
    )
    .entropy(0.0),
    Detector::token("age-secret-key", "age secret key", &["age-secret-key-1"], r"AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}")
        .show("AGE-SECRET-KEY-1"),
    Detector::token("jwt", "JSON Web Token", &["eyj"], r"eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}")
        .show("eyJ")
        .accept(is_jwt),
    Detector::context(
        "url-password",
        "Password in a URL",
        &["://"],
        r#"[a-zA-Z][a-zA-Z0-9+.-]*://[^\s:/@"'<>?#`]*:([^\s/@"'<>`]+)@[A-Za-z0-9\[$]"#,
    )
    .with("@")
    .entropy(0.0)
    .confidence(Confidence::Medium)
    .accept(is_url_password),
    Detector::context(
        "connection-string-password",
        "Password in a connection string",
        &["password=", "pwd=", "passwd=", "password ="],
        r#"[?&;]\s{0,2}(?i:password|pwd|passwd)\s{0,2}=\s{0,2}([^&;\s"'<>`]+)"#,
    )
    .entropy(0.0)
    .confidence(Confidence::Medium)
    .accept(is_literal),
    Detector::context(
        "basic-auth-header",
        "Basic authentication header",
        &["basic "],
        r"(?i:\bbasic\s{1,3})([A-Za-z0-9+/]{8,}={0,2})",
    )
    .entropy(2.0)
    .accept(is_user_and_password),
    Detector::context(
        "bearer-token",
        "Bearer token",
        &["bearer "],
        r"(?i:\bbearer\s{1,3})([A-Za-z0-9_.~+/-]{16,}=*)",
    )
    .entropy(3.3)
    .confidence(Confidence::Medium)
    .accept(|token| is_literal(token) && token.bytes().any(|byte| byte.is_ascii_digit())),
    Detector::context(
        "docker-config-auth",
        "Registry credential of a Docker configuration",
        &["\"auth\""],
        r#""auth"\s{0,3}:\s{0,3}"([A-Za-z0-9+/]{6,}={0,2})""#,
    )
    .entropy(2.0)
    .accept(is_user_and_password),
    Detector::context(
        "kubeconfig-client-key",
        "Client key of a kubeconfig",
        &["client-key-data"],
        r#"client-key-data["']?\s{0,3}:\s{0,3}["']?([A-Za-z0-9+/]{64,}={0,2})"#,
    ),
    Detector::context(
        "bootstrap-token",
        "Kubernetes bootstrap token",
        &["token"],
        r#"(?i:token)["']?[\s:=]{1,4}["']?([a-z0-9]{6}\.[a-z0-9]{16})(?:[^a-z0-9.]|$)"#,
    )
    .entropy(3.0)
    .accept(|token| token.bytes().any(|byte| byte.is_ascii_digit())),
    Detector::context(
        "netrc-password",
        "Password of a .netrc",
        &["machine "],
        r"machine\s+\S+\s+login\s+\S+\s+password\s+(\S+)",
    )
    .entropy(0.0)
    .accept(is_literal),
    Detector::token(
        "password-hash",
        "Password hash",
        &["$2a$", "$2b$", "$2y$", "$5$", "$6$", "$y$", "$apr1$", "$argon2"],
        r"(?:\$2[aby]\$[0-9][0-9]\$[./A-Za-z0-9]{53}|\$[56]\$(?:rounds=[0-9]+\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{43,86}|\$y\$[./A-Za-z0-9]+\$[./A-Za-z0-9]+\$[./A-Za-z0-9]{43}|\$apr1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}|\$argon2(?:id?|d)\$v=[0-9]+\$m=[0-9]+,t=[0-9]+,p=[0-9]+\$[A-Za-z0-9+/]{8,}\$[A-Za-z0-9+/]{16,})",
    )
    .confidence(Confidence::Medium),
];

/// The header names an algorithm: other texts in base64 begin alike.
fn is_jwt(text: &str) -> bool {
    let header = text.split('.').next().and_then(base64::decode_text);
    header.is_some_and(|header| header.contains("\"alg\""))
}

fn is_user_and_password(encoded: &str) -> bool {
    let decoded = base64::decode_text(encoded);
    let parts = decoded.as_deref().and_then(|text| text.split_once(':'));
    parts.is_some_and(|(user, password)| {
        let is_text = |text: &str| text.chars().all(|c| !c.is_control());
        is_text(user) && is_text(password) && !password.is_empty() && !is_placeholder(password)
    })
}

/// Documentation writes `user:password@host`.
fn is_url_password(password: &str) -> bool {
    const EXAMPLES: [&str; 8] =
        ["password", "pass", "passwd", "pwd", "secret", "token", "port", "yourpassword"];
    let is_port = password.len() <= 5 && password.bytes().all(|byte| byte.is_ascii_digit());
    is_literal(password) && !is_port && !EXAMPLES.contains(&password.to_ascii_lowercase().as_str())
}
