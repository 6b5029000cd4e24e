//! A document as a tree with spans: what the readers build and every engine borrows from.
//!
//! One flat arena a document. Nodes are 20 bytes; text that stands verbatim in the source is not
//! copied. An alias (`*a`) is a second reference to the same node, so that an alias bomb costs
//! nothing until somebody expands it; readers count expansions.

mod json;

use std::{fmt, sync::Arc};

use kordon_base::{Source, Span};

#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct NodeId(u32);

impl NodeId {
    /// The node's number in its tree.
    #[must_use]
    #[inline]
    pub fn index(self) -> u32 {
        self.0
    }
}

impl NodeId {
    /// Below [`Tree::n_nodes`].
    #[must_use]
    pub fn idx(self) -> usize {
        self.0 as usize
    }
}

/// The JSON value that the API server would see, without the text and the numbers of it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Kind {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    String,
    List,
    Map,
}

#[derive(Clone, Copy)]
enum Payload {
    Null,
    Bool(bool),
    /// 64 bits in two halves, so that a node needs no 8-byte alignment.
    Int(u32, u32),
    Float(u32, u32),
    /// Verbatim in the source: start, length.
    Text(u32, u32),
    /// In `decoded`: start, length.
    Decoded(u32, u32),
    /// In `children`: first, count.
    List(u32, u32),
    /// In `children`, key and value in turn: first, count of entries.
    Map(u32, u32),
}

struct Node {
    span: Span,
    payload: Payload,
}

/// One document. Map entries are in source order with duplicates gone (the last one won).
pub struct Tree {
    source: Arc<Source>,
    nodes: Vec<Node>,
    children: Vec<NodeId>,
    /// Text of scalars with escapes or folding.
    decoded: String,
    root: NodeId,
}

impl Tree {
    #[must_use]
    pub fn root(&self) -> NodeRef<'_> {
        self.node(self.root)
    }

    /// The same nodes, seen from another one of them.
    #[must_use]
    pub fn with_root(self, root: NodeId) -> Self {
        Self { root, ..self }
    }

    #[must_use]
    #[inline]
    pub fn node(&self, id: NodeId) -> NodeRef<'_> {
        NodeRef { tree: self, id }
    }

    #[must_use]
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.nodes.len()
    }
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.root())
    }
}

/// A node and the tree that it is in: 16 bytes, to be copied.
#[derive(Clone, Copy)]
pub struct NodeRef<'t> {
    tree: &'t Tree,
    id: NodeId,
}

impl<'t> NodeRef<'t> {
    #[must_use]
    #[inline]
    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    #[must_use]
    #[inline]
    pub fn id(self) -> NodeId {
        self.id
    }

    #[inline]
    fn raw(self) -> &'t Node {
        &self.tree.nodes[self.id.0 as usize]
    }

    /// Where the value stands. A value that an alias names has the span of its anchor.
    #[must_use]
    pub fn span(self) -> Span {
        self.raw().span
    }

    #[must_use]
    #[inline]
    pub fn kind(self) -> Kind {
        match self.raw().payload {
            Payload::Null => Kind::Null,
            Payload::Bool(value) => Kind::Bool(value),
            Payload::Int(high, low) => Kind::Int(join(high, low).cast_signed()),
            Payload::Float(high, low) => Kind::Float(f64::from_bits(join(high, low))),
            Payload::Text(..) | Payload::Decoded(..) => Kind::String,
            Payload::List(..) => Kind::List,
            Payload::Map(..) => Kind::Map,
        }
    }

    #[must_use]
    pub fn is_null(self) -> bool {
        matches!(self.raw().payload, Payload::Null)
    }

    #[must_use]
    #[inline]
    pub fn is_map(self) -> bool {
        matches!(self.raw().payload, Payload::Map(..))
    }

    #[must_use]
    #[inline]
    pub fn as_str(self) -> Option<&'t str> {
        match self.raw().payload {
            Payload::Text(start, len) => {
                Some(self.tree.source.slice(Span { start, end: start + len }))
            }
            Payload::Decoded(start, len) => {
                self.tree.decoded.get(start as usize..(start + len) as usize)
            }
            _ => None,
        }
    }

    #[must_use]
    pub fn as_bool(self) -> Option<bool> {
        match self.raw().payload {
            Payload::Bool(value) => Some(value),
            _ => None,
        }
    }

    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        match self.kind() {
            Kind::Int(value) => Some(value),
            _ => None,
        }
    }

    /// Number of items or entries; 0 for scalars.
    #[must_use]
    pub fn len(self) -> usize {
        match self.raw().payload {
            Payload::List(_, n) | Payload::Map(_, n) => n as usize,
            _ => 0,
        }
    }

    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The items of a list; none for anything else.
    pub fn items(
        self,
    ) -> impl ExactSizeIterator<Item = Self> + DoubleEndedIterator + Clone + use<'t> {
        let ids = match self.raw().payload {
            Payload::List(first, n) => self.children(first, n),
            _ => &[],
        };
        let tree = self.tree;
        ids.iter().map(move |id| NodeRef { tree, id: *id })
    }

    #[must_use]
    #[inline]
    pub fn item(self, idx: usize) -> Option<Self> {
        match self.raw().payload {
            Payload::List(first, n) => {
                self.children(first, n).get(idx).map(|id| NodeRef { tree: self.tree, id: *id })
            }
            _ => None,
        }
    }

    /// The entries of a map as (key, value) in source order; none for anything else. Keys are
    /// always strings, as in JSON.
    pub fn entries(self) -> impl ExactSizeIterator<Item = (Self, Self)> + Clone + use<'t> {
        let ids = match self.raw().payload {
            Payload::Map(first, n) => self.children(first, n * 2),
            _ => &[],
        };
        let tree = self.tree;
        let node = move |id: NodeId| NodeRef { tree, id };
        ids.as_chunks::<2>().0.iter().map(move |[key, value]| (node(*key), node(*value)))
    }

    /// The value of a key, `null` values included. Maps of Kubernetes objects are small, so this
    /// looks at one key after the other.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Self> {
        self.entry(key).map(|(_, value)| value)
    }

    #[must_use]
    pub fn entry(self, key: &str) -> Option<(Self, Self)> {
        let Payload::Map(first, n) = self.raw().payload else { return None };
        let pairs = self.children(first, n * 2).as_chunks::<2>().0;
        let [key, value] = pairs.iter().find(|[id, _]| self.tree.is_text(*id, key))?;
        Some((NodeRef { tree: self.tree, id: *key }, NodeRef { tree: self.tree, id: *value }))
    }

    /// Follows map keys; `None` where one is missing.
    #[must_use]
    pub fn at(self, path: &[&str]) -> Option<Self> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    #[inline]
    fn children(self, first: u32, n: u32) -> &'t [NodeId] {
        &self.tree.children[first as usize..(first + n) as usize]
    }
}

impl Tree {
    fn is_text(&self, id: NodeId, text: &str) -> bool {
        let bytes = match self.nodes[id.0 as usize].payload {
            Payload::Text(start, len) => {
                self.source.text().as_bytes().get(start as usize..(start + len) as usize)
            }
            Payload::Decoded(start, len) => {
                self.decoded.as_bytes().get(start as usize..(start + len) as usize)
            }
            _ => None,
        };
        bytes == Some(text.as_bytes())
    }
}

impl fmt::Debug for NodeRef<'_> {
    /// As JSON, for tests and messages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            Kind::Null => f.write_str("null"),
            Kind::Bool(value) => write!(f, "{value}"),
            Kind::Int(value) => write!(f, "{value}"),
            Kind::Float(value) => write!(f, "{value}"),
            Kind::String => write!(f, "{:?}", self.as_str().unwrap_or_default()),
            Kind::List => f.debug_list().entries(self.items()).finish(),
            Kind::Map => f.debug_map().entries(self.entries()).finish(),
        }
    }
}

/// Builds a [`Tree`] from the leaves up: children first, then the list or map that holds them.
pub struct TreeBuilder {
    tree: Tree,
}

impl TreeBuilder {
    #[must_use]
    pub fn new(source: Arc<Source>) -> Self {
        Self::with_capacity(source, 0)
    }

    /// With room for so many nodes.
    #[must_use]
    pub fn with_capacity(source: Arc<Source>, n_nodes: usize) -> Self {
        let (nodes, children) = (Vec::with_capacity(n_nodes), Vec::with_capacity(n_nodes));
        let decoded = String::new();
        Self { tree: Tree { source, nodes, children, decoded, root: NodeId(0) } }
    }

    pub fn null(&mut self, span: Span) -> NodeId {
        self.push(span, Payload::Null)
    }

    pub fn bool(&mut self, span: Span, value: bool) -> NodeId {
        self.push(span, Payload::Bool(value))
    }

    pub fn int(&mut self, span: Span, value: i64) -> NodeId {
        let (high, low) = split(value.cast_unsigned());
        self.push(span, Payload::Int(high, low))
    }

    pub fn float(&mut self, span: Span, value: f64) -> NodeId {
        let (high, low) = split(value.to_bits());
        self.push(span, Payload::Float(high, low))
    }

    /// A string that stands verbatim at `text` (without its quotes, which `span` includes).
    pub fn text(&mut self, span: Span, text: Span) -> NodeId {
        self.push(span, Payload::Text(text.start, text.end - text.start))
    }

    /// A string that had to be decoded: escapes, folded lines.
    pub fn decoded(&mut self, span: Span, text: &str) -> NodeId {
        let start = narrow(self.tree.decoded.len());
        self.tree.decoded.push_str(text);
        self.push(span, Payload::Decoded(start, narrow(text.len())))
    }

    pub fn list(&mut self, span: Span, items: &[NodeId]) -> NodeId {
        let first = narrow(self.tree.children.len());
        self.tree.children.extend_from_slice(items);
        self.push(span, Payload::List(first, narrow(items.len())))
    }

    /// `entries` holds key and value in turn; every key is a string, and none is there twice.
    pub fn map(&mut self, span: Span, entries: &[NodeId]) -> NodeId {
        debug_assert!(entries.len().is_multiple_of(2), "keys and values come in pairs");
        let first = narrow(self.tree.children.len());
        self.tree.children.extend_from_slice(entries);
        self.push(span, Payload::Map(first, narrow(entries.len() / 2)))
    }

    /// A node that was already built, to look at.
    #[must_use]
    pub fn node(&self, id: NodeId) -> NodeRef<'_> {
        self.tree.node(id)
    }

    #[must_use]
    pub fn finish(mut self, root: NodeId) -> Tree {
        self.tree.root = root;
        self.tree
    }

    fn push(&mut self, span: Span, payload: Payload) -> NodeId {
        let id = NodeId(narrow(self.tree.nodes.len()));
        self.tree.nodes.push(Node { span, payload });
        id
    }
}

fn join(high: u32, low: u32) -> u64 {
    (u64::from(high) << 32) | u64::from(low)
}

#[expect(clippy::cast_possible_truncation, reason = "the two halves of 64 bits")]
fn split(bits: u64) -> (u32, u32) {
    ((bits >> 32) as u32, bits as u32)
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).expect("the reader's size limit keeps a document below 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_reads_back() {
        let source = Arc::new(Source::new("-", "a: [1, x]"));
        let mut builder = TreeBuilder::new(source);
        let span = |start, end| Span { start, end };
        let key = builder.text(span(0, 1), span(0, 1));
        let one = builder.int(span(4, 5), -7);
        let x = builder.decoded(span(7, 8), "x");
        let list = builder.list(span(3, 9), &[one, x]);
        let root = builder.map(span(0, 9), &[key, list]);
        let tree = builder.finish(root);

        assert_eq!(format!("{tree:?}"), r#"{"a": [-7, "x"]}"#);
        let list = tree.root().get("a").expect("the key is there");
        assert_eq!(list.item(1).and_then(NodeRef::as_str), Some("x"));
        assert!(tree.root().get("b").is_none());
        assert_eq!(size_of::<Node>(), 20);
    }
}
