use super::*;

fn check(class: Option<NameClass>, names: &[&str]) {
    for name in names {
        assert_eq!(classify(name), class, "{name}");
    }
}

#[test]
fn passwords() {
    check(
        Some(NameClass::Password),
        &[
            "password",
            "DB_PASSWORD",
            "dbPassword",
            "my_password",
            "pwd",
            "MYSQL_ROOT_PASSWORD",
            "spring.datasource.password",
            "REDIS_PASS",
            "dbpassword",
            "PASSWORD_1",
            "sasl-passphrase",
            "ADMIN_PASSWORD_DEFAULT",
            "PGPASSWORD",
            "SSHPASS_PASSWORD",
        ],
    );
}

#[test]
fn tokens() {
    check(
        Some(NameClass::Token),
        &[
            "API_TOKEN",
            "GITHUB_TOKEN",
            "clientSecret",
            "AWS_SECRET_ACCESS_KEY",
            "azure_batch_key",
            "AZURE_OPENAI_KEY",
            "OCI_CLI_KEY_CONTENT",
            "secretkey",
            "SECRET_KEY_BASE",
            "jwt",
            "aws_access_key_id",
            "apiKey",
            "ENCRYPTION_KEY",
            "githubtoken",
            "GOOGLE_CREDENTIALS",
        ],
    );
}

#[test]
fn mentions() {
    check(
        Some(NameClass::Mention),
        &["SECRET_BLAH", "password_for_mail", "TOKEN_GITHUB", "secret-x"],
    );
}

#[test]
fn names_about_credentials_are_none() {
    check(
        None,
        &[
            "",
            "PASSWORD_FILE",
            "IMAGE_PULL_SECRET",
            "tlsSecret",
            "PASSWORD_ENCRYPTION",
            "METALLB_ML_SECRET_KEY_PATH",
            "SOME_TOKEN_PATH",
            "TOKEN_TTL",
            "SECRET_NAME",
            "tls-secret-name",
            "PASSWORD_MIN_LENGTH",
            "TOKEN_URL",
            "JWT_ISSUER",
            "PUBLIC_KEY",
            "CACHE_KEY",
            "PARTITION_KEY",
            "SSH_KEY",
            "KEYCLOAK_URL",
            "MONKEY",
            "color.good",
            "player_initial_lives",
            "AUTH_METHOD",
            "SECRETS_PROVIDER",
            "keystore",
            "credentialsSecretRef",
            "AZURE_PUBLIC_KEY",
            "key",
            "COMPASS",
            "bypass_list",
        ],
    );
}
