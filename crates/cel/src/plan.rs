//! Many programs as one immutable graph in which equal sub-expressions are one node.
//!
//! A plan has scopes: a scope sees the lazy variables of its parents and its own. Root variables
//! (`object`, `params`) are plan-wide slots that a session fills.

use crate::Program;

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
}

#[derive(Debug, Default)]
pub struct PlanBuilder {
    variables: Vec<Box<str>>,
}

impl PlanBuilder {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A scope of its own, below `parent` where there is one.
    pub fn scope(&mut self, parent: Option<Scope>) -> Scope {
        parent.unwrap_or(Scope(0))
    }

    /// Declares a lazily evaluated variable: where expressions of this scope read `name`
    /// (`variables.x`), they get the program's value, evaluated at most once per binding of the
    /// root variables that it reads.
    pub fn lazy_variable(&mut self, scope: Scope, name: &str, program: &Program) {
        let _ = (scope, name, program);
    }

    pub fn expression(&mut self, scope: Scope, program: &Program) -> ExprSlot {
        let _ = (scope, program);
        ExprSlot(0)
    }

    #[must_use]
    pub fn build(self) -> Plan {
        Plan { variables: self.variables }
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
}
