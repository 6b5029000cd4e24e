//! From a trace of an expression to the fields that decided it.

use kordon_base::Span;
use kordon_cel::Trace;
use kordon_finding::Evidence;
use kordon_model::{FieldPath, Kind, NodeRef};

/// Values that one violation carries at most.
const MAX_EVIDENCE: usize = 5;
/// Characters of a value that are shown.
const MAX_TEXT: usize = 200;

/// The values of the object that an expression read, the deciding (last) one first, and that
/// one's span.
pub(super) fn of(root: NodeRef<'_>, trace: &Trace<'_>) -> (Vec<Evidence>, Option<Span>) {
    let is_of_object = |node: &NodeRef<'_>| std::ptr::eq(node.tree(), root.tree());
    let mut nodes: Vec<NodeRef<'_>> = Vec::new();
    for node in trace.steps.iter().filter_map(|step| step.node).filter(is_of_object) {
        if !nodes.iter().any(|known| known.id() == node.id()) {
            nodes.push(node);
        }
    }
    let deepest = without_parents(&nodes);
    let span = deepest.last().map(|node| node.span());
    let evidence = deepest.iter().rev().take(MAX_EVIDENCE).filter_map(|node| {
        let path = FieldPath::of(root, node.id())?;
        Some(Evidence { path: path.to_string().into(), value: value(*node) })
    });
    (evidence.collect(), span)
}

/// Drops a map or list of which a part is there too: the part says more.
fn without_parents<'t>(nodes: &[NodeRef<'t>]) -> Vec<NodeRef<'t>> {
    let contains = |outer: Span, inner: Span| {
        outer != inner && outer.start <= inner.start && inner.end <= outer.end
    };
    let is_parent =
        |node: NodeRef<'_>| nodes.iter().any(|other| contains(node.span(), other.span()));
    nodes.iter().copied().filter(|node| !is_parent(*node)).collect()
}

fn value(node: NodeRef<'_>) -> serde_json::Value {
    match node.kind() {
        Kind::Null => serde_json::Value::Null,
        Kind::Bool(value) => value.into(),
        Kind::Int(value) => value.into(),
        Kind::Float(value) => value.into(),
        Kind::String => clipped(node.as_str().unwrap_or_default()).into(),
        Kind::List if node.is_empty() => serde_json::Value::Array(Vec::new()),
        Kind::Map if node.is_empty() => serde_json::Value::Object(serde_json::Map::new()),
        Kind::List => format!("a list of {} items", node.len()).into(),
        Kind::Map => format!("a map of {} entries", node.len()).into(),
    }
}

fn clipped(text: &str) -> String {
    match text.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => format!("{}…", text.split_at(end).0),
        None => text.into(),
    }
}
