//! Puts the tree of a document together for both readers: open maps and lists, keys that are
//! there twice.

use std::{collections::HashSet, sync::Arc};

use kordon_base::{Source, Span};
use kordon_model::{NodeId, Tree, TreeBuilder};

use crate::{Note, NoteKind, Reason};

/// Where reading a document ended, and why.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) at: u32,
    pub(crate) reason: Reason,
}

/// Up to this many keys are compared each with each; more are sorted first.
const FEW_KEYS: usize = 16;

pub(crate) struct Assembly {
    pub(crate) builder: TreeBuilder,
    pub(crate) notes: Vec<Note>,
    /// Items of open lists, and keys and values of open maps in turn.
    pending: Vec<NodeId>,
    /// Of the keys of open maps, in the order of `pending`.
    prints: Vec<u64>,
    sorted: Vec<(u64, u32)>,
    /// Keys that a merge brought; it is no mistake that others take their place.
    merged: HashSet<NodeId>,
}

/// A list or map that is being read.
#[derive(Clone, Copy)]
pub(crate) struct Open {
    first: u32,
    first_print: u32,
}

impl Assembly {
    pub(crate) fn new(source: &Arc<Source>, n_bytes: usize) -> Self {
        let builder = TreeBuilder::with_capacity(Arc::clone(source), n_bytes / 16 + 8);
        let (pending, prints) = (Vec::with_capacity(32), Vec::with_capacity(32));
        let (notes, sorted, merged) = (Vec::new(), Vec::new(), HashSet::new());
        Self { builder, notes, pending, prints, sorted, merged }
    }

    pub(crate) fn open(&self) -> Open {
        Open { first: narrow(self.pending.len()), first_print: narrow(self.prints.len()) }
    }

    pub(crate) fn push_item(&mut self, item: NodeId) {
        self.pending.push(item);
    }

    /// A key, with its [`print`]; its value is the next item.
    pub(crate) fn push_key(&mut self, key: NodeId, print: u64) {
        self.pending.push(key);
        self.prints.push(print);
    }

    /// The entries of a map that was built before, as if they stood here.
    pub(crate) fn push_entries_of(&mut self, map: NodeId) {
        for (key, value) in self.builder.node(map).entries() {
            self.pending.extend([key.id(), value.id()]);
            self.prints.push(print(key.as_str().unwrap_or("").as_bytes()));
            self.merged.insert(key.id());
        }
    }

    pub(crate) fn close_list(&mut self, open: Open, span: Span) -> NodeId {
        let first = open.first as usize;
        let list = self.builder.list(span, &self.pending[first..]);
        self.pending.truncate(first);
        list
    }

    pub(crate) fn close_map(&mut self, open: Open, span: Span) -> NodeId {
        let (first, first_print) = (open.first as usize, open.first_print as usize);
        if self.may_have_duplicates(first_print) {
            self.drop_duplicates(first, first_print);
        }
        let map = self.builder.map(span, &self.pending[first..]);
        self.pending.truncate(first);
        self.prints.truncate(first_print);
        map
    }

    fn may_have_duplicates(&mut self, first_print: usize) -> bool {
        let prints = &self.prints[first_print..];
        if prints.len() <= FEW_KEYS {
            let repeated = |(at, print)| prints[..at].contains(print);
            return prints.iter().enumerate().any(repeated);
        }
        self.sorted.clear();
        self.sorted.extend(prints.iter().zip(0..).map(|(print, at)| (*print, at)));
        self.sorted.sort_unstable();
        self.sorted.windows(2).any(|pair| pair[0].0 == pair[1].0)
    }

    /// The last of the entries with the same key stays.
    #[cold]
    fn drop_duplicates(&mut self, first: usize, first_print: usize) {
        let prints = &self.prints[first_print..];
        self.sorted.clear();
        self.sorted.extend(prints.iter().zip(0..).map(|(print, at)| (*print, at)));
        self.sorted.sort_unstable();
        let key = |at: u32| {
            self.builder.node(self.pending[first + 2 * at as usize]).as_str().unwrap_or("")
        };
        let mut dropped = vec![false; prints.len()];
        for same in self.sorted.chunk_by_mut(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            // Prints that many different keys share are no accident.
            same.sort_unstable_by(|(_, a), (_, b)| key(*a).cmp(key(*b)).then(a.cmp(b)));
            for pair in same.windows(2).filter(|pair| key(pair[0].1) == key(pair[1].1)) {
                dropped[pair[0].1 as usize] = true;
            }
        }
        let mut kept = first;
        for (idx, dropped) in dropped.iter().enumerate() {
            let entry = first + 2 * idx;
            if *dropped {
                let key = self.pending[entry];
                if !self.merged.contains(&key) {
                    let span = self.builder.node(key).span();
                    self.notes.push(Note { span, kind: NoteKind::DuplicateKey });
                }
            } else {
                self.pending.copy_within(entry..entry + 2, kept);
                kept += 2;
            }
        }
        self.pending.truncate(kept);
    }

    pub(crate) fn finish(mut self, root: NodeId) -> (Tree, Vec<Note>) {
        self.notes.sort_by_key(|note| note.span.start);
        (self.builder.finish(root), self.notes)
    }
}

/// Equal for equal keys, and cheap; different keys of one map seldom have the same.
pub(crate) fn print(key: &[u8]) -> u64 {
    let half =
        |bytes: Option<&[u8; 4]>| bytes.map_or(0, |bytes| u64::from(u32::from_le_bytes(*bytes)));
    let ends = if key.len() < 4 {
        key.iter().fold(0, |print, byte| (print << 8) | u64::from(*byte))
    } else {
        half(key.first_chunk()) | half(key.last_chunk()) << 32
    };
    ends ^ (key.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

pub(crate) fn narrow(n: usize) -> u32 {
    u32::try_from(n).expect("the size limit keeps a file below 4 GiB")
}
