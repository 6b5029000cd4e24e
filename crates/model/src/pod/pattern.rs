//! Where in a resource something stands: `spec.workerGroupSpecs[].template`. `name[]` stands for
//! every item of a list and `*` for every value of a map.

use super::Located;
use crate::{FieldPath, NodeRef};

/// Calls `visit` for each place below `start` that the pattern names and that is there. Empty text
/// names `start` itself.
pub(super) fn places<'t>(start: &Located<'t>, pattern: &str, visit: &mut dyn FnMut(Located<'t>)) {
    let mut path = start.path.clone();
    follow(start.node, pattern, &mut path, visit);
}

/// The one place that a pattern without wildcards names.
pub(super) fn place<'t>(start: &Located<'t>, pattern: &str) -> Option<Located<'t>> {
    let mut found = None;
    places(start, pattern, &mut |at| found = Some(at));
    found
}

fn follow<'t>(
    node: NodeRef<'t>,
    pattern: &str,
    path: &mut FieldPath<'t>,
    visit: &mut dyn FnMut(Located<'t>),
) {
    if node.is_null() {
        return;
    }
    if pattern.is_empty() {
        visit(Located { node, path: path.clone() });
        return;
    }
    let (step, rest) = pattern.split_once('.').unwrap_or((pattern, ""));
    if step == "*" {
        for (key, value) in node.entries() {
            path.push_key(key.as_str().unwrap_or_default());
            follow(value, rest, path, visit);
            path.pop();
        }
        return;
    }
    let (key, is_each) = step.strip_suffix("[]").map_or((step, false), |key| (key, true));
    let Some((key, value)) = node.entry(key) else { return };
    path.push_key(key.as_str().unwrap_or_default());
    if is_each {
        for (idx, item) in value.items().enumerate() {
            path.push_index(idx);
            follow(item, rest, path, visit);
            path.pop();
        }
    } else {
        follow(value, rest, path, visit);
    }
    path.pop();
}

/// Whether a user's text can be such a pattern.
pub(super) fn is_valid(pattern: &str) -> bool {
    let is_step = |step: &str| {
        let key = step.strip_suffix("[]").unwrap_or(step);
        step == "*" || (!key.is_empty() && !key.contains(['[', ']', '*']))
    };
    pattern.is_empty() || pattern.split('.').all(is_step)
}
