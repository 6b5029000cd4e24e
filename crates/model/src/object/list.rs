//! `List` and its relatives: one document, many objects.

use crate::{FieldPath, NodeRef, Object};

/// A list in a list in a list: nobody writes more, and a reader's depth limit is far above.
const MAX_NESTING: usize = 16;

/// Something where an object was expected.
#[derive(Clone, Debug)]
pub struct NotAnObject<'t> {
    pub node: NodeRef<'t>,
    /// From the document's root: `items[3]`; the root itself for the whole document.
    pub path: FieldPath<'t>,
    pub reason: &'static str,
}

/// A `List`, or a `PodList` and so on: a kind that ends so and has a list of `items`.
#[must_use]
pub fn is_list(root: NodeRef<'_>) -> bool {
    let kind = root.get("kind").and_then(NodeRef::as_str).unwrap_or_default();
    kind.ends_with("List") && root.get("apiVersion").is_some() && list_items(root).is_some()
}

/// The `items` of a list. `items: null` is how an empty Go slice is printed.
#[must_use]
pub fn list_items(root: NodeRef<'_>) -> Option<NodeRef<'_>> {
    root.get("items").filter(|items| items.is_null() || matches!(items.kind(), crate::Kind::List))
}

/// All objects of a document: itself, or the items of a list, and of lists among these. What is no
/// object stands in its place in the result.
#[must_use]
pub fn objects(root: NodeRef<'_>) -> Vec<Result<Object<'_>, NotAnObject<'_>>> {
    let mut found = Vec::new();
    collect(root, None, &mut FieldPath::root(), &mut found);
    found
}

/// As [`objects`], for an item that was taken from a list of this apiVersion and kind.
#[must_use]
pub fn item_objects<'t>(
    item: NodeRef<'t>,
    api_version: &'t str,
    kind: &'t str,
) -> Vec<Result<Object<'t>, NotAnObject<'t>>> {
    let mut found = Vec::new();
    collect(item, implied_by(api_version, kind), &mut FieldPath::root(), &mut found);
    found
}

/// apiVersion and kind that the list gives to items without their own.
#[derive(Clone, Copy)]
struct Implied<'t> {
    api_version: &'t str,
    kind: &'t str,
}

fn collect<'t>(
    node: NodeRef<'t>,
    implied: Option<Implied<'t>>,
    path: &mut FieldPath<'t>,
    found: &mut Vec<Result<Object<'t>, NotAnObject<'t>>>,
) {
    let refuse = |path: &FieldPath<'t>, reason| NotAnObject { node, path: path.clone(), reason };
    if is_list(node) {
        if path.segments().len() >= MAX_NESTING {
            found.push(Err(refuse(path, "lists are nested too deep")));
            return;
        }
        let list = Object::from_root(node);
        let implied = list.and_then(|list| implied_by(list.api_version(), list.kind()));
        path.push_key("items");
        for (idx, item) in node.get("items").into_iter().flat_map(NodeRef::items).enumerate() {
            path.push_index(idx);
            collect(item, implied, path, found);
            path.pop();
        }
        path.pop();
        return;
    }
    let object = Object::from_root(node).or_else(|| {
        let implied = implied?;
        let text = |key| node.get(key).and_then(NodeRef::as_str).filter(|text| !text.is_empty());
        let kind = text("kind").unwrap_or(implied.kind);
        let api_version = text("apiVersion").unwrap_or(implied.api_version);
        node.is_map().then(|| Object::new(node, api_version, kind))
    });
    found.push(object.ok_or_else(|| refuse(path, "no apiVersion and kind")));
}

/// The items of a `DeploymentList` in `apps/v1` are Deployments of `apps/v1`; a plain `List` says
/// nothing.
fn implied_by<'t>(api_version: &'t str, kind: &'t str) -> Option<Implied<'t>> {
    let kind = kind.strip_suffix("List").filter(|kind| !kind.is_empty())?;
    Some(Implied { api_version, kind })
}
