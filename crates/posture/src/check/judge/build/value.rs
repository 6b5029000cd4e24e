//! Values as findings carry them.

use kordon_cel::Value as CelValue;
use kordon_model::{Kind, NodeRef};
use serde_json::Value;

use crate::check::document::json;

/// Nodes of a value that a finding shows in full.
const MAX_NODES: usize = 24;
const MAX_CHARACTERS: usize = 200;

/// What stands at the deciding field. A finding is no copy of the manifest: what is large is cut.
pub(super) fn evidence_value(node: NodeRef<'_>) -> Value {
    match node.kind() {
        Kind::String => {
            let text = node.as_str().unwrap_or_default();
            match text.char_indices().nth(MAX_CHARACTERS) {
                Some((at, _)) => Value::from(format!("{}…", text.get(..at).unwrap_or_default())),
                None => Value::from(text),
            }
        }
        Kind::List | Kind::Map if is_large(node) => Value::from("…"),
        _ => json(node),
    }
}

fn is_large(node: NodeRef<'_>) -> bool {
    fn count(node: NodeRef<'_>, left: &mut usize) {
        let children = node.items().chain(node.entries().map(|(_, value)| value));
        for child in children {
            if *left == 0 {
                return;
            }
            *left -= 1;
            count(child, left);
        }
    }
    let mut left = MAX_NODES;
    count(node, &mut left);
    left == 0
}

/// A computed value of an edit.
pub(super) trait FromCel {
    fn from_cel(value: &CelValue<'_>) -> Self;
}

impl FromCel for Value {
    fn from_cel(value: &CelValue<'_>) -> Self {
        match value {
            CelValue::Bool(value) => Self::from(*value),
            CelValue::Int(value) => Self::from(*value),
            CelValue::Uint(value) => Self::from(*value),
            CelValue::Double(value) => Self::from(*value),
            CelValue::String(text) => Self::from(&**text),
            CelValue::List(list) => list.iter().map(|item| Self::from_cel(&item)).collect(),
            CelValue::Map(map) => {
                let entry = |(key, value): &(CelValue<'_>, CelValue<'_>)| {
                    let key = key.as_str().unwrap_or_default().to_owned();
                    (key, Self::from_cel(value))
                };
                map.entries().iter().map(entry).collect()
            }
            _ => Self::Null,
        }
    }
}
