//! Pods in custom resources that kordon does not know: a map whose `containers` are containers.

use super::Located;
use crate::{FieldPath, Kind, NodeRef, Object, resources};

/// Deeper than any resource that people write by hand.
const MAX_DEPTH: usize = 40;

/// Groups whose objects hold pods as patterns, patches, schemas or values of a template, and not
/// as pods that will run.
const PATTERNS: [&str; 14] = [
    "admissionregistration.k8s.io",
    "apiextensions.k8s.io",
    "config.gatekeeper.sh",
    "constraints.gatekeeper.sh",
    "expansion.gatekeeper.sh",
    "helm.cattle.io",
    "helm.toolkit.fluxcd.io",
    "kordon.dev",
    "kustomize.config.k8s.io",
    "kustomize.toolkit.fluxcd.io",
    "kyverno.io",
    "mutations.gatekeeper.sh",
    "policies.kyverno.io",
    "templates.gatekeeper.sh",
];

/// Whether to look: built-in kinds are known, pods or not.
pub(super) fn is_worth_it(object: Object<'_>) -> bool {
    let group = object.group();
    resources::versions_of(group, object.kind()).is_empty() && !PATTERNS.contains(&group)
}

/// What looks like a pod, and the `metadata` beside it where it stands in a pod template.
pub(super) struct Detected<'t> {
    pub(super) spec: Located<'t>,
    pub(super) metadata: Option<Located<'t>>,
}

pub(super) fn pods<'t>(object: Object<'t>) -> Vec<Detected<'t>> {
    let mut found = Vec::new();
    let mut path = FieldPath::root();
    for (key, value) in object.root().entries() {
        let key = key.as_str().unwrap_or_default();
        if matches!(key, "metadata" | "status") {
            continue;
        }
        path.push_key(key);
        search(value, None, &mut path, &mut found);
        path.pop();
    }
    found
}

fn search<'t>(
    node: NodeRef<'t>,
    parent: Option<NodeRef<'t>>,
    path: &mut FieldPath<'t>,
    found: &mut Vec<Detected<'t>>,
) {
    if path.segments().len() > MAX_DEPTH {
        return;
    }
    if is_pod_spec(node) {
        let metadata = parent.and_then(|parent| parent.get("metadata")).map(|node| {
            let mut path = path.clone();
            path.pop();
            Located { node, path: path.key("metadata") }
        });
        found.push(Detected { spec: Located { node, path: path.clone() }, metadata });
        return;
    }
    for (key, value) in node.entries().filter(|(_, value)| !value.is_empty()) {
        path.push_key(key.as_str().unwrap_or_default());
        search(value, Some(node), path, found);
        path.pop();
    }
    for (idx, item) in node.items().enumerate().filter(|(_, item)| !item.is_empty()) {
        path.push_index(idx);
        search(item, None, path, found);
        path.pop();
    }
}

/// Its `containers` are maps, all with a name or an image, and one at least with an image.
fn is_pod_spec(node: NodeRef<'_>) -> bool {
    let Some(containers) = node.get("containers") else { return false };
    let has_text = |item: NodeRef<'_>, key| item.get(key).is_some_and(|n| n.as_str().is_some());
    matches!(containers.kind(), Kind::List)
        && containers.items().any(|item| has_text(item, "image"))
        && containers.items().all(|item| has_text(item, "name") || has_text(item, "image"))
}
