//! Costs of comprehensions and bindings.
//!
//! In cel-go a comprehension is a loop with an accumulator: each step costs its condition and its
//! step, the whole costs range, start and result besides.

use super::{
    Coster, FREE, ONE,
    sizes::{Container, EntrySize, LocalVariable},
};
use crate::{
    ast::{Bind, BindKind, Comprehension, ExprId, Macro},
    library::{
        Range,
        cost::{LIST, MAP},
    },
};

impl Coster<'_> {
    pub(super) fn comprehension(&mut self, id: ExprId, comprehension: &Comprehension) -> Range {
        let range = self.cost(comprehension.range);
        let n_locals = self.locals.len();
        self.declare_variables(comprehension);
        let step = self.step(id, comprehension);
        self.locals.truncate(n_locals);
        let count = self.size_or_unknown(comprehension.range);
        let (start, result) = match comprehension.kind {
            Macro::All | Macro::Exists => (FREE, ONE),
            // The counter is compared with 1.
            Macro::ExistsOne => (FREE, Range::exactly(2)),
            Macro::Map | Macro::Filter | Macro::TransformList => (Range::exactly(LIST), ONE),
            Macro::TransformMap | Macro::TransformMapEntry => (Range::exactly(MAP), ONE),
        };
        let size = match comprehension.kind {
            Macro::All | Macro::Exists | Macro::ExistsOne => ONE,
            _ => count,
        };
        self.known_sizes.insert(id, size);
        range.plus(start).plus(result).plus(count.times(step))
    }

    fn declare_variables(&mut self, comprehension: &Comprehension) {
        let range = comprehension.range;
        let entry = self.entry_size(range);
        let container = self.container(range);
        let path = self.path(range);
        let keys = if container == Container::List { "@indices" } else { "@keys" };
        let values = if container == Container::List { "@items" } else { "@values" };
        let key = (keys, entry.map(|entry| entry.key));
        let value = (values, entry.map(|entry| entry.value));
        let mut declare = |name: &str, (part, size): (&str, Option<Range>)| {
            let mut path = path.clone();
            path.push(part.into());
            self.locals.push(LocalVariable { name: name.into(), path, size, entry_size: None });
        };
        match &comprehension.var2 {
            Some(var2) => {
                declare(&comprehension.var, key);
                declare(var2, value);
            }
            None => {
                let single = if container == Container::List { value } else { key };
                declare(&comprehension.var, single);
            }
        }
    }

    /// Condition and step of one turn.
    fn step(&mut self, id: ExprId, comprehension: &Comprehension) -> Range {
        // The accumulator is read in every step.
        let accumulator = ONE;
        match comprehension.kind {
            Macro::All => {
                let condition = Range::exactly(2);
                condition.plus(self.predicate(accumulator, comprehension.body))
            }
            Macro::Exists => {
                let condition = Range::exactly(3);
                condition.plus(self.predicate(accumulator, comprehension.body))
            }
            Macro::ExistsOne => {
                let counted = Range::exactly(2);
                self.cost(comprehension.body).plus(counted.or(accumulator))
            }
            Macro::Filter => {
                let predicate = self.cost(comprehension.body);
                let item_size = self.locals.last().and_then(|local| local.size);
                let added = self.added(id, ONE, item_size);
                predicate.plus(added.or(accumulator))
            }
            Macro::Map | Macro::TransformList => {
                let filter = comprehension.filter.map(|filter| self.cost(filter));
                let item = self.cost(comprehension.body);
                let item_size = self.size(comprehension.body);
                let added = self.added(id, item, item_size);
                filtered(filter, added)
            }
            Macro::TransformMap => {
                let filter = comprehension.filter.map(|filter| self.cost(filter));
                // The call, the accumulator and the key.
                let inserted = Range::exactly(3).plus(self.cost(comprehension.body));
                filtered(filter, inserted)
            }
            Macro::TransformMapEntry => {
                let filter = comprehension.filter.map(|filter| self.cost(filter));
                let inserted = Range::exactly(2).plus(self.cost(comprehension.body));
                filtered(filter, inserted)
            }
        }
    }

    /// `accumulator && predicate`: the second may be left out.
    fn predicate(&mut self, accumulator: Range, predicate: ExprId) -> Range {
        let predicate = self.cost(predicate);
        Range { min: accumulator.min, max: accumulator.plus(predicate).max }
    }

    /// An item added to the list so far: a list is made of it, and the two are joined.
    fn added(&mut self, id: ExprId, item: Range, item_size: Option<Range>) -> Range {
        let empty = EntrySize::list(FREE);
        let item_size = EntrySize::list(item_size.unwrap_or(Range::UNKNOWN));
        self.entry_sizes.insert(id, empty.or(item_size));
        let call_and_accumulator = Range::exactly(2);
        call_and_accumulator.plus(Range::exactly(LIST)).plus(item)
    }

    pub(super) fn bind(&mut self, id: ExprId, bind: &Bind) -> Range {
        let init = self.cost(bind.init);
        let (size, entry_size, path) =
            (self.size(bind.init), self.entry_size(bind.init), self.path(bind.init));
        let local = match bind.kind {
            BindKind::Bind => LocalVariable { name: bind.var.clone(), path, size, entry_size },
            // What the optional holds has no known size.
            BindKind::OptMap | BindKind::OptFlatMap => {
                LocalVariable { name: bind.var.clone(), path: vec![], size: None, entry_size: None }
            }
        };
        self.locals.push(local);
        let body = self.cost(bind.body);
        self.locals.pop();
        let binding = Range::exactly(LIST);
        match bind.kind {
            BindKind::Bind => {
                self.copy_sizes(id, bind.body);
                binding.plus(init).plus(body)
            }
            BindKind::OptMap => opt(init, binding.plus(body), ONE),
            BindKind::OptFlatMap => opt(init, binding.plus(body), FREE),
        }
    }
}

/// Where a filter may leave the accumulator as it is.
fn filtered(filter: Option<Range>, step: Range) -> Range {
    filter.map_or(step, |filter| filter.plus(step.or(ONE)))
}

/// `init.hasValue() ? body : optional.none()`, where the body reads `init.value()`, and the result
/// may have to be wrapped.
fn opt(init: Range, body: Range, wrap: Range) -> Range {
    let has_value = ONE.plus(init);
    let value = ONE.plus(init);
    let none = ONE;
    has_value.plus(wrap.plus(value).plus(body).or(none))
}
