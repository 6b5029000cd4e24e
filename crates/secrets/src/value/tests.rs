use super::*;

fn check(what: fn(&str) -> bool, yes: &[&str], no: &[&str]) {
    for value in yes {
        assert!(what(value), "{value:?} should be one");
    }
    for value in no {
        assert!(!what(value), "{value:?} should be none");
    }
}

#[test]
fn placeholders() {
    check(
        is_placeholder,
        &[
            "",
            " ",
            "${DB_PASSWORD}",
            "$(DB_PASSWORD)",
            "$DB_PASSWORD",
            "{{ .Values.password }}",
            "<changeme>",
            "<path:secret/data/db#password>",
            "%PASSWORD%",
            "__PASSWORD__",
            "xxxx",
            "********",
            "your-api-key-here",
            "yourpassword",
            "REPLACE_ME",
            "REDACTED",
            "postgres-${X}",
            "[secret]",
            "insert token here",
            "@password@",
        ],
        &["hunter2", "changeme", "pa$$word", "abc123", "P@ssw0rd!", "a{b", "[{\"a\": 1}", "hi"],
    );
}

#[test]
fn paths_and_references() {
    check(
        is_reference,
        &[
            "/etc/ml_secret_key",
            "./key",
            "~/.ssh/id_rsa",
            "C:\\secret",
            "certs/tls.key",
            "vault:secret/data/x#y",
            "arn:aws:secretsmanager:eu-west-1:1:secret:x",
            "op://a/b/c",
            "projects/p/secrets/s/versions/1",
            "ENC[AES256_GCM,data:x]",
        ],
        &["hunter2", "/9j4AAQSkZJRgABAQEAYABgAAD2wBDAAgGBgcGBQgHBwcJ", "a/b", "pass.word"],
    );
}

#[test]
fn names_and_addresses() {
    check(
        is_object_name,
        &["webhook-server-cert", "my-tls", "ns/name"],
        &["hunter2", "test", "A-B", "a1b2c3d4-e5f6"],
    );
    check(
        is_address,
        &["https://a/b", "auth.example.com", "db.svc:5432"],
        &["pass.W0rd", "hunter2"],
    );
    check(
        is_credential_name,
        &["db-password", "secretKey", "api_token"],
        &["password", "hunter2", "token-42x"],
    );
}

#[test]
fn made_up_values() {
    check(
        is_made_up,
        &["8312341g-5678-abcd-4a2b2c-33bcsd655", "abcdefgh1234", "12345678-1234-1234"],
        &["9f86d081884c7d659a2feaa0c55ad015", "hunter1234", "AKIAIOSFODNN7EXAMPLE"],
    );
}
