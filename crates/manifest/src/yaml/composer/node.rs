//! The start of a node: its properties, and what it is.

use kordon_model::NodeId;

use super::{Composer, Level, Next, Place, Role, at_token, fail};
use crate::{
    Reason,
    assembly::Failure,
    yaml::{
        aliases::AnchorIdx,
        scanner::{Kind, Token},
        tags::Tag,
    },
};

/// What may stand before the content of a node.
#[derive(Clone, Copy, Default)]
pub(super) struct Properties {
    pub(super) anchor: Option<AnchorIdx>,
    pub(super) tag: Option<Tag>,
}

impl Composer<'_> {
    /// A scalar or an alias, or nothing if a list or map was opened.
    pub(super) fn begin(&mut self, place: Place) -> Result<Option<NodeId>, Failure> {
        let mut token = self.scanner.peek()?;
        let mut properties = Properties::default();
        match token.kind {
            Kind::Scalar => return self.scalar(token, properties),
            Kind::Alias => return self.alias(token).map(Some),
            Kind::Anchor | Kind::Tag => {
                self.property(token, &mut properties)?;
                token = self.scanner.peek()?;
                let is_other = match token.kind {
                    Kind::Anchor => properties.anchor.is_none(),
                    Kind::Tag => properties.tag.is_none(),
                    _ => false,
                };
                if is_other {
                    self.property(token, &mut properties)?;
                    token = self.scanner.peek()?;
                }
            }
            _ => {}
        }
        self.content(place, token, properties)
    }

    fn content(
        &mut self,
        place: Place,
        token: Token,
        properties: Properties,
    ) -> Result<Option<NodeId>, Failure> {
        let (next, role) = match token.kind {
            Kind::Scalar => return self.scalar(token, properties),
            Kind::BlockEntry if place == Place::BlockEntry => (Next::IndentlessItem, Role::Item),
            Kind::BlockSequenceStart if place != Place::Flow => (Next::BlockItem, Role::Item),
            Kind::BlockMappingStart if place != Place::Flow => (Next::BlockKey, Role::Key),
            Kind::FlowSequenceStart => (Next::FlowFirstItem, Role::Item),
            Kind::FlowMappingStart => (Next::FlowFirstKey, Role::Key),
            _ if properties.anchor.is_some() || properties.tag.is_some() => {
                return self.empty_with(properties).map(Some);
            }
            _ => return fail(token.start, "did not find expected node content"),
        };
        if next != Next::IndentlessItem {
            self.scanner.skip();
        }
        self.open(token.start, (next, role), properties.anchor)?;
        Ok(None)
    }

    fn property(&mut self, token: Token, properties: &mut Properties) -> Result<(), Failure> {
        if token.kind == Kind::Anchor {
            properties.anchor = Some(self.aliases.begin(self.scanner.text(&token)));
        } else {
            let (handle, suffix) = self.scanner.tag(&token);
            let Some(tag) = self.handles.resolve(handle, suffix) else {
                return fail(token.start, "found undefined tag handle");
            };
            properties.tag = Some(tag);
        }
        self.last_end = token.end;
        self.scanner.skip();
        Ok(())
    }

    fn alias(&mut self, token: Token) -> Result<NodeId, Failure> {
        let expanded = self.aliases.expand(self.scanner.text(&token));
        let anchored = at_token(&token, expanded)?;
        self.scanner.skip();
        self.last_end = token.end;
        self.grow(anchored.height, token.start)?;
        let merges = self.levels.last().is_some_and(|level| level.merges);
        if merges && !self.assembly.builder.node(anchored.node).is_map() {
            return fail(token.start, super::mapping::WANT_MAP);
        }
        Ok(anchored.node)
    }

    pub(super) fn open(
        &mut self,
        start: u32,
        (next, role): (Next, Role),
        anchor: Option<AnchorIdx>,
    ) -> Result<(), Failure> {
        let n_before = self.aliases.n_decoded();
        self.aliases.count_node();
        let open = self.assembly.open();
        let (height, merges) = (0, false);
        self.levels.push(Level { next, role, open, start, height, anchor, n_before, merges });
        self.grow(0, start)
    }

    /// A node with so many levels of its own stands in the innermost level.
    fn grow(&mut self, height: usize, at: u32) -> Result<(), Failure> {
        if self.levels.len() + height > self.max_depth {
            return Err(Failure { at, reason: Reason::TooDeep { limit: self.max_depth } });
        }
        if let Some(level) = self.levels.last_mut() {
            level.height = level.height.max(height);
        }
        Ok(())
    }

    /// Ends the innermost level; what it was has become `node`.
    pub(super) fn pop(&mut self, node: NodeId) -> NodeId {
        let level = self.levels.pop().expect("a level is open");
        let height = level.height + 1;
        if let Some(anchor) = level.anchor {
            self.aliases.end(anchor, node, level.n_before, height);
        }
        if let Some(parent) = self.levels.last_mut() {
            parent.height = parent.height.max(height);
        }
        node
    }
}
