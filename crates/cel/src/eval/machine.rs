//! The state of an evaluation, and the step that every other one goes through.

use super::{Outcome, budget::Budget, lookup::Lookups, trace::Recorder};
use crate::{
    ErrorKind, EvalError, Failure, Interrupt, Limits, Plan, Value,
    plan::{
        Expression,
        node::{Node, NodeIdx, Op},
    },
    session::Ticker,
};

pub(crate) struct Machine<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) ticker: Ticker<'a>,
    pub(crate) budget: Budget,
    pub(super) recorder: Option<Box<Recorder<'a>>>,
    /// Counts traces, from 1.
    pub(super) n_traces: u32,
    roots: Vec<Option<Value<'a>>>,
    /// Loop variables and bound names.
    pub(super) locals: Vec<Local<'a>>,
    memos: Vec<Option<Memo<'a>>>,
    pub(super) lookups: Lookups<'a>,
    /// Counts changes of roots; by root, the last one.
    clock: u64,
    changed: Vec<u64>,
}

pub(super) struct Local<'a> {
    pub(super) value: Outcome<'a>,
    /// What computing the value cost, until somebody reads it.
    pub(super) unpaid: u64,
}

/// The result of a node.
pub(super) struct Memo<'a> {
    pub(super) outcome: Outcome<'a>,
    pub(super) cost: u64,
    /// The clock when it was made.
    made: u64,
    /// The budget that lazy variables were paid from.
    budget: u32,
    /// The trace that it was made in, or 0.
    trace: u32,
}

impl<'a> Machine<'a> {
    pub(crate) fn new(
        plan: &'a Plan,
        limits: Limits,
        interrupt: Option<&'a dyn Interrupt>,
    ) -> Self {
        let locals = (0..plan.n_locals).map(|_| Local { value: Ok(Value::Null), unpaid: 0 });
        Self {
            plan,
            ticker: Ticker::new(interrupt, limits),
            budget: Budget::new(limits, plan.lazies.len()),
            recorder: None,
            n_traces: 0,
            roots: vec![None; plan.variables.len()],
            locals: locals.collect(),
            memos: (0..plan.n_memos).map(|_| None).collect(),
            lookups: Lookups::new(),
            clock: 0,
            changed: vec![0; plan.variables.len()],
        }
    }

    pub(crate) fn set_root(&mut self, slot: u16, value: Value<'a>) {
        self.clock += 1;
        self.roots[usize::from(slot)] = Some(value);
        self.changed[usize::from(slot)] = self.clock;
    }

    pub(crate) fn evaluate(&mut self, expression: &'a Expression) -> Outcome<'a> {
        self.budget.begin_expression();
        match self.eval(expression.node) {
            Err(Failure::Error(error)) => Err(Failure::Error(expression.locate(error))),
            other => other,
        }
    }

    pub(super) fn eval(&mut self, idx: NodeIdx) -> Outcome<'a> {
        let plan = self.plan;
        let node = plan.node(idx);
        let outcome = match node.memo {
            None => self.step(node),
            Some(memo) => self.remembered(node, memo as usize),
        };
        if self.recorder.is_some() {
            self.record(idx, node, &outcome);
        }
        match outcome {
            Ok(value) => Ok(value),
            Err(failure) => Err(failure.at_node(idx)),
        }
    }

    /// What is remembered of a node, if it still holds.
    pub(super) fn known(&self, node: &Node, memo: usize) -> Option<&Memo<'a>> {
        self.memos[memo].as_ref().filter(|known| self.is_current(node, known))
    }

    pub(super) fn remembered(&mut self, node: &'a Node, memo: usize) -> Outcome<'a> {
        if let Some(known) = self.known(node, memo) {
            let (outcome, cost) = (known.outcome.clone(), known.cost);
            self.budget.charge(cost)?;
            return outcome;
        }
        let before = self.budget.own();
        let outcome = self.step(node);
        if let Err(Failure::Error(error)) = &outcome
            && error.is_limit()
        {
            return outcome;
        }
        let cost = self.budget.own() - before;
        let (made, budget) = (self.clock, self.budget.number);
        let trace = if self.recorder.is_some() { self.n_traces } else { 0 };
        self.memos[memo] = Some(Memo { outcome: outcome.clone(), cost, made, budget, trace });
        outcome
    }

    /// Whether no root that the node depends on was set since, and the lazy variables that it reads
    /// are paid for.
    fn is_current(&self, node: &Node, memo: &Memo<'a>) -> bool {
        let is_paid = !node.reads_lazy || memo.budget == self.budget.number;
        let unchanged = memo.made >= self.clock || self.is_unchanged(node.roots, memo.made);
        let is_traced = self.recorder.is_none() || memo.trace == self.n_traces;
        is_paid && unchanged && is_traced
    }

    /// Whether none of the roots was set since.
    fn is_unchanged(&self, roots: u64, since: u64) -> bool {
        if roots == u64::MAX {
            return false;
        }
        let mut left = roots;
        while left != 0 {
            if self.changed[left.trailing_zeros() as usize] > since {
                return false;
            }
            left &= left - 1;
        }
        true
    }

    pub(super) fn step(&mut self, node: &'a Node) -> Outcome<'a> {
        let plan = self.plan;
        let cost = u64::from(node.cost);
        match &node.op {
            Op::Select(operand, name) => return self.select(*operand, *name, cost),
            Op::Has(operand, name) => return self.has(*operand, *name, cost).map(Value::Bool),
            Op::OptSelect(operand, name) => return self.select_optional(*operand, *name, cost),
            Op::Index(operand, index) => return self.index(*operand, *index, cost),
            Op::OptIndex(operand, index) => return self.index_optional(*operand, *index, cost),
            Op::Fold(fold) => return self.fold(fold, cost),
            Op::Bind(bind) => return self.bind(bind, cost),
            Op::Not(_) | Op::And(_) | Op::Or(_) | Op::InSet(..) => {
                return self.step_bool(node).map(Value::Bool);
            }
            Op::Call(idx) => return self.call(&plan.calls[*idx as usize]),
            _ => self.budget.charge(cost)?,
        }
        match &node.op {
            Op::Const(idx) => Ok(plan.constants[*idx as usize].borrowed()),
            Op::Root(slot) => self.root(*slot).cloned(),
            Op::Local(slot) => self.locals[usize::from(*slot)].value.clone(),
            Op::Bound(slot) => self.bound(*slot),
            Op::Lazy(idx) => self.lazy(*idx),
            Op::Fail(idx) => Err(plan.errors[*idx as usize].clone().into()),
            Op::Cond(parts) => self.conditional(parts),
            Op::OrElse(alternative, optional, other) => {
                self.or_else(*alternative, *optional, *other)
            }
            Op::Negate(operand) => Ok(super::negate(&self.eval(*operand)?)?),
            Op::Binary(binary, left, right) => self.binary(*binary, *left, *right),
            Op::List(items) => self.list(items),
            Op::Map(entries) => self.map(entries),
            _ => unreachable!("answered above"),
        }
    }

    pub(super) fn root(&self, slot: u16) -> Result<&Value<'a>, Failure> {
        match &self.roots[usize::from(slot)] {
            Some(Value::Unknown(path)) => Err(super::unknown::at(path)),
            Some(value) => Ok(value),
            None => Err(self.unbound(slot)),
        }
    }

    #[cold]
    fn unbound(&self, slot: u16) -> Failure {
        let name = &self.plan.variables[usize::from(slot)];
        let message = format!("undeclared reference to '{name}'");
        EvalError::new(ErrorKind::UndeclaredVariable, message).into()
    }

    fn bound(&mut self, slot: u16) -> Outcome<'a> {
        let local = &mut self.locals[usize::from(slot)];
        let unpaid = std::mem::take(&mut local.unpaid);
        let outcome = local.value.clone();
        self.budget.charge(unpaid)?;
        outcome
    }

    fn lazy(&mut self, idx: u32) -> Outcome<'a> {
        let lazy = &self.plan.lazies[idx as usize];
        let account = self.budget.open();
        if let Some(recorder) = &mut self.recorder {
            recorder.within.push(idx);
        }
        let outcome = self.eval(lazy.expression.node);
        if let Some(recorder) = &mut self.recorder {
            recorder.within.pop();
        }
        self.budget.close(&account, idx as usize)?;
        match outcome {
            Err(Failure::Error(error)) if !self.budget.is_final(&error) => {
                Err(variable_failed(&lazy.name, &error).into())
            }
            other => other,
        }
    }
}

#[cold]
fn variable_failed(name: &str, error: &EvalError) -> EvalError {
    let short = name.strip_prefix("variables.").unwrap_or(name);
    let message = format!("composited variable \"{short}\" fails to evaluate: {}", error.message());
    // That the variable's own budget is spent is an error like any other outside of it.
    let kind = if error.is_limit() { ErrorKind::Other } else { error.kind() };
    let wrapped = EvalError::new(kind, message);
    match error.hint() {
        Some(hint) => wrapped.with_hint(hint),
        None => wrapped,
    }
}
