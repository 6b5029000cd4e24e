//! The state of an evaluation, and the step that every other one goes through.

use crate::{
    ErrorKind, EvalError, Failure, Interrupt, Limits, Plan, Value,
    eval::Outcome,
    plan::node::{Node, NodeIdx, Op},
    session::Ticker,
};

pub(crate) struct Machine<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) ticker: Ticker<'a>,
    pub(crate) roots: Vec<Option<Value<'a>>>,
    /// Loop variables and bound names.
    pub(crate) locals: Vec<Local<'a>>,
    pub(crate) memos: Vec<Option<Memo<'a>>>,
    pub(crate) cost: u64,
    pub(crate) cost_limit: u64,
    /// By lazy variable: the budget in which it was paid for last.
    pub(crate) paid: Vec<u32>,
    pub(crate) budget: u32,
    /// Counts changes of roots; by root, the last one.
    pub(crate) clock: u64,
    pub(crate) changed: Vec<u64>,
}

pub(crate) struct Local<'a> {
    pub(crate) value: Outcome<'a>,
    /// What computing the value cost, until somebody reads it.
    pub(crate) unpaid: u64,
}

/// The result of a node.
pub(crate) struct Memo<'a> {
    pub(crate) outcome: Outcome<'a>,
    pub(crate) cost: u64,
    /// The clock when it was made.
    pub(crate) made: u64,
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
            roots: vec![None; plan.variables.len()],
            locals: locals.collect(),
            memos: (0..plan.n_memos).map(|_| None).collect(),
            cost: 0,
            cost_limit: limits.cost,
            paid: vec![0; plan.lazies.len()],
            budget: 1,
            clock: 0,
            changed: vec![0; plan.variables.len()],
        }
    }

    pub(crate) fn set_root(&mut self, slot: u16, value: Value<'a>) {
        self.clock += 1;
        self.roots[usize::from(slot)] = Some(value);
        self.changed[usize::from(slot)] = self.clock;
    }

    pub(crate) fn begin(&mut self, limits: Limits) {
        self.cost = 0;
        self.cost_limit = limits.cost;
        self.ticker.iterations_left = limits.iterations;
        self.budget += 1;
    }

    pub(crate) fn eval(&mut self, idx: NodeIdx) -> Outcome<'a> {
        let plan = self.plan;
        let node = plan.node(idx);
        match node.memo {
            None => self.step(node),
            Some(memo) => self.remembered(node, memo as usize),
        }
    }

    fn remembered(&mut self, node: &'a Node, memo: usize) -> Outcome<'a> {
        if let Some(known) = &self.memos[memo]
            && (known.made >= self.clock || self.is_current(node.roots, known.made))
        {
            let (outcome, cost) = (known.outcome.clone(), known.cost);
            self.charge(cost)?;
            return outcome;
        }
        let before = self.cost;
        let outcome = self.step(node);
        if let Err(Failure::Error(error)) = &outcome
            && error.is_limit()
        {
            return outcome;
        }
        let (cost, made) = (self.cost - before, self.clock);
        self.memos[memo] = Some(Memo { outcome: outcome.clone(), cost, made });
        outcome
    }

    /// Whether no root among `roots` was set since.
    fn is_current(&self, roots: u64, made: u64) -> bool {
        self.changed
            .iter()
            .enumerate()
            .all(|(slot, changed)| *changed <= made || (slot < 64 && roots & (1 << slot) == 0))
    }

    pub(super) fn step(&mut self, node: &'a Node) -> Outcome<'a> {
        let plan = self.plan;
        self.charge(u64::from(node.cost))?;
        match &node.op {
            Op::Const(idx) => Ok(plan.constants[*idx as usize].borrowed()),
            Op::Root(slot) => self.root(*slot),
            Op::Local(slot) => self.locals[usize::from(*slot)].value.clone(),
            Op::Bound(slot) => self.bound(*slot),
            Op::Lazy(idx) => self.lazy(*idx),
            Op::Fail(idx) => Err(plan.errors[*idx as usize].clone().into()),
            Op::Select(operand, name) => self.select(*operand, *name),
            Op::Has(operand, name) => self.has(*operand, *name).map(Value::Bool),
            Op::OptSelect(operand, name) => self.select_optional(*operand, *name),
            Op::Index(operand, index) => self.index(*operand, *index),
            Op::OptIndex(operand, index) => self.index_optional(*operand, *index),
            Op::Cond(parts) => self.conditional(parts),
            Op::Negate(operand) => Ok(super::negate(&self.eval(*operand)?)?),
            Op::Not(_) | Op::And(_) | Op::Or(_) | Op::InSet(..) => {
                self.step_bool(node).map(Value::Bool)
            }
            Op::Binary(binary, left, right) => self.binary(*binary, *left, *right),
            Op::Call(idx) => self.call(&plan.calls[*idx as usize]),
            Op::List(items) => self.list(items),
            Op::Map(entries) => self.map(entries),
            Op::Fold(fold) => self.fold(fold),
            Op::Bind(bind) => self.bind(bind),
        }
    }

    fn root(&self, slot: u16) -> Outcome<'a> {
        match &self.roots[usize::from(slot)] {
            Some(Value::Unknown(path)) => Err(super::unknown::at(path)),
            Some(value) => Ok(value.clone()),
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
        self.charge(unpaid)?;
        outcome
    }

    fn lazy(&mut self, idx: u32) -> Outcome<'a> {
        let lazy = &self.plan.lazies[idx as usize];
        let before = self.cost;
        let outcome = self.eval(lazy.node);
        let paid = &mut self.paid[idx as usize];
        if *paid == self.budget {
            self.cost = before;
        }
        *paid = self.budget;
        outcome
    }

    /// Adds to the cost; fails when the budget is spent.
    #[inline]
    pub(super) fn charge(&mut self, cost: u64) -> Result<(), EvalError> {
        self.cost = self.cost.saturating_add(cost);
        if self.cost > self.cost_limit { Err(cost_exceeded()) } else { Ok(()) }
    }
}

#[cold]
fn cost_exceeded() -> EvalError {
    EvalError::new(ErrorKind::CostExceeded, "operation cancelled: actual cost limit exceeded")
}
