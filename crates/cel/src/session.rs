//! One evaluation of a plan over one input.

use kordon_base::Span;
use kordon_model::NodeRef;

use crate::{ErrorKind, EvalError, ExprSlot, Failure, Plan, Value, VariableSlot, eval::Machine};

/// Asked now and then during an evaluation; `true` stops it.
pub trait Interrupt {
    fn should_stop(&self) -> bool;
}

impl<F: Fn() -> bool> Interrupt for F {
    fn should_stop(&self) -> bool {
        self()
    }
}

/// What one evaluation may use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Of all expressions together, in the API server's units.
    pub cost: u64,
    /// Of a single expression, and of a lazy variable.
    pub expression: u64,
    /// Steps of comprehensions and other loops.
    pub iterations: u64,
}

impl Limits {
    /// What the API server allows a policy.
    pub const KUBERNETES: Self =
        Self { cost: 10_000_000, expression: 1_000_000, iterations: u64::MAX };
    pub const NONE: Self = Self { cost: u64::MAX, expression: u64::MAX, iterations: u64::MAX };
}

/// Counts work and asks the interrupt.
pub(crate) struct Ticker<'a> {
    pub(crate) interrupt: Option<&'a dyn Interrupt>,
    pub(crate) iterations_left: u64,
    pub(crate) until_check: u32,
}

/// Steps between two questions: some tens of microseconds of work.
const CHECK_EVERY: u32 = 256;

impl<'a> Ticker<'a> {
    pub(crate) fn new(interrupt: Option<&'a dyn Interrupt>, limits: Limits) -> Self {
        Self { interrupt, iterations_left: limits.iterations, until_check: CHECK_EVERY }
    }

    pub(crate) fn tick(&mut self, n: usize) -> Result<(), EvalError> {
        let n = n as u64;
        if n > self.iterations_left {
            return Err(EvalError::new(
                ErrorKind::IterationsExceeded,
                "the evaluation takes more steps than its limit allows",
            ));
        }
        self.iterations_left -= n;
        if n < u64::from(self.until_check) {
            self.until_check -= u32::try_from(n).expect("less than a u32");
            return Ok(());
        }
        self.until_check = CHECK_EVERY;
        if self.interrupt.is_some_and(Interrupt::should_stop) {
            return Err(EvalError::new(
                ErrorKind::Interrupted,
                "the evaluation was stopped at its deadline",
            ));
        }
        Ok(())
    }
}

/// Values of the root variables and what was evaluated so far. Values stay valid until a root
/// variable that they read is set again.
pub struct Session<'a> {
    machine: Machine<'a>,
}

impl<'a> Session<'a> {
    #[must_use]
    pub fn new(plan: &'a Plan, limits: Limits, interrupt: Option<&'a dyn Interrupt>) -> Self {
        Self { machine: Machine::new(plan, limits, interrupt) }
    }

    /// Binds a root variable; what was evaluated from its earlier value is forgotten.
    pub fn set(&mut self, slot: VariableSlot, value: Value<'a>) {
        self.machine.set_root(slot.0, value);
    }

    /// Binds by name; does nothing where no expression reads the variable.
    pub fn bind(&mut self, name: &str, value: Value<'a>) {
        if let Some(slot) = self.machine.plan.variable(name) {
            self.set(slot, value);
        }
    }

    /// Starts a new budget: the cost of what follows counts from 0, and a lazy variable costs again
    /// at its first use.
    pub fn begin(&mut self, limits: Limits) {
        self.machine.budget.begin(limits);
        self.machine.ticker.iterations_left = limits.iterations;
    }

    pub fn evaluate(&mut self, slot: ExprSlot) -> Result<Value<'a>, Failure> {
        let plan = self.machine.plan;
        self.machine.evaluate(&plan.expressions[slot.0 as usize])
    }

    /// What was evaluated since [`Session::begin`], in the API server's units.
    #[must_use]
    pub fn cost(&self) -> u64 {
        self.machine.budget.spent()
    }

    /// Evaluates anew with a record of sub-expressions, for explanations. Costs nothing.
    pub fn explain(&mut self, slot: ExprSlot) -> Trace<'a> {
        let plan = self.machine.plan;
        let (result, steps) = self.machine.explain(&plan.expressions[slot.0 as usize]);
        Trace { result, steps }
    }
}

/// An outcome with the sub-expressions that led to it, inner ones first.
#[derive(Clone, Debug)]
pub struct Trace<'a> {
    pub result: Result<Value<'a>, Failure>,
    pub steps: Vec<TraceStep<'a>>,
}

#[derive(Clone, Debug)]
pub struct TraceStep<'a> {
    /// In the text of the expression, or of the lazy variable.
    pub span: Span,
    /// The lazy variable that the step is a part of.
    pub variable: Option<&'a str>,
    pub value: Result<Value<'a>, Failure>,
    /// The node of the input that the value is, where it is one.
    pub node: Option<NodeRef<'a>>,
}
