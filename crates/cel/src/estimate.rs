//! What an expression may cost, before any evaluation: the API server's own estimate, by which it
//! refuses rules of a CustomResourceDefinition that could become too expensive.
//!
//! Macros cost what their expansions into loops cost in cel-go; they are counted here from the nodes
//! that the parser makes of them.

mod calls;
mod macros;
mod sizes;

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::{
    Program, Type,
    ast::{Entry, ExprId, ExprKind, Item, Select, SelectMode},
    env::Reference,
    library::{
        Range,
        cost::{LIST, MAP, STRUCT},
    },
};
use sizes::{EntrySize, LocalVariable};

/// What is known of sizes beforehand, as from `maxLength` of a schema.
pub trait Sizes {
    /// The size of what is at `path` (a variable, then fields, `@items`, `@keys`, `@values`); the
    /// path is empty where a value does not come straight from a variable.
    fn size(&self, path: &[Box<str>], type_: &Type) -> Option<Range>;
}

/// Nothing is known.
#[derive(Clone, Copy, Debug)]
pub struct NoSizes;

impl Sizes for NoSizes {
    fn size(&self, _: &[Box<str>], _: &Type) -> Option<Range> {
        None
    }
}

/// The range of what an evaluation of a checked program may cost.
#[must_use]
pub fn estimate(program: &Program, sizes: &dyn Sizes) -> Range {
    let mut coster = Coster {
        program,
        sizes,
        locals: Vec::new(),
        paths: HashMap::default(),
        known_sizes: HashMap::default(),
        entry_sizes: HashMap::default(),
    };
    coster.cost(program.ast().root())
}

type Path = Vec<Box<str>>;

struct Coster<'p> {
    program: &'p Program,
    sizes: &'p dyn Sizes,
    /// Innermost last.
    locals: Vec<LocalVariable>,
    paths: HashMap<ExprId, Path, FixedState>,
    known_sizes: HashMap<ExprId, Range, FixedState>,
    entry_sizes: HashMap<ExprId, EntrySize, FixedState>,
}

const ONE: Range = Range::exactly(1);
const FREE: Range = Range::exactly(0);

impl<'p> Coster<'p> {
    fn kind(&self, id: ExprId) -> &'p ExprKind {
        &self.program.ast().expr(id).kind
    }

    fn type_of(&self, id: ExprId) -> Type {
        self.program.type_of(id)
    }

    fn reference(&self, id: ExprId) -> Option<&'p Reference> {
        self.program.inner.references.get(id.index()).and_then(Option::as_ref)
    }

    fn cost(&mut self, id: ExprId) -> Range {
        if let Some(Reference::Variable(name)) = self.reference(id) {
            return self.name(id, name);
        }
        match self.kind(id) {
            ExprKind::Literal(_) | ExprKind::Broken => FREE,
            ExprKind::Ident(name) => self.name(id, name),
            ExprKind::Select(_) if matches!(self.reference(id), Some(Reference::Constant(_))) => {
                ONE
            }
            ExprKind::Select(select) => self.select(id, select),
            ExprKind::Call(call) => self.call(id, call),
            ExprKind::List(items) => self.list(id, items),
            ExprKind::Map(entries) => self.map(id, entries),
            ExprKind::Struct(_, entries) => entries
                .iter()
                .fold(Range::exactly(STRUCT), |sum, entry| sum.plus(self.cost(entry.value))),
            ExprKind::Comprehension(comprehension) => self.comprehension(id, comprehension),
            ExprKind::Bind(bind) => self.bind(id, bind),
            ExprKind::Block(items, body) => {
                let items =
                    items.iter().fold(Range::exactly(LIST), |sum, item| sum.plus(self.cost(*item)));
                let body_cost = self.cost(*body);
                self.copy_sizes(id, *body);
                items.plus(body_cost)
            }
        }
    }

    fn name(&mut self, id: ExprId, name: &str) -> Range {
        let path = match self.local(name) {
            Some(local) => local.path.clone(),
            None => vec![name.into()],
        };
        self.paths.insert(id, path);
        ONE
    }

    fn select(&mut self, id: ExprId, select: &Select) -> Range {
        let operand = self.cost(select.operand);
        match select.mode {
            // Presence is free in Kubernetes.
            SelectMode::Test => operand,
            // A call of its own with the field's name as argument.
            SelectMode::Optional => operand.plus(ONE),
            SelectMode::Field => {
                let mut path = self.path(select.operand);
                path.push(select.field.clone());
                self.paths.insert(id, path);
                match self.type_of(select.operand) {
                    Type::Map(_) | Type::Object(_) | Type::Param(_) | Type::Var(_) => {
                        operand.plus(ONE)
                    }
                    _ => operand,
                }
            }
        }
    }

    fn list(&mut self, id: ExprId, items: &[Item]) -> Range {
        let mut cost = Range::exactly(LIST);
        let mut item_size: Option<Range> = None;
        for item in items {
            cost = cost.plus(self.cost(item.value));
            let size = self.size_or_unknown(item.value);
            item_size = Some(item_size.map_or(size, |all| all.or(size)));
        }
        let entry = EntrySize::list(item_size.unwrap_or(FREE));
        self.entry_sizes.insert(id, entry);
        cost
    }

    fn map(&mut self, id: ExprId, entries: &[Entry]) -> Range {
        let mut cost = Range::exactly(MAP);
        let mut sizes: Option<(Range, Range)> = None;
        for entry in entries {
            cost = cost.plus(self.cost(entry.key)).plus(self.cost(entry.value));
            let key = self.size_or_unknown(entry.key);
            let value = self.size_or_unknown(entry.value);
            sizes = Some(sizes.map_or((key, value), |all| (all.0.or(key), all.1.or(value))));
        }
        let (key, value) = sizes.unwrap_or((FREE, FREE));
        self.entry_sizes.insert(id, EntrySize::map(key, value));
        cost
    }
}

#[cfg(test)]
mod tests;
