//! From a program's tree to the plan's graph.

use std::sync::Arc;

use kordon_base::Span;

use super::{Expression, PlanBuilder, Scope, graph::Graph, node};
use super::{
    names::Meaning,
    node::{ListItem, MapEntry, NodeIdx, Op, Presence},
};
use crate::{
    ErrorKind, EvalError, Program, Value,
    ast::{Bind, Comprehension, Entry, ExprId, ExprKind, Item, Macro, Select, SelectMode},
    env::Reference,
};

/// Costs of the API server's runtime: making a list, making a map.
const LIST: u32 = 10;
const MAP: u32 = 30;

/// Lowers one program.
pub(super) struct Lowering<'b> {
    pub(super) builder: &'b mut PlanBuilder,
    pub(super) scope: Scope,
    pub(super) program: &'b Program,
    /// Loop variables and bound names, innermost last. A variable's slot is its position.
    pub(super) locals: Vec<LocalName<'b>>,
    /// The entries of the `cel.block` that is being lowered.
    blocks: Vec<(NodeIdx, u32)>,
    /// How deep the values of what was lowered nest at most.
    depth: u32,
    spans: Vec<(NodeIdx, Span)>,
}

pub(super) struct LocalName<'b> {
    pub(super) name: &'b str,
    pub(super) kind: LocalKind,
    /// How deep its values nest at most.
    depth: u32,
}

/// Values nest at most so deep: who compares, prints or drops them recurses as deep. Names that are
/// bound to values multiply the nesting of the text, which the parser bounds.
const MAX_DEPTH: u32 = 2000;

#[derive(Clone, Copy)]
pub(super) enum LocalKind {
    Loop,
    Bound,
}

/// How a name or path is read, which decides what its first name costs: a path is paid for as a
/// whole, except where another construct does that.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Whole,
    /// As a branch of a conditional, or below `has`.
    Part,
}

impl PlanBuilder {
    pub(super) fn lower(&mut self, scope: Scope, program: &Program) -> Expression {
        let mut lowering = Lowering {
            builder: self,
            scope,
            program,
            locals: Vec::new(),
            blocks: Vec::new(),
            depth: 0,
            spans: Vec::new(),
        };
        let node = lowering.expr(program.ast().root());
        let mut spans = lowering.spans;
        spans.sort_by_key(|(node, span)| (*node, span.start));
        spans.dedup_by_key(|(node, _)| *node);
        Expression { node, spans }
    }
}

impl<'b> Lowering<'b> {
    pub(super) fn graph(&mut self) -> &mut Graph {
        &mut self.builder.graph
    }

    pub(super) fn expr(&mut self, id: ExprId) -> NodeIdx {
        self.read(id, Reading::Whole)
    }

    pub(super) fn read(&mut self, id: ExprId, reading: Reading) -> NodeIdx {
        let program = self.program;
        let expr = program.ast().expr(id);
        let beside = std::mem::take(&mut self.depth);
        let mut node = match &expr.kind {
            ExprKind::Literal(value) => self.graph().constant(value.clone(), 0),
            ExprKind::Ident(name) => self.ident(id, name, reading),
            ExprKind::Select(select) => self.select(id, select, reading),
            ExprKind::Call(call) => self.call(id, call, reading),
            ExprKind::List(items) => self.list(items),
            ExprKind::Map(entries) => self.map(entries),
            ExprKind::Struct(name, _) => {
                let message = format!("values of the type {name} cannot be made");
                self.fail(ErrorKind::Other, message)
            }
            ExprKind::Comprehension(comprehension) => self.comprehension(comprehension),
            ExprKind::Bind(bind) => self.bind(bind),
            ExprKind::Block(entries, body) => self.block(entries, *body),
            ExprKind::Broken => self.fail(ErrorKind::Other, "the expression cannot be parsed"),
        };
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            node = self.fail(ErrorKind::TooDeep, "the value nests deeper than the limit");
        }
        self.depth = self.depth.max(beside);
        self.spans.push((node, expr.span));
        node
    }

    pub(super) fn fail(&mut self, kind: ErrorKind, message: impl Into<Box<str>>) -> NodeIdx {
        self.graph().fail(EvalError::new(kind, message))
    }

    fn ident(&mut self, id: ExprId, name: &'b str, reading: Reading) -> NodeIdx {
        let cost = u32::from(reading == Reading::Whole);
        if let Some(slot) = self.locals.iter().rposition(|local| local.name == name) {
            let idx = u16::try_from(slot).expect("nesting is bounded");
            self.depth = self.locals[slot].depth;
            let op = match self.locals[slot].kind {
                LocalKind::Loop => Op::Local(idx),
                LocalKind::Bound => Op::Bound(idx),
            };
            return self.graph().add(op, cost);
        }
        let position = name.strip_prefix("@index").and_then(|digits| digits.parse::<usize>().ok());
        if let Some(entry) = position.and_then(|position| self.blocks.get(position)) {
            let (entry, depth) = *entry;
            self.depth = depth;
            return entry;
        }
        match self.meaning(id, name) {
            Some(meaning) => self.named(meaning, cost),
            None => {
                let message = format!("undeclared reference to '{name}'");
                self.fail(ErrorKind::UndeclaredVariable, message)
            }
        }
    }

    fn named(&mut self, meaning: Meaning, cost: u32) -> NodeIdx {
        match meaning {
            Meaning::Constant(value) => self.graph().constant(value, 0),
            Meaning::Lazy(idx) => self.graph().add(Op::Lazy(idx), cost + 1),
            Meaning::Root(name) => {
                let slot = self.graph().root(&name);
                self.graph().add(Op::Root(slot), cost)
            }
        }
    }

    fn select(&mut self, id: ExprId, select: &'b Select, reading: Reading) -> NodeIdx {
        if select.mode == SelectMode::Field
            && let Some(meaning) = self.qualified_meaning(id)
        {
            return self.named(meaning, u32::from(reading == Reading::Whole));
        }
        if select.mode == SelectMode::Test && self.is_lazy_test(select) {
            return self.graph().constant(Value::Bool(true), 1);
        }
        let reading = if select.mode == SelectMode::Test { Reading::Part } else { reading };
        let operand = self.read(select.operand, reading);
        // What is no path itself is paid for once more when a path begins at it.
        let base = u32::from(reading == Reading::Whole && !self.is_path(select.operand));
        let name = self.graph().name(&select.field);
        let op = match select.mode {
            SelectMode::Field => Op::Select(operand, name),
            SelectMode::Test => Op::Has(operand, name),
            SelectMode::Optional => Op::OptSelect(operand, name),
        };
        self.graph().add(op, base + 1)
    }

    /// Whether `has(variables.x)` asks for a variable that is declared.
    fn is_lazy_test(&mut self, select: &Select) -> bool {
        let Some(prefix) = self.path_text(select.operand) else { return false };
        let name = format!("{prefix}.{}", select.field);
        self.builder.lazy(self.scope, &name).is_some()
    }

    /// Whether an expression is a path in the sense of the cost rules: a name, what is selected or
    /// indexed from something, or a conditional.
    pub(super) fn is_path(&self, id: ExprId) -> bool {
        match &self.program.ast().expr(id).kind {
            ExprKind::Ident(_) | ExprKind::Select(_) => {
                !matches!(self.program.reference(id), Some(Reference::Constant(_)))
            }
            ExprKind::Call(call) => {
                matches!(&*call.function, "_[_]" | "_[?_]" | "_?._" | "_?_:_")
            }
            _ => false,
        }
    }

    fn list(&mut self, items: &'b [Item]) -> NodeIdx {
        let mut lowered = Vec::with_capacity(items.len());
        for item in items {
            lowered
                .push(ListItem { value: self.expr(item.value), presence: presence(item.optional) });
        }
        let mut cost = self.literal_cost(LIST);
        let constants: Option<Vec<_>> = lowered
            .iter()
            .map(|item| {
                let constant = self.literal(item.value, &mut cost)?;
                (item.presence == Presence::Always).then_some(constant)
            })
            .collect();
        match constants {
            Some(values) => self.graph().constant(Value::list(values), cost),
            None => self.graph().add(Op::List(lowered.into()), LIST),
        }
    }

    fn map(&mut self, entries: &'b [Entry]) -> NodeIdx {
        let mut lowered = Vec::with_capacity(entries.len());
        for entry in entries {
            let (key, value) = (self.expr(entry.key), self.expr(entry.value));
            lowered.push(MapEntry { key, value, presence: presence(entry.optional) });
        }
        match self.constant_map(&lowered) {
            Some((map, cost)) => self.graph().constant(map, cost),
            None => self.graph().add(Op::Map(lowered.into()), MAP),
        }
    }

    fn constant_map(&self, entries: &[MapEntry]) -> Option<(Value<'static>, u32)> {
        let mut cost = self.literal_cost(MAP);
        let mut map = crate::MapBuilder::new();
        let mut constants = Vec::with_capacity(entries.len());
        for entry in entries {
            let key = self.literal(entry.key, &mut cost)?;
            let value = self.literal(entry.value, &mut cost)?;
            if entry.presence == Presence::Optional || !crate::eval::is_key(&key) {
                return None;
            }
            constants.push((key, value));
        }
        let mut is_repeated = false;
        for (key, value) in &constants {
            is_repeated |= !map.insert(key.clone(), value.clone());
        }
        if is_repeated {
            if !self.makes_literals() {
                return None;
            }
            // The API server's optimizer does not notice repeated keys; the last one stays.
            map = crate::MapBuilder::new();
            for (key, value) in constants.into_iter().rev() {
                map.insert(key, value);
            }
        }
        Some((map.finish(), cost))
    }

    /// Whether lists and maps of literals, and conversions of them, are made before the evaluation
    /// and so cost nothing: the API server does so, cel-go's default does not.
    pub(super) fn makes_literals(&self) -> bool {
        matches!(self.program.inner.env.dialect(), crate::Dialect::Kubernetes(_))
    }

    fn literal_cost(&self, cost: u32) -> u32 {
        if self.makes_literals() { 0 } else { cost }
    }

    /// The value of a part of a literal; its cost is added to the whole's.
    fn literal(&self, idx: NodeIdx, cost: &mut u32) -> Option<Value<'static>> {
        let graph = &self.builder.graph;
        let constant = match self.makes_literals() {
            true => graph.free_constant(idx)?,
            false => graph.as_constant(idx)?,
        };
        *cost += graph.node(idx).cost;
        Some(constant.clone())
    }

    fn comprehension(&mut self, comprehension: &'b Comprehension) -> NodeIdx {
        let range = self.expr(comprehension.range);
        let depth = self.locals.len();
        let var = self.push_local(&comprehension.var, LocalKind::Loop);
        let var2 = comprehension.var2.as_deref().map(|var| self.push_local(var, LocalKind::Loop));
        let filter = comprehension.filter.map(|filter| self.expr(filter));
        let body = self.expr(comprehension.body);
        self.locals.truncate(depth);
        let item_cost = match comprehension.kind {
            Macro::All => 3,
            Macro::Exists => 4,
            Macro::ExistsOne => 2,
            Macro::Map | Macro::TransformList => {
                let is_literal = self.builder.graph.free_constant(body).is_some();
                if is_literal && self.makes_literals() { 2 } else { 2 + LIST }
            }
            Macro::Filter => 3 + LIST,
            Macro::TransformMap => 3,
            Macro::TransformMapEntry => 2,
        };
        let result_cost = match comprehension.kind {
            Macro::All | Macro::Exists => 1,
            Macro::ExistsOne => 2,
            Macro::Map | Macro::Filter | Macro::TransformList => 1 + self.literal_cost(LIST),
            Macro::TransformMap | Macro::TransformMapEntry => 1 + self.literal_cost(MAP),
        };
        let kind = comprehension.kind;
        let fold = node::Fold { kind, range, var, var2, filter, body, item_cost };
        self.graph().add(Op::Fold(Box::new(fold)), result_cost)
    }

    fn push_local(&mut self, name: &'b str, kind: LocalKind) -> u16 {
        self.locals.push(LocalName { name, kind, depth: self.depth });
        let n = u16::try_from(self.locals.len()).expect("nesting is bounded");
        self.graph().needs_locals(n);
        n - 1
    }

    fn bind(&mut self, bind: &'b Bind) -> NodeIdx {
        let init = self.expr(bind.init);
        let slot = self.push_local(&bind.var, LocalKind::Bound);
        let body = self.expr(bind.body);
        self.locals.pop();
        let kind = bind.kind;
        // A binding is a loop over an empty list in the reference.
        let cost = self.literal_cost(LIST);
        self.graph().add(Op::Bind(Box::new(node::Bind { kind, slot, init, body })), cost)
    }

    /// Entries of a block are shared sub-expressions that have names; here they are shared anyway.
    fn block(&mut self, entries: &'b [ExprId], body: ExprId) -> NodeIdx {
        let outer = std::mem::take(&mut self.blocks);
        for entry in entries {
            let node = self.expr(*entry);
            self.blocks.push((node, self.depth));
        }
        let node = self.expr(body);
        self.blocks = outer;
        node
    }
}

impl Graph {
    /// A constant that costs nothing, as a literal does.
    pub(super) fn free_constant(&self, idx: NodeIdx) -> Option<&Value<'static>> {
        (self.node(idx).cost == 0).then(|| self.as_constant(idx)).flatten()
    }
}

fn presence(optional: bool) -> Presence {
    if optional { Presence::Optional } else { Presence::Always }
}

/// The text of a type name as a value.
pub(super) fn type_value(type_: &crate::Type) -> Value<'static> {
    Value::Type(Arc::new(type_.clone()))
}
