//! From tokens to the tree: the grammar of libyaml, and what go-yaml's decoder makes of it.
//!
//! Nesting is on a stack of our own, so that depth costs no stack of the thread.

mod collections;
mod mapping;
mod node;
mod reachable;
mod scalar;

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use kordon_base::{Source, Span};
use kordon_model::{NodeId, Tree};

use super::{
    aliases::{Aliases, AnchorIdx},
    resolve::Scalar,
    scanner::{Kind, Scanner, Token},
    tags::Handles,
};
use crate::{
    Limits, Note, NoteKind, Reason,
    assembly::{Assembly, Failure, Open},
};

/// The first document that the scanner comes to; an empty one is null.
pub(super) fn compose(
    source: &Arc<Source>,
    scanner: Scanner<'_>,
    limits: &Limits,
) -> Result<(Tree, Vec<Note>), Failure> {
    let n_bytes = scanner.rest_len();
    let mut composer = Composer {
        scanner,
        assembly: Assembly::new(source, n_bytes),
        levels: Vec::with_capacity(16),
        aliases: Aliases::new(limits.max_alias_nodes),
        handles: Handles::default(),
        numbers: HashMap::new(),
        unwritable: Vec::new(),
        last_end: 0,
        max_depth: limits.max_depth,
    };
    let root = composer.document()?;
    composer.end_document()?;
    let Composer { assembly, unwritable, .. } = composer;
    let (tree, notes) = assembly.finish(root);
    reachable::check(&tree, &unwritable)?;
    Ok((tree, notes))
}

struct Composer<'s> {
    scanner: Scanner<'s>,
    assembly: Assembly,
    /// The lists and maps that are being read, outermost first.
    levels: Vec<Level>,
    aliases: Aliases,
    handles: Handles,
    /// What numbers were in YAML, where it matters for keys and the node does not tell.
    numbers: HashMap<NodeId, Scalar>,
    /// Values and keys that JSON has no words for. They are in the way only if no later value of
    /// the same key takes their place.
    unwritable: Vec<(NodeId, &'static str)>,
    /// End of what was read last.
    last_end: u32,
    max_depth: usize,
}

struct Level {
    next: Next,
    role: Role,
    open: Open,
    start: u32,
    /// Levels below this one.
    height: usize,
    anchor: Option<AnchorIdx>,
    n_before: u64,
    /// The value that comes is to be merged.
    merges: bool,
}

/// What a level reads next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Next {
    BlockItem,
    /// Of a list that is no further in than the key that it is the value of.
    IndentlessItem,
    FlowFirstItem,
    FlowItem,
    BlockKey,
    BlockValue,
    FlowFirstKey,
    FlowKey,
    FlowValue,
    /// The key had no `?` and no `:`.
    FlowNoValue,
    /// `[key: value]`, a map with one entry.
    PairKey,
    PairValue,
    PairEnd,
}

/// What a node is to the level that it is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    Item,
    Key,
    Value,
}

/// What may stand at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Flow,
    Block,
    /// Key or value of a block map: a list needs no indentation.
    BlockEntry,
}

impl Composer<'_> {
    fn document(&mut self) -> Result<NodeId, Failure> {
        let token = self.scanner.peek()?;
        match token.kind {
            Kind::StreamEnd => return Ok(self.empty(token.start)),
            Kind::VersionDirective | Kind::TagDirective | Kind::DocumentStart => {}
            _ => return self.node(),
        }
        self.directives()?;
        let start = self.scanner.peek()?;
        if start.kind != Kind::DocumentStart {
            return fail(start.start, "did not find expected <document start>");
        }
        self.scanner.skip();
        let token = self.scanner.peek()?;
        match token.kind {
            Kind::VersionDirective
            | Kind::TagDirective
            | Kind::DocumentStart
            | Kind::DocumentEnd
            | Kind::StreamEnd => {
                self.aliases.count_node();
                Ok(self.empty(token.start))
            }
            _ => self.node(),
        }
    }

    fn directives(&mut self) -> Result<(), Failure> {
        let mut has_version = false;
        loop {
            let token = self.scanner.peek()?;
            match token.kind {
                Kind::VersionDirective if has_version => {
                    return fail(token.start, "found duplicate %YAML directive");
                }
                Kind::VersionDirective if (token.text_start, token.text_end) != (1, 1) => {
                    return fail(token.start, "found incompatible YAML document");
                }
                Kind::VersionDirective => has_version = true,
                Kind::TagDirective => {
                    let (handle, prefix) = self.scanner.tag(&token);
                    if !self.handles.declare(handle, prefix) {
                        return fail(token.start, "found duplicate %TAG directive");
                    }
                }
                _ => return Ok(()),
            }
            self.scanner.skip();
        }
    }

    /// One node with all that is in it.
    fn node(&mut self) -> Result<NodeId, Failure> {
        let mut complete = self.begin(Place::Block)?;
        loop {
            if let Some(node) = complete {
                if self.levels.is_empty() {
                    return Ok(node);
                }
                self.accept(node)?;
            }
            complete = self.step()?;
        }
    }

    /// What follows the document's value is not read, as long as it can be cut into tokens.
    fn end_document(&mut self) -> Result<(), Failure> {
        let token = self.scanner.peek()?;
        let (at, is_ended) = match token.kind {
            Kind::StreamEnd => return Ok(()),
            Kind::DocumentEnd => (token.end, true),
            _ => (token.start, false),
        };
        if is_ended && self.scanner.is_empty_from(at) {
            return Ok(());
        }
        let span = Span { start: at, end: at };
        self.assembly.notes.push(Note { span, kind: NoteKind::AfterTheEnd });
        Ok(())
    }

    fn level(&mut self) -> &mut Level {
        self.levels.last_mut().expect("called inside of a list or map only")
    }

    /// Puts a complete node into the level that it is in.
    fn accept(&mut self, node: NodeId) -> Result<(), Failure> {
        let level = self.levels.last_mut().expect("called inside of a list or map only");
        match level.role {
            Role::Item => {
                self.assembly.push_item(node);
                Ok(())
            }
            Role::Key => {
                level.role = Role::Value;
                self.push_key(node)
            }
            Role::Value => {
                level.role = Role::Key;
                if std::mem::take(&mut level.merges) {
                    return self.merge(node);
                }
                self.assembly.push_item(node);
                Ok(())
            }
        }
    }

    fn empty(&mut self, at: u32) -> NodeId {
        self.assembly.builder.null(Span { start: at, end: at })
    }
}

#[cold]
fn fail<T>(at: u32, message: impl Into<Cow<'static, str>>) -> Result<T, Failure> {
    Err(Failure { at, reason: Reason::Syntax(message.into()) })
}

fn at_token<T>(token: &Token, result: Result<T, Reason>) -> Result<T, Failure> {
    result.map_err(|reason| Failure { at: token.start, reason })
}
