//! The graph while it grows: a node that is equal to an earlier one is the earlier one.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::{
    Expression, Lazy, Plan,
    constants::{Constants, LiteralSet},
    node::{CallNode, NameIdx, Node, NodeIdx, Op},
};
use crate::{EvalError, Value};

#[derive(Debug, Default)]
pub(crate) struct Graph {
    nodes: Vec<Node>,
    known: HashMap<(Op, u32), NodeIdx, FixedState>,
    pub(super) constants: Constants,
    sets: Vec<LiteralSet>,
    sets_known: HashMap<u32, Option<u32>, FixedState>,
    errors: Vec<EvalError>,
    calls: Vec<CallNode>,
    calls_known: HashMap<CallKey, u32, FixedState>,
    names: Vec<Box<str>>,
    names_known: HashMap<Box<str>, NameIdx, FixedState>,
    variables: Vec<Box<str>>,
    n_locals: u16,
}

/// Two calls are one when they call the same code with the same arguments.
#[derive(PartialEq, Eq, Hash, Debug)]
struct CallKey {
    function: Box<str>,
    args: Box<[NodeIdx]>,
    implementations: Box<[(&'static str, usize)]>,
}

impl Graph {
    pub(super) fn node(&self, idx: NodeIdx) -> &Node {
        &self.nodes[idx.index()]
    }

    /// The node of an operation, which costs `cost` beyond its operands.
    pub(super) fn add(&mut self, op: Op, cost: u32) -> NodeIdx {
        if let Some(known) = self.known.get(&(op.clone(), cost)) {
            return *known;
        }
        let idx = NodeIdx(u32::try_from(self.nodes.len()).expect("fewer nodes than 4 G"));
        self.known.insert((op.clone(), cost), idx);
        self.nodes.push(Node { op, cost, memo: None, roots: 0, reads_lazy: false });
        idx
    }

    pub(super) fn constant(&mut self, value: Value<'static>, cost: u32) -> NodeIdx {
        let idx = self.constants.add(value);
        self.add(Op::Const(idx), cost)
    }

    /// The value of a node that is a constant.
    pub(super) fn as_constant(&self, idx: NodeIdx) -> Option<&Value<'static>> {
        match self.node(idx).op {
            Op::Const(constant) => Some(self.constants.get(constant)),
            _ => None,
        }
    }

    /// A node that fails whenever it is evaluated.
    pub(super) fn fail(&mut self, error: EvalError) -> NodeIdx {
        let idx = match self.errors.iter().position(|known| *known == error) {
            Some(idx) => idx,
            None => {
                self.errors.push(error);
                self.errors.len() - 1
            }
        };
        self.add(Op::Fail(u32::try_from(idx).expect("fewer errors than nodes")), 0)
    }

    pub(super) fn name(&mut self, name: &str) -> NameIdx {
        if let Some(known) = self.names_known.get(name) {
            return *known;
        }
        let idx = NameIdx(u32::try_from(self.names.len()).expect("fewer names than nodes"));
        self.names.push(name.into());
        self.names_known.insert(name.into(), idx);
        idx
    }

    /// The slot of a root variable.
    pub(super) fn root(&mut self, name: &str) -> u16 {
        let idx = match self.variables.iter().position(|known| &**known == name) {
            Some(idx) => idx,
            None => {
                self.variables.push(name.into());
                self.variables.len() - 1
            }
        };
        u16::try_from(idx).expect("fewer root variables than 65,536")
    }

    /// The set of a literal list, where its items can be in one.
    pub(super) fn literal_set(&mut self, list: NodeIdx) -> Option<u32> {
        let Op::Const(constant) = self.node(list).op else { return None };
        if let Some(known) = self.sets_known.get(&constant) {
            return *known;
        }
        let Value::List(items) = self.constants.get(constant) else { return None };
        let items: Vec<_> = items.iter().collect();
        let set = LiteralSet::new(&items).map(|set| {
            self.sets.push(set);
            u32::try_from(self.sets.len() - 1).expect("fewer sets than nodes")
        });
        self.sets_known.insert(constant, set);
        set
    }

    pub(super) fn set(&self, idx: u32) -> &LiteralSet {
        &self.sets[idx as usize]
    }

    pub(super) fn call(&mut self, call: CallNode) -> NodeIdx {
        let pure = call.candidates.iter().all(|candidate| !candidate.overload.impure);
        let key = CallKey {
            function: call.function.clone(),
            args: call.args.clone(),
            implementations: call
                .candidates
                .iter()
                .map(|candidate| {
                    (candidate.overload.id, candidate.overload.implementation as usize)
                })
                .collect(),
        };
        let new = u32::try_from(self.calls.len()).expect("fewer calls than nodes");
        let idx = match pure {
            true => *self.calls_known.entry(key).or_insert(new),
            false => new,
        };
        if idx == new {
            self.calls.push(call);
        }
        self.add(Op::Call(idx), 0)
    }

    pub(super) fn needs_locals(&mut self, n: u16) {
        self.n_locals = self.n_locals.max(n);
    }

    pub(super) fn finish(mut self, lazies: Vec<Lazy>, expressions: Vec<Expression>) -> Plan {
        let n_memos = self.place_memos(&lazies, &expressions);
        Plan {
            variables: self.variables,
            nodes: self.nodes,
            names: self.names,
            constants: self.constants.finish(),
            sets: self.sets,
            errors: self.errors,
            calls: self.calls,
            lazies,
            expressions,
            n_locals: self.n_locals,
            n_memos,
        }
    }

    /// Decides which nodes keep their results.
    fn place_memos(&mut self, lazies: &[Lazy], expressions: &[Expression]) -> u32 {
        let facts = self.facts(lazies);
        let mut uses = vec![0_u32; self.nodes.len()];
        for node in &self.nodes {
            node.op.operands(&self.calls, &mut |operand| uses[operand.index()] += 1);
        }
        // What a lazy variable is must not be asked twice, even where it asks an authorizer.
        let mut is_variable = vec![false; self.nodes.len()];
        for lazy in lazies {
            is_variable[lazy.expression.node.index()] = true;
            // A variable is read where its name stands, however often that is.
            uses[lazy.expression.node.index()] += 2;
        }
        for expression in expressions {
            uses[expression.node.index()] += 1;
        }
        let in_loops = self.in_loops();
        let mut n_memos = 0;
        for (idx, node) in self.nodes.iter_mut().enumerate() {
            let Facts { roots, lowest_local, is_pure, reads_lazy } = facts[idx];
            (node.roots, node.reads_lazy) = (roots, reads_lazy);
            let is_shared = uses[idx] > 1 || in_loops[idx];
            let is_fit = is_pure || is_variable[idx];
            if is_shared && lowest_local == NO_LOCAL && is_fit && !is_trivial(&node.op) {
                node.memo = Some(n_memos);
                n_memos += 1;
            }
        }
        n_memos
    }

    /// Operands have lower numbers than what uses them, so that one pass is enough.
    fn facts(&self, lazies: &[Lazy]) -> Vec<Facts> {
        let mut facts: Vec<Facts> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let mut own =
                Facts { roots: 0, lowest_local: NO_LOCAL, is_pure: true, reads_lazy: false };
            node.op.operands(&self.calls, &mut |operand| own.join(facts[operand.index()]));
            match &node.op {
                Op::Root(slot) => own.roots |= root_bit(*slot),
                Op::Local(slot) | Op::Bound(slot) => own.lowest_local = *slot,
                Op::Lazy(idx) => {
                    own.join(facts[lazies[*idx as usize].expression.node.index()]);
                    own.reads_lazy = true;
                }
                Op::Fold(fold) => own.close(fold.var),
                Op::Bind(bind) => own.close(bind.slot),
                Op::Call(idx) => {
                    let candidates = &self.calls[*idx as usize].candidates;
                    own.is_pure &= candidates.iter().all(|candidate| !candidate.overload.impure);
                }
                _ => {}
            }
            facts.push(own);
        }
        facts
    }

    /// Nodes that a loop evaluates once an item.
    fn in_loops(&self) -> Vec<bool> {
        let mut in_loops = vec![false; self.nodes.len()];
        for (idx, node) in self.nodes.iter().enumerate().rev() {
            if let Op::Fold(fold) = &node.op {
                in_loops[fold.body.index()] = true;
                fold.filter.into_iter().for_each(|filter| in_loops[filter.index()] = true);
            }
            if in_loops[idx] {
                node.op.operands(&self.calls, &mut |operand| in_loops[operand.index()] = true);
            }
        }
        in_loops
    }
}

#[derive(Clone, Copy)]
struct Facts {
    roots: u64,
    /// The outermost loop variable that it reads: those of outer loops have lower slots.
    lowest_local: u16,
    is_pure: bool,
    reads_lazy: bool,
}

/// Reads no variable of a loop around it.
const NO_LOCAL: u16 = u16::MAX;

impl Facts {
    fn join(&mut self, other: Self) {
        self.roots |= other.roots;
        self.lowest_local = self.lowest_local.min(other.lowest_local);
        self.is_pure &= other.is_pure;
        self.reads_lazy |= other.reads_lazy;
    }

    /// Takes the variables that this node binds itself, `first` and those above, out.
    fn close(&mut self, first: u16) {
        if self.lowest_local >= first {
            self.lowest_local = NO_LOCAL;
        }
    }
}

fn root_bit(slot: u16) -> u64 {
    match slot {
        0..64 => 1 << slot,
        _ => u64::MAX,
    }
}

/// What is read as fast as a memo. An optional is seldom made, and never cheap to keep.
fn is_trivial(op: &Op) -> bool {
    matches!(
        op,
        Op::Const(_)
            | Op::Root(_)
            | Op::Local(_)
            | Op::Bound(_)
            | Op::Lazy(_)
            | Op::Fail(_)
            | Op::OptSelect(..)
    )
}
