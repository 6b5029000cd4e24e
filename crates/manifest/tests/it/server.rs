//! The comparison with the server.

use kordon_manifest::{Document, Limits, Manifest, NoteKind};
use kordon_testkit::{Answer, Client, Cluster, Setup};
use serde_json::{Value, json};

use crate::cases;

const PATH: &str = "/apis/test.kordon.dev/v1/namespaces/default/odds";
const JSON: &str = "application/json";
const YAML: &str = "application/yaml";

#[test]
fn kordon_reads_what_the_server_stores() {
    let Some(cluster) = Cluster::start(Setup::default()) else { return };
    let client = cluster.client();
    let answer =
        client.create("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", &definition());
    assert!(answer.is_success(), "{}", answer.message());
    cluster.wait_for("the resource", |client| client.get(PATH).is_success());
    let mut differences = Vec::new();
    let (yaml, json) = (cases::yaml(), cases::json());
    assert!(yaml.len() + json.len() >= 500);
    let documents = yaml.iter().map(|bytes| (YAML, bytes));
    for (content_type, bytes) in documents.chain(json.iter().map(|bytes| (JSON, bytes))) {
        let difference = difference(client, content_type, bytes);
        differences
            .extend(difference.map(|text| (String::from_utf8_lossy(bytes).into_owned(), text)));
    }
    assert!(differences.is_empty(), "{}: {differences:#?}", differences.len());
}

/// Any object whatever, kept as it was sent.
fn definition() -> Value {
    let schema = json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true});
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "odds.test.kordon.dev"},
        "spec": {
            "group": "test.kordon.dev",
            "names": {"kind": "Odd", "plural": "odds"},
            "scope": "Namespaced",
            "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": schema}}],
        },
    })
}

fn difference(client: &Client, content_type: &str, bytes: &[u8]) -> Option<String> {
    let answer = client.post(&format!("{PATH}?dryRun=All"), content_type, bytes);
    let manifest = Manifest::new("-", bytes.to_vec(), Limits::default());
    let first = manifest.parts().first();
    let read = first.map(|part| manifest.read(part));
    let end = first.map_or(0, |part| part.span().end as usize);
    let stored = match stored(&answer) {
        // A file need not say which it is: what is no JSON is read as YAML.
        None if content_type == JSON => {
            let whole = bytes.get(..end).unwrap_or(bytes);
            stored(&client.post(&format!("{PATH}?dryRun=All"), YAML, whole))
        }
        stored => stored,
    };
    match (stored, read) {
        (Some(stored), Some(Ok(document))) => {
            let ours = value(&document);
            if ours != stored {
                return Some(format!("server {stored}, kordon {ours}"));
            }
            let warned = answer.warnings.iter().any(|text| is_about_duplicates(text));
            let noted = document.notes.iter().any(|note| note.kind == NoteKind::DuplicateKey);
            // What a merge brings may be replaced.
            let merges = String::from_utf8_lossy(bytes).contains("<<");
            (warned != noted && !merges).then(|| format!("warned {:?}", answer.warnings))
        }
        (Some(stored), read) => Some(format!("server {stored}, kordon {read:?}")),
        (None, Some(Ok(document))) if is_object(&document) => {
            Some(format!("server {}, kordon {:?}", answer.message(), document.tree))
        }
        (None, _) => None,
    }
}

fn is_about_duplicates(warning: &str) -> bool {
    warning.contains("already set in map") || warning.contains("duplicate field")
}

fn is_object(document: &Document) -> bool {
    document.what() == kordon_manifest::What::Object
}

/// What the server made of it, without what it added.
fn stored(answer: &Answer) -> Option<Value> {
    assert!(answer.is_success() || answer.status < 500, "{answer:?}");
    let mut object = answer.is_success().then(|| answer.body.clone())?;
    object["metadata"] = json!({"name": object["metadata"]["name"]});
    Some(rounded(object))
}

/// Whole numbers beyond 64 bits are floats to both, but not to `serde_json`.
fn rounded(value: Value) -> Value {
    match value {
        Value::Number(number) if !number.is_i64() => json!(number.as_f64()),
        Value::Array(items) => items.into_iter().map(rounded).collect(),
        Value::Object(entries) => {
            entries.into_iter().map(|(key, value)| (key, rounded(value))).collect()
        }
        other => other,
    }
}

fn value(document: &Document) -> Value {
    serde_json::from_str(&document.tree.root().to_string()).expect("a tree prints as JSON")
}
