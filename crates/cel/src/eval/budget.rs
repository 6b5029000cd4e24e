//! The cost of an evaluation as the API server counts it: every expression and every lazy variable
//! has a limit of its own, and all together have one.

use crate::{ErrorKind, EvalError, Limits};

pub(crate) struct Budget {
    spent: u64,
    /// Of `spent`, what lazy variables took.
    by_lazies: u64,
    /// Where the whole budget ends, and where that of the expression at hand does.
    limit: u64,
    per_expression: u64,
    stop: u64,
    /// Counts budgets, from 1.
    pub(super) number: u32,
    /// By lazy variable: the budget that it was paid from last.
    paid: Vec<u32>,
}

/// The account of an expression while that of a lazy variable is open.
pub(super) struct Account {
    spent: u64,
    by_lazies: u64,
    stop: u64,
}

impl Budget {
    pub(crate) fn new(limits: Limits, n_lazies: usize) -> Self {
        Self {
            spent: 0,
            by_lazies: 0,
            limit: limits.cost,
            per_expression: limits.expression,
            stop: limits.cost.min(limits.expression),
            number: 1,
            paid: vec![0; n_lazies],
        }
    }

    /// A new budget.
    pub(crate) fn begin(&mut self, limits: Limits) {
        (self.spent, self.by_lazies) = (0, 0);
        (self.limit, self.per_expression) = (limits.cost, limits.expression);
        self.number += 1;
        self.begin_expression();
    }

    /// The next expression of the budget.
    pub(crate) fn begin_expression(&mut self) {
        self.stop = self.limit.min(self.spent.saturating_add(self.per_expression));
    }

    pub(crate) fn spent(&self) -> u64 {
        self.spent
    }

    /// What was spent apart from lazy variables.
    pub(super) fn own(&self) -> u64 {
        self.spent - self.by_lazies
    }

    #[inline]
    pub(super) fn charge(&mut self, cost: u64) -> Result<(), EvalError> {
        self.spent = self.spent.saturating_add(cost);
        if self.spent > self.stop { Err(exceeded()) } else { Ok(()) }
    }

    /// Sets what was spent aside, to count anew for something that may never have to be paid.
    pub(super) fn set_aside(&mut self) -> Account {
        let account = Account { spent: self.spent, by_lazies: self.by_lazies, stop: self.stop };
        (self.spent, self.by_lazies) = (0, 0);
        account
    }

    /// What was spent since, lazy variables apart; those are paid for.
    pub(super) fn take_up(&mut self, account: &Account) -> u64 {
        let own = self.own();
        self.spent = account.spent + self.by_lazies;
        self.by_lazies += account.by_lazies;
        own
    }

    /// Takes back what was spent since.
    pub(super) fn refund(&mut self, cost: u64) {
        self.spent -= cost;
    }

    pub(super) fn open(&mut self) -> Account {
        let account = Account { spent: self.spent, by_lazies: self.by_lazies, stop: self.stop };
        self.begin_expression();
        account
    }

    /// Closes the account of a lazy variable; it is paid once a budget.
    pub(super) fn close(&mut self, account: &Account, lazy: usize) -> Result<(), EvalError> {
        let cost = self.spent - account.spent;
        if self.paid[lazy] == self.number {
            self.spent = account.spent;
            self.by_lazies = account.by_lazies;
            self.stop = account.stop;
            return Ok(());
        }
        self.paid[lazy] = self.number;
        self.by_lazies = account.by_lazies + cost;
        self.stop = self.limit.min(account.stop.saturating_add(cost));
        if self.spent > self.limit { Err(exceeded()) } else { Ok(()) }
    }

    /// Whether an error ends the whole evaluation, and not only a lazy variable's.
    pub(super) fn is_final(&self, error: &EvalError) -> bool {
        match error.kind() {
            ErrorKind::CostExceeded => self.spent > self.limit,
            _ => error.is_limit(),
        }
    }
}

#[cold]
fn exceeded() -> EvalError {
    EvalError::new(ErrorKind::CostExceeded, "operation cancelled: actual cost limit exceeded")
}
