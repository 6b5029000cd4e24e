//! Annotations: of the object, and of the pods that it makes.

use kordon_model::{CredentialPlace, FieldPath, NodeRef, Object, PodView};
use serde_json::Value;

use super::{Hits, Spot};
use crate::{Detection, detect, detect_named, name::NameClass};

pub(super) fn of_object<'t>(object: Object<'t>, hits: &mut Hits<'t>) {
    let metadata = FieldPath::root().key("metadata");
    in_metadata(object.metadata(), &metadata, hits);
}

pub(super) fn of_pod<'t>(pod: &PodView<'t>, hits: &mut Hits<'t>) {
    let Some(metadata) = pod.metadata() else { return };
    // A Pod's metadata is its object's.
    if Some(metadata.node.id()) != pod.object().metadata().map(NodeRef::id) {
        in_metadata(Some(metadata.node), &metadata.path, hits);
    }
}

fn in_metadata<'t>(metadata: Option<NodeRef<'t>>, path: &FieldPath<'t>, hits: &mut Hits<'t>) {
    let annotations = metadata.and_then(|metadata| metadata.get("annotations"));
    for (key, node) in annotations.into_iter().flat_map(NodeRef::entries) {
        let (Some(key), Some(text)) = (key.as_str(), node.as_str()) else { continue };
        let found = in_annotation(key, text, &hits.known);
        let spot = Spot { place: CredentialPlace::Annotation, node, container: None, name: key };
        hits.add(&spot, found, || path.clone().key("annotations").key(key));
    }
}

fn in_annotation(key: &str, text: &str, known: &[&str]) -> Vec<Detection> {
    if text.starts_with('{')
        && let Ok(object) = serde_json::from_str::<Value>(text)
    {
        let mut found = Vec::new();
        in_json(&object, known, &mut found);
        return found;
    }
    // Names such as `checksum/secret` and `secret-hash` are about a credential; only a password's
    // name is trusted here.
    let name = key.rsplit('/').next().unwrap_or(key);
    if crate::name::classify(name) == Some(NameClass::Password) {
        detect_named(name, text)
    } else {
        detect(text)
    }
}

/// An object that another tool has written down as a whole, as `kubectl apply` does.
fn in_json(value: &Value, known: &[&str], found: &mut Vec<Detection>) {
    match value {
        Value::Object(map) => {
            let text = |key: &str| map.get(key).and_then(Value::as_str);
            if let (Some(name), Some(text)) = (text("name"), text("value")) {
                in_json_text(name, text, known, found);
            }
            for (key, value) in map {
                match value.as_str() {
                    Some(text) => in_json_text(key, text, known, found),
                    None => in_json(value, known, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| in_json(item, known, found)),
        Value::String(text) => in_json_text("", text, known, found),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn in_json_text(name: &str, text: &str, known: &[&str], found: &mut Vec<Detection>) {
    if !known.contains(&text) {
        found.extend(detect_named(name, text));
    }
}
