//! What reports may show of a secret.

/// The public beginning of its kind and an ellipsis. Never holds the secret.
pub(crate) fn redact(secret: &str, shown: &str) -> String {
    let text = if secret.starts_with(shown) && secret.len() > shown.len() + 8 {
        format!("{shown}…")
    } else {
        "…".to_owned()
    };
    if secret.is_empty() || !text.contains(secret) { text } else { "(hidden)".to_owned() }
}
