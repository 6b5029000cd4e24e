//! The values of ConfigMaps and Secrets.

use std::borrow::Cow;

use kordon_model::{Confidence, CredentialPlace, FieldPath, NodeRef, Object};

use super::{Hits, Spot};
use crate::{
    Detection, base64, detect, detect::by_name, detect_named, entropy::looks_random,
    redact::redact, value,
};

pub(super) fn config_map<'t>(object: Object<'t>, hits: &mut Hits<'t>) {
    for field in ["data", "binaryData"] {
        for (key, node) in entries(object, field) {
            let Some(written) = node.as_str() else { continue };
            let text = if field == "data" { Some(Cow::Borrowed(written)) } else { decode(written) };
            let Some(text) = text else { continue };
            let found = detect_named(key, &text);
            add(CredentialPlace::ConfigMap, field, (key, node), found, hits);
        }
    }
}

/// Each key at most once: the object is the leak, and its keys are the evidence.
pub(super) fn secret<'t>(object: Object<'t>, hits: &mut Hits<'t>) {
    // SOPS encrypts the values and leaves its own data beside them.
    if object.root().get("sops").is_some_and(NodeRef::is_map) {
        return;
    }
    for field in ["data", "stringData"] {
        for (key, node) in entries(object, field) {
            let Some(written) = node.as_str() else { continue };
            let decoded = if field == "data" { decode(written) } else { None };
            let mut found = in_secret(key, decoded.as_deref().unwrap_or(written));
            found.truncate(1);
            add(CredentialPlace::Secret, field, (key, node), found, hits);
        }
    }
}

fn in_secret(key: &str, text: &str) -> Vec<Detection> {
    let trimmed = text.trim();
    if trimmed.is_empty() || value::is_placeholder(trimmed) || value::is_store_reference(trimmed) {
        return Vec::new();
    }
    let found = detect(trimmed);
    if !found.is_empty() {
        return found;
    }
    match by_name(key, trimmed) {
        Some(found) => vec![found],
        None if is_public(key, trimmed) => Vec::new(),
        None => vec![Detection {
            detector: "secret-value",
            title: "Value of a Secret",
            confidence: if looks_random(trimmed) && !value::is_made_up(trimmed) {
                Confidence::Medium
            } else {
                Confidence::Low
            },
            span: 0..trimmed.len(),
            redacted: redact(trimmed, ""),
        }],
    }
}

/// What people keep in Secrets beside the secret: names, addresses, certificates.
fn is_public(key: &str, text: &str) -> bool {
    const KEYS: [&str; 31] = [
        "username",
        "user",
        "host",
        "hostname",
        "port",
        "url",
        "uri",
        "endpoint",
        "server",
        "name",
        "type",
        "namespace",
        "database",
        "db",
        "dbname",
        "email",
        "region",
        "bucket",
        "domain",
        "schema",
        "project",
        "tenant",
        "account",
        "issuer",
        "path",
        "cluster",
        "zone",
        "id",
        "version",
        "crt",
        "pub",
    ];
    let is_certificate = text.contains("-----BEGIN CERTIFICATE") && !text.contains("PRIVATE KEY");
    let last = crate::name::words(key).pop().unwrap_or_default();
    KEYS.contains(&last.as_str())
        || is_certificate
        || value::is_switch(text)
        || value::is_address(text)
        || value::is_path(text)
        || text.len() < 8 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn entries<'t>(
    object: Object<'t>,
    field: &str,
) -> impl Iterator<Item = (&'t str, NodeRef<'t>)> + use<'t> {
    let entries = object.root().get(field).into_iter().flat_map(NodeRef::entries);
    entries.filter_map(|(key, node)| Some((key.as_str()?, node)))
}

/// `None` for what is no text: keystores and other binary files are not looked into.
fn decode(written: &str) -> Option<Cow<'static, str>> {
    base64::decode_text(written).map(Cow::Owned)
}

fn add<'t>(
    place: CredentialPlace,
    field: &'static str,
    (key, node): (&'t str, NodeRef<'t>),
    found: Vec<Detection>,
    hits: &mut Hits<'t>,
) {
    let spot = Spot { place, node, container: None, name: key };
    hits.add(&spot, found, || FieldPath::root().key(field).key(key));
}
