//! Anchors, what aliases stand for, and the bounds on it.

use std::collections::HashMap;

use kordon_model::NodeId;

use crate::Reason;

/// What an alias stands for.
#[derive(Clone, Copy)]
pub(super) struct Anchored {
    pub(super) node: NodeId,
    /// How many values a decoder visits in it, with aliases expanded.
    n_nodes: u64,
    /// Levels of maps and lists in it.
    pub(super) height: usize,
}

/// Number of an anchor, in the order of the document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct AnchorIdx(usize);

pub(super) struct Aliases {
    names: HashMap<Box<str>, usize>,
    /// Nothing while the value of the anchor is still being read.
    anchored: Vec<Option<Anchored>>,
    /// What go-yaml's decoder has visited so far, and how much of it in aliases.
    n_decoded: u64,
    n_aliased: u64,
    n_merged: u64,
    max_nodes: u64,
}

impl Aliases {
    pub(super) fn new(max_nodes: u64) -> Self {
        let (names, anchored) = (HashMap::new(), Vec::new());
        // The document itself is the first thing that is visited.
        Self { names, anchored, n_decoded: 1, n_aliased: 0, n_merged: 0, max_nodes }
    }

    /// From here on the name stands for the value that comes next.
    pub(super) fn begin(&mut self, name: &str) -> AnchorIdx {
        let idx = self.anchored.len();
        self.anchored.push(None);
        self.names.insert(name.into(), idx);
        AnchorIdx(idx)
    }

    /// The value was read; `n_before` is what had been visited when it began.
    pub(super) fn end(&mut self, anchor: AnchorIdx, node: NodeId, n_before: u64, height: usize) {
        let n_nodes = self.n_decoded - n_before;
        self.anchored[anchor.0] = Some(Anchored { node, n_nodes, height });
    }

    pub(super) fn n_decoded(&self) -> u64 {
        self.n_decoded
    }

    pub(super) fn count_node(&mut self) {
        self.n_decoded += 1;
    }

    /// The list of maps that are merged is never decoded as a value.
    pub(super) fn uncount_node(&mut self) {
        self.n_decoded -= 1;
    }

    pub(super) fn expand(&mut self, name: &str) -> Result<Anchored, Reason> {
        let Some(idx) = self.names.get(name) else {
            return Err(Reason::Syntax(format!("unknown anchor '{name}' referenced").into()));
        };
        let Some(anchored) = self.anchored[*idx] else {
            return Err(Reason::Syntax(format!("anchor '{name}' value contains itself").into()));
        };
        self.n_decoded = self.n_decoded.saturating_add(anchored.n_nodes).saturating_add(1);
        self.n_aliased = self.n_aliased.saturating_add(anchored.n_nodes);
        if self.is_excessive() {
            return Err(Reason::Syntax("document contains excessive aliasing".into()));
        }
        if self.n_aliased > self.max_nodes {
            return Err(Reason::AliasLimit { limit: self.max_nodes });
        }
        Ok(anchored)
    }

    /// Entries that a merge copies.
    pub(super) fn count_merged(&mut self, n_entries: usize) -> Result<(), Reason> {
        self.n_merged = self.n_merged.saturating_add(n_entries as u64);
        if self.n_merged > self.max_nodes {
            return Err(Reason::AliasLimit { limit: self.max_nodes });
        }
        Ok(())
    }

    /// go-yaml's rule: the larger a document, the smaller a share of it may come of aliases.
    fn is_excessive(&self) -> bool {
        const LOW: f64 = 400_000.0;
        const HIGH: f64 = 4_000_000.0;
        #[expect(clippy::cast_precision_loss, reason = "a ratio")]
        let (decoded, aliased) = (self.n_decoded as f64, self.n_aliased as f64);
        let allowed = 0.99 - 0.89 * ((decoded - LOW) / (HIGH - LOW)).clamp(0.0, 1.0);
        self.n_aliased > 100 && self.n_decoded > 1000 && aliased / decoded > allowed
    }
}
