//! Boolean nodes: `&&` and `||` absorb failures on either side, comparisons give plain bools.

use super::{Outcome, machine::Machine, unknown};
use crate::{
    EvalError, Failure, Value,
    ast::Macro,
    plan::node::{Alternative, Node, NodeIdx, Op, Operator},
};

impl<'a> Machine<'a> {
    /// Evaluates a node whose value must be a bool.
    pub(super) fn eval_bool(&mut self, idx: NodeIdx) -> Result<bool, Failure> {
        let plan = self.plan;
        let node = plan.node(idx);
        if node.memo.is_none() && self.recorder.is_none() {
            return match self.step_bool(node) {
                Ok(value) => Ok(value),
                Err(failure) => Err(failure.at_node(idx)),
            };
        }
        truth(&self.eval(idx)?)
    }

    /// The nodes that are bools by nature.
    pub(super) fn step_bool(&mut self, node: &'a Node) -> Result<bool, Failure> {
        match &node.op {
            Op::Not(operand) => {
                let value = self.eval_bool(*operand);
                self.budget.charge(u64::from(node.cost))?;
                value.map(|value| !value)
            }
            Op::And(terms) => self.all(terms),
            Op::Or(terms) => self.any(terms),
            Op::Has(operand, name) => self.has(*operand, *name, u64::from(node.cost)),
            Op::InSet(item, set) => {
                let item = self.place(*item)?;
                self.budget.charge(u64::from(node.cost))?;
                let set = &self.plan.sets[*set as usize];
                Ok(match item.as_str() {
                    Some(text) => set.contains_text(text),
                    None => set.contains(&item.into_value()),
                })
            }
            Op::Binary(binary, left, right) => match binary.operator {
                Operator::Equal | Operator::NotEqual | Operator::In => {
                    let how = (binary.operator, binary.cost);
                    if self.recorder.is_none()
                        && let Some(result) = self.compare_walked(node, how, (*left, *right))
                    {
                        return result;
                    }
                    self.budget.charge(u64::from(node.cost))?;
                    self.compare_places(how, *left, *right)
                }
                _ => truth(&self.step(node)?),
            },
            Op::Fold(fold) => match fold.kind {
                Macro::All | Macro::Exists => self.quantified(fold, u64::from(node.cost)),
                _ => truth(&self.step(node)?),
            },
            _ => truth(&self.step(node)?),
        }
    }

    fn all(&mut self, terms: &'a [NodeIdx]) -> Result<bool, Failure> {
        let mut failed = None;
        for term in terms {
            match self.eval_bool(*term) {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(failure) => absorb(&mut failed, failure)?,
            }
        }
        failed.map_or(Ok(true), Err)
    }

    fn any(&mut self, terms: &'a [NodeIdx]) -> Result<bool, Failure> {
        let mut failed = None;
        for term in terms {
            match self.eval_bool(*term) {
                Ok(false) => {}
                Ok(true) => return Ok(true),
                Err(failure) => absorb(&mut failed, failure)?,
            }
        }
        failed.map_or(Ok(false), Err)
    }

    pub(super) fn conditional(&mut self, parts: &[NodeIdx; 3]) -> Outcome<'a> {
        let [condition, yes, no] = *parts;
        let branch = if self.eval_bool(condition)? { yes } else { no };
        self.eval(branch)
    }
}

impl<'a> Machine<'a> {
    pub(super) fn or_else(
        &mut self,
        alternative: Alternative,
        optional: NodeIdx,
        other: NodeIdx,
    ) -> Outcome<'a> {
        let node = self.plan.node(optional);
        if let (Op::OptSelect(operand, name), Alternative::Value) = (&node.op, alternative)
            && self.recorder.is_none()
            && node.memo.is_none()
        {
            let found = self.found_optional(*operand, *name, u64::from(node.cost));
            return match found.map_err(|failure| failure.at_node(optional))? {
                Some(value) => Ok(value),
                None => self.eval(other),
            };
        }
        match (self.eval(optional)?, alternative) {
            (some @ Value::Optional(Some(_)), Alternative::Optional) => Ok(some),
            (Value::Optional(Some(value)), Alternative::Value) => Ok((*value).clone()),
            (Value::Optional(None), _) => self.eval(other),
            _ => Err(EvalError::no_such_overload().into()),
        }
    }
}

/// Keeps a failure until it is clear that no other operand decides; limits stop at once.
#[cold]
pub(super) fn absorb(failed: &mut Option<Failure>, failure: Failure) -> Result<(), Failure> {
    if unknown::is_limit(&failure) {
        return Err(failure);
    }
    *failed = Some(match failed.take() {
        Some(first) => unknown::join(first, failure),
        None => failure,
    });
    Ok(())
}

pub(super) fn truth(value: &Value<'_>) -> Result<bool, Failure> {
    match value {
        Value::Bool(value) => Ok(*value),
        _ => Err(EvalError::no_such_overload().into()),
    }
}
