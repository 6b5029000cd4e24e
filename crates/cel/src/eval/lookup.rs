//! Field look-ups that were made before. Policies read the same fields of the same containers again
//! and again, and a map of a document is searched one key after the other.

use kordon_model::{NodeId, NodeRef, Tree};

use crate::plan::node::NameIdx;

/// A small table in which every look-up has one place; a newer one takes it.
pub(super) struct Lookups<'a> {
    entries: Box<[Entry<'a>; N_ENTRIES]>,
}

#[derive(Clone, Copy)]
struct Entry<'a> {
    tree: Option<&'a Tree>,
    node: u32,
    name: u32,
    found: Option<NodeId>,
}

const N_ENTRIES: usize = 256;

impl<'a> Lookups<'a> {
    pub(super) fn new() -> Self {
        let empty = Entry { tree: None, node: 0, name: 0, found: None };
        Self { entries: Box::new([empty; N_ENTRIES]) }
    }

    /// The value of a field of a document's map.
    #[inline]
    pub(super) fn get(
        &mut self,
        node: NodeRef<'a>,
        name: NameIdx,
        text: &str,
    ) -> Option<NodeRef<'a>> {
        let (tree, id) = (node.tree(), node.id().index());
        let entry = &mut self.entries[place(id, name.0)];
        let is_known = entry.node == id
            && entry.name == name.0
            && entry.tree.is_some_and(|known| std::ptr::eq(known, tree));
        if !is_known {
            let found = node.get(text).map(NodeRef::id);
            *entry = Entry { tree: Some(tree), node: id, name: name.0, found };
        }
        entry.found.map(|id| tree.node(id))
    }
}

/// Spreads neighbours: nodes of a list's items and names are numbered in the order of the text.
#[inline]
fn place(node: u32, name: u32) -> usize {
    let mixed = node.wrapping_mul(0x9E37_79B9) ^ name.wrapping_mul(0x85EB_CA6B);
    (mixed >> 24) as usize % N_ENTRIES
}
