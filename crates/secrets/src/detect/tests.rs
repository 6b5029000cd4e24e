use proptest::prelude::*;

use super::*;

/// `detector: secret` for each detection.
fn check(found: &[Detection], text: &str, expected: &[&str]) {
    let found: Vec<String> =
        found.iter().map(|found| format!("{}: {}", found.detector, secret(found, text))).collect();
    assert_eq!(found, expected, "{text}");
}

fn secret<'t>(found: &Detection, text: &'t str) -> &'t str {
    text.get(found.span.clone()).expect("a span is within its text")
}

fn check_text(text: &str, expected: &[&str]) {
    check(&detect(text), text, expected);
}

fn check_named(name: &str, text: &str, expected: &[&str]) {
    check(&detect_named(name, text), text, expected);
}

#[test]
fn a_name_makes_a_value_a_credential() {
    check_named("DB_PASSWORD", "hunter2", &["named-password: hunter2"]);
    check_named("DB_PASSWORD", " hunter2\n", &["named-password: hunter2"]);
    check_named("API_TOKEN", "9f86d081884c7d65", &["named-token: 9f86d081884c7d65"]);
    check_named("pwd", "hi", &["named-password: hi"]);
    check_named("pwd", "cGFzc3dvcmQ=", &["named-password: cGFzc3dvcmQ="]);
    check_named("LOG_LEVEL", "hunter2", &[]);
}

#[test]
fn what_is_no_credential_under_such_a_name() {
    for value in [
        "",
        "$(DB_PASSWORD)",
        "${DB_PASSWORD}",
        "{{ .Values.password }}",
        "/run/secrets/password",
        "true",
        "vault:secret/data/db#password",
        "https://vault.example.com/v1/password",
    ] {
        check_named("DB_PASSWORD", value, &[]);
    }
    for value in ["webhook-server-cert", "https://idp.example.com/token", "30", "db-token", "3600"]
    {
        check_named("API_TOKEN", value, &[]);
    }
    check_named("PASSWORD_FILE", "hunter2", &[]);
    check_named("DB_PASSWORD_KEY", "password", &[]);
    check_named("GOOGLE_API_KEY", "GOOGLE_API_KEY_VAL", &[]);
    check_named("STRIPE_KEY", "pk_live_51Hxxxxxxxxxxxxxxx", &[]);
}

#[test]
fn lines_of_configuration() {
    check_text(
        "db.host=localhost\ndb.password=hunter22\n# password=old\n",
        &["named-password: hunter22"],
    );
    check_text("database:\n  password: \"s3cr3t!\"\n", &["named-password: s3cr3t!"]);
    check_text("{\n  \"password\": \"s3cr3t!\",\n  \"a\": 1\n}", &["named-password: s3cr3t!"]);
    check_text("export GITHUB_TOKEN=9f86d081884c7d65 # ci", &["named-token: 9f86d081884c7d65"]);
    for text in [
        "password = os.environ['PASSWORD']",
        "password = config.password",
        "The password: ask your administrator",
        "password: ${DB_PASSWORD}",
        "passwordFile: /etc/password",
        "token_ttl: 3600",
        "if password == other:",
        "secretName: my-tls",
    ] {
        check_text(text, &[]);
    }
}

#[test]
fn the_surer_one_of_two_stays() {
    let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlc2lnbmF0dXJl";
    check_text(&format!("Authorization: Bearer {jwt}"), &[&format!("jwt: {jwt}")]);
    check_named("TOKEN", jwt, &[&format!("jwt: {jwt}")]);
}

#[test]
fn urls() {
    check_text("amqp://app:Zk3vP0q@mq:5672/", &["url-password: Zk3vP0q"]);
    for text in [
        "https://example.com:8443/@scope/package",
        "postgres://user:$(PASSWORD)@db/x",
        "postgres://user:password@localhost/x",
        "https://user@example.com",
        "git@github.com:org/repo.git",
    ] {
        check_text(text, &[]);
    }
}

#[test]
fn base64_hides_nothing() {
    // AKIAIOSFODNN7EXAMPLE and a line break.
    let text = "QUtJQUlPU0ZPRE5ON0VYQU1QTEUK";
    check_text(text, &[&format!("aws-access-key-id: {text}")]);
}

proptest! {
    #[test]
    fn any_text_is_read(name in "\\PC{0,40}", text in "(\\PC|\n){0,200}") {
        for found in detect_named(&name, &text) {
            secret(&found, &text);
        }
    }

    /// Near misses: the words that the detectors look for, with anything between.
    #[test]
    fn words_of_detectors_in_any_order(
        picks in prop::collection::vec((any::<prop::sample::Index>(), "[ -~é\n]{0,40}"), 0..12)
    ) {
        let words: Vec<&str> =
            table::detectors().flat_map(|detector| detector.words.iter().copied()).collect();
        let text: String =
            picks.iter().map(|(idx, between)| format!("{}{between}", idx.get(&words))).collect();
        let mut end = 0;
        for found in detect(&text) {
            prop_assert!(found.span.start >= end, "{:?} overlaps", found);
            end = found.span.end;
            secret(&found, &text);
        }
    }

    /// What is shown never holds the secret.
    #[test]
    fn nothing_leaks(name in "(DB_PASSWORD|API_TOKEN|pwd|x)", text in "[ -~]{1,60}") {
        for found in detect_named(&name, &text) {
            let secret = secret(&found, &text);
            prop_assert!(!found.redacted.contains(secret), "{secret} in {}", found.redacted);
        }
    }
}
