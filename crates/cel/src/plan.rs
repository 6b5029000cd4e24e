//! Many programs as one immutable graph in which equal sub-expressions are one node.
//!
//! A plan has scopes: a scope sees the lazy variables of its parents and its own. Root variables
//! (`object`, `params`) are plan-wide slots that a session fills.

mod calls;
mod constants;
mod graph;
mod lower;
mod names;
pub(crate) mod node;
mod operators;

use std::collections::HashMap;

use foldhash::fast::FixedState;
use kordon_base::Span;

use crate::{EvalError, Program, Value};
use constants::LiteralSet;
use graph::Graph;
use node::{CallNode, Node, NodeIdx};

/// An expression of a plan.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ExprSlot(pub(crate) u32);

/// A root variable of a plan.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct VariableSlot(pub(crate) u16);

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Scope(pub(crate) u32);

#[derive(Debug)]
pub struct Plan {
    pub(crate) variables: Vec<Box<str>>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) names: Vec<Box<str>>,
    pub(crate) constants: Vec<Value<'static>>,
    pub(crate) sets: Vec<LiteralSet>,
    pub(crate) errors: Vec<EvalError>,
    pub(crate) calls: Vec<CallNode>,
    pub(crate) lazies: Vec<Lazy>,
    pub(crate) expressions: Vec<Expression>,
    pub(crate) n_locals: u16,
    pub(crate) n_memos: u32,
}

/// One program's place in the graph.
#[derive(Debug)]
pub(crate) struct Expression {
    pub(crate) node: NodeIdx,
    /// Where the program's nodes stand in its text, ordered by node.
    pub(crate) spans: Vec<(NodeIdx, Span)>,
}

impl Expression {
    /// Where a node stands in the program's text.
    pub(crate) fn span(&self, node: NodeIdx) -> Option<Span> {
        let position = self.spans.binary_search_by_key(&node, |(node, _)| *node);
        position.ok().map(|position| self.spans[position].1)
    }

    /// Gives an error its place in the text.
    pub(crate) fn locate(&self, error: EvalError) -> EvalError {
        match error.node().and_then(|node| self.span(node)) {
            Some(span) => error.at(span),
            None => error,
        }
    }
}

#[derive(Debug, Default)]
pub struct PlanBuilder {
    graph: Graph,
    scopes: Vec<ScopeData>,
    lazies: Vec<Lazy>,
    expressions: Vec<Expression>,
}

/// A lazily evaluated variable.
#[derive(Debug)]
pub(crate) struct Lazy {
    pub(crate) name: Box<str>,
    pub(crate) expression: Expression,
}

#[derive(Debug, Default)]
struct ScopeData {
    parent: Option<Scope>,
    lazies: HashMap<Box<str>, u32, FixedState>,
}

impl PlanBuilder {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A scope of its own, below `parent` where there is one.
    pub fn scope(&mut self, parent: Option<Scope>) -> Scope {
        let scope = Scope(u32::try_from(self.scopes.len()).expect("fewer scopes than policies"));
        self.scopes.push(ScopeData { parent, ..ScopeData::default() });
        scope
    }

    /// Declares a lazily evaluated variable: where expressions of this scope read `name`
    /// (`variables.x`), they get the program's value, evaluated at most once per binding of the
    /// root variables that it reads.
    pub fn lazy_variable(&mut self, scope: Scope, name: &str, program: &Program) {
        let expression = self.lower(scope, program);
        let idx = u32::try_from(self.lazies.len()).expect("fewer variables than 4 G");
        self.lazies.push(Lazy { name: name.into(), expression });
        self.scopes[scope.0 as usize].lazies.insert(name.into(), idx);
    }

    pub fn expression(&mut self, scope: Scope, program: &Program) -> ExprSlot {
        let expression = self.lower(scope, program);
        let slot = ExprSlot(u32::try_from(self.expressions.len()).expect("fewer than 4 G"));
        self.expressions.push(expression);
        slot
    }

    #[must_use]
    pub fn build(self) -> Plan {
        self.graph.finish(self.lazies, self.expressions)
    }

    /// The lazy variable that a name means in a scope.
    fn lazy(&self, scope: Scope, name: &str) -> Option<u32> {
        let mut next = Some(scope);
        while let Some(scope) = next {
            let data = &self.scopes[scope.0 as usize];
            if let Some(idx) = data.lazies.get(name) {
                return Some(*idx);
            }
            next = data.parent;
        }
        None
    }
}

impl Plan {
    /// The slot of a root variable; `None` where no expression reads it.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<VariableSlot> {
        let position = self.variables.iter().position(|variable| &**variable == name)?;
        Some(VariableSlot(u16::try_from(position).expect("the builder counts in u16")))
    }

    /// The plan of a single expression.
    #[must_use]
    pub fn of(program: &Program) -> (Self, ExprSlot) {
        let mut builder = PlanBuilder::new();
        let scope = builder.scope(None);
        let slot = builder.expression(scope, program);
        (builder.build(), slot)
    }

    pub(crate) fn node(&self, idx: NodeIdx) -> &Node {
        &self.nodes[idx.index()]
    }
}
