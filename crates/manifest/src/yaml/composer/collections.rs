//! What comes next in a list or map.

use kordon_base::Span;
use kordon_model::NodeId;

use super::{Composer, Next, Place, Role, fail};
use crate::{assembly::Failure, yaml::scanner::Kind};

type Step = Result<Option<NodeId>, Failure>;

impl Composer<'_> {
    /// The innermost level goes on: a node in it, nothing if one was opened in it, or itself if it
    /// ends.
    pub(super) fn step(&mut self) -> Step {
        match self.level().next {
            Next::BlockItem => self.block_item(),
            Next::IndentlessItem => self.indentless_item(),
            Next::FlowFirstItem => self.flow_item(true),
            Next::FlowItem => self.flow_item(false),
            Next::BlockKey => self.block_key(),
            Next::BlockValue => self.block_value(),
            Next::FlowFirstKey => self.flow_key(true),
            Next::FlowKey => self.flow_key(false),
            Next::FlowValue => self.flow_value(Kind::FlowMappingEnd, Next::FlowKey),
            Next::FlowNoValue => {
                let at = self.scanner.peek()?.start;
                self.level().next = Next::FlowKey;
                Ok(Some(self.nothing(at)))
            }
            Next::PairKey => self.pair_key(),
            Next::PairValue => self.flow_value(Kind::FlowSequenceEnd, Next::PairEnd),
            Next::PairEnd => Ok(Some(self.close_map(self.last_end))),
        }
    }

    fn block_item(&mut self) -> Step {
        let token = self.scanner.peek()?;
        match token.kind {
            Kind::BlockEntry => {
                self.pass(token.end);
                match self.scanner.peek()?.kind {
                    Kind::BlockEntry | Kind::BlockEnd => Ok(Some(self.nothing(token.end))),
                    _ => self.begin(Place::Block),
                }
            }
            Kind::BlockEnd => {
                self.scanner.skip();
                Ok(Some(self.close_list(self.last_end)))
            }
            _ => fail(token.start, "did not find expected '-' indicator"),
        }
    }

    fn indentless_item(&mut self) -> Step {
        let token = self.scanner.peek()?;
        if token.kind != Kind::BlockEntry {
            return Ok(Some(self.close_list(self.last_end)));
        }
        self.pass(token.end);
        match self.scanner.peek()?.kind {
            Kind::BlockEntry | Kind::Key | Kind::Value | Kind::BlockEnd => {
                Ok(Some(self.nothing(token.end)))
            }
            _ => self.begin(Place::Block),
        }
    }

    fn flow_item(&mut self, is_first: bool) -> Step {
        let mut token = self.scanner.peek()?;
        if !is_first && token.kind != Kind::FlowSequenceEnd {
            if token.kind != Kind::FlowEntry {
                return fail(token.start, "did not find expected ',' or ']'");
            }
            self.scanner.skip();
            token = self.scanner.peek()?;
        }
        self.level().next = Next::FlowItem;
        match token.kind {
            Kind::FlowSequenceEnd => {
                self.pass(token.end);
                Ok(Some(self.close_list(token.end)))
            }
            Kind::Key => {
                self.pass(token.end);
                self.open(token.start, (Next::PairKey, Role::Key), None)?;
                Ok(None)
            }
            _ => self.begin(Place::Flow),
        }
    }

    fn pair_key(&mut self) -> Step {
        self.level().next = Next::PairValue;
        let token = self.scanner.peek()?;
        match token.kind {
            Kind::Value | Kind::FlowEntry | Kind::FlowSequenceEnd => {
                Ok(Some(self.nothing(token.start)))
            }
            _ => self.begin(Place::Flow),
        }
    }

    fn block_key(&mut self) -> Step {
        let token = self.scanner.peek()?;
        match token.kind {
            Kind::Key => {
                self.scanner.skip();
                self.level().next = Next::BlockValue;
                self.block_entry(token.end)
            }
            Kind::BlockEnd => {
                self.scanner.skip();
                Ok(Some(self.close_map(self.last_end)))
            }
            _ => fail(token.start, "did not find expected key"),
        }
    }

    fn block_value(&mut self) -> Step {
        self.level().next = Next::BlockKey;
        let token = self.scanner.peek()?;
        if token.kind != Kind::Value {
            let at = self.last_end;
            return Ok(Some(self.nothing(at)));
        }
        self.pass(token.end);
        self.block_entry(token.end)
    }

    /// A key or value of a block map, which is null where nothing stands.
    fn block_entry(&mut self, at: u32) -> Step {
        match self.scanner.peek()?.kind {
            Kind::Key | Kind::Value | Kind::BlockEnd => Ok(Some(self.nothing(at))),
            _ => self.begin(Place::BlockEntry),
        }
    }

    fn flow_key(&mut self, is_first: bool) -> Step {
        let mut token = self.scanner.peek()?;
        if !is_first && token.kind != Kind::FlowMappingEnd {
            if token.kind != Kind::FlowEntry {
                return fail(token.start, "did not find expected ',' or '}'");
            }
            self.scanner.skip();
            token = self.scanner.peek()?;
        }
        match token.kind {
            Kind::FlowMappingEnd => {
                self.pass(token.end);
                Ok(Some(self.close_map(token.end)))
            }
            Kind::Key => {
                self.scanner.skip();
                self.level().next = Next::FlowValue;
                let token = self.scanner.peek()?;
                match token.kind {
                    Kind::Value | Kind::FlowEntry | Kind::FlowMappingEnd => {
                        Ok(Some(self.nothing(token.start)))
                    }
                    _ => self.begin(Place::Flow),
                }
            }
            _ => {
                self.level().next = Next::FlowNoValue;
                self.begin(Place::Flow)
            }
        }
    }

    /// `end` closes what the value stands in.
    fn flow_value(&mut self, end: Kind, next: Next) -> Step {
        self.level().next = next;
        let mut token = self.scanner.peek()?;
        if token.kind == Kind::Value {
            self.pass(token.end);
            token = self.scanner.peek()?;
            if token.kind != Kind::FlowEntry && token.kind != end {
                return self.begin(Place::Flow);
            }
        }
        Ok(Some(self.nothing(token.start)))
    }

    /// Takes the token at hand, which belongs to the collection.
    fn pass(&mut self, end: u32) {
        self.scanner.skip();
        self.last_end = end;
    }

    /// A node where nothing stands.
    fn nothing(&mut self, at: u32) -> NodeId {
        self.aliases.count_node();
        self.empty(at)
    }

    fn close_list(&mut self, end: u32) -> NodeId {
        let level = self.level();
        let (open, start) = (level.open, level.start);
        let span = Span { start, end: end.max(start) };
        let node = self.assembly.close_list(open, span);
        self.pop(node)
    }

    fn close_map(&mut self, end: u32) -> NodeId {
        let level = self.level();
        let (open, start) = (level.open, level.start);
        let span = Span { start, end: end.max(start) };
        let node = self.assembly.close_map(open, span);
        self.pop(node)
    }
}
