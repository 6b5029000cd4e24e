//! Whether a value that JSON has no word for is still in the document: a later value of the same
//! key may have taken the place of it, or of what it was in.

use kordon_model::{NodeId, Tree};

use super::fail;
use crate::assembly::Failure;

pub(super) fn check(tree: &Tree, unwritable: &[(NodeId, &'static str)]) -> Result<(), Failure> {
    if unwritable.is_empty() {
        return Ok(());
    }
    let mut seen = vec![false; tree.n_nodes()];
    let mut open = vec![tree.root()];
    while let Some(node) = open.pop() {
        if !std::mem::replace(&mut seen[node.id().idx()], true) {
            open.extend(node.items());
            open.extend(node.entries().flat_map(|(key, value)| [key, value]));
        }
    }
    match unwritable.iter().find(|(node, _)| seen[node.idx()]) {
        Some((node, message)) => fail(tree.node(*node).span().start, *message),
        None => Ok(()),
    }
}
