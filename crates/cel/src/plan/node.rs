//! The nodes of a plan: what the evaluator walks.

use crate::{
    EvalError,
    ast::Macro,
    library::{Overload, Prepared},
};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct NodeIdx(pub(crate) u32);

impl NodeIdx {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A field name of a plan.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct NameIdx(pub(crate) u32);

#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) op: Op,
    /// What each evaluation costs apart from what depends on sizes.
    pub(crate) cost: u32,
    /// Where the result is kept, for nodes that are evaluated more than once.
    pub(crate) memo: Option<u32>,
    /// Root variables that the result depends on, one bit each; all bits where there are too many.
    pub(crate) roots: u64,
    pub(crate) reads_lazy: bool,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Op {
    Const(u32),
    Root(u16),
    Local(u16),
    /// A local whose value was computed where it was bound: reading it first pays for that.
    Bound(u16),
    Lazy(u32),
    Fail(u32),
    Select(NodeIdx, NameIdx),
    Has(NodeIdx, NameIdx),
    OptSelect(NodeIdx, NameIdx),
    Index(NodeIdx, NodeIdx),
    OptIndex(NodeIdx, NodeIdx),
    Not(NodeIdx),
    Negate(NodeIdx),
    And(Box<[NodeIdx]>),
    Or(Box<[NodeIdx]>),
    Cond(Box<[NodeIdx; 3]>),
    Binary(Binary, NodeIdx, NodeIdx),
    /// `x in [literals]`
    InSet(NodeIdx, u32),
    Call(u32),
    List(Box<[ListItem]>),
    Map(Box<[MapEntry]>),
    Fold(Box<Fold>),
    Bind(Box<Bind>),
    /// `a.or(b)`, `a.orValue(b)`: the second is evaluated where the first has nothing.
    OrElse(Alternative, NodeIdx, NodeIdx),
}

/// What stands for an optional that is none.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Alternative {
    Optional,
    Value,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Presence {
    Always,
    /// Left out when the optional is none.
    Optional,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct ListItem {
    pub(crate) value: NodeIdx,
    pub(crate) presence: Presence,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct MapEntry {
    pub(crate) key: NodeIdx,
    pub(crate) value: NodeIdx,
    pub(crate) presence: Presence,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    In,
}

/// What a binary operator costs beyond its node's fixed cost: that depends on the overload that the
/// checker found, not on the values.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum SizeCost {
    None,
    /// A tenth of the shorter operand.
    Shorter,
    /// A tenth of both operands.
    Both,
    /// The items of the right operand.
    Items,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Binary {
    pub(crate) operator: Operator,
    pub(crate) cost: SizeCost,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Fold {
    pub(crate) kind: Macro,
    pub(crate) range: NodeIdx,
    pub(crate) var: u16,
    pub(crate) var2: Option<u16>,
    pub(crate) filter: Option<NodeIdx>,
    pub(crate) body: NodeIdx,
    /// What adding an item costs: making a list of it and joining the two.
    pub(crate) item_cost: u32,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Bind {
    pub(crate) kind: crate::ast::BindKind,
    pub(crate) slot: u16,
    pub(crate) init: NodeIdx,
    pub(crate) body: NodeIdx,
}

/// A call of a library function.
#[derive(Debug)]
pub(crate) struct CallNode {
    pub(crate) function: Box<str>,
    pub(crate) args: Box<[NodeIdx]>,
    pub(crate) candidates: Box<[Candidate]>,
}

#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) overload: Overload,
    /// What the overload made of literal arguments, or why it could not.
    pub(crate) prepared: PreparedArguments,
}

#[derive(Clone)]
pub(crate) enum PreparedArguments {
    Nothing,
    Ready(Prepared),
    Failed(EvalError),
}

impl std::fmt::Debug for PreparedArguments {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Nothing => "nothing",
            Self::Ready(_) => "ready",
            Self::Failed(_) => "failed",
        })
    }
}

impl Op {
    /// The nodes that this one evaluates, but for what calls evaluate.
    pub(crate) fn operands(&self, calls: &[CallNode], visit: &mut dyn FnMut(NodeIdx)) {
        match self {
            Self::Const(_)
            | Self::Root(_)
            | Self::Local(_)
            | Self::Bound(_)
            | Self::Lazy(_)
            | Self::Fail(_) => {}
            Self::Select(a, _)
            | Self::Has(a, _)
            | Self::OptSelect(a, _)
            | Self::Not(a)
            | Self::Negate(a)
            | Self::InSet(a, _) => visit(*a),
            Self::Index(a, b)
            | Self::OptIndex(a, b)
            | Self::Binary(_, a, b)
            | Self::OrElse(_, a, b) => {
                visit(*a);
                visit(*b);
            }
            Self::And(terms) | Self::Or(terms) => terms.iter().copied().for_each(visit),
            Self::Cond(parts) => parts.iter().copied().for_each(visit),
            Self::Call(idx) => calls[*idx as usize].args.iter().copied().for_each(visit),
            Self::List(items) => items.iter().for_each(|item| visit(item.value)),
            Self::Map(entries) => entries.iter().for_each(|entry| {
                visit(entry.key);
                visit(entry.value);
            }),
            Self::Fold(fold) => {
                visit(fold.range);
                fold.filter.into_iter().for_each(&mut *visit);
                visit(fold.body);
            }
            Self::Bind(bind) => {
                visit(bind.init);
                visit(bind.body);
            }
        }
    }
}
