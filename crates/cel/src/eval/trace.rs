//! The record of an evaluation: which sub-expression gave what, from which node of the input.

use kordon_model::NodeRef;

use super::{Outcome, machine::Machine};
use crate::{
    Failure, List, Map, Value,
    plan::{
        Expression,
        node::{Node, NodeIdx, Op},
    },
    session::TraceStep,
};

/// Steps kept at most: enough for any explanation that somebody reads.
const MAX_STEPS: usize = 4096;

#[derive(Default)]
pub(crate) struct Recorder<'a> {
    steps: Vec<Step<'a>>,
    /// The lazy variables that are being evaluated.
    pub(super) within: Vec<u32>,
    /// The nodes that loop variables are.
    pub(super) locals: Vec<Option<NodeRef<'a>>>,
}

struct Step<'a> {
    idx: NodeIdx,
    outcome: Outcome<'a>,
    node: Option<NodeRef<'a>>,
    /// The lazy variable that it is a part of.
    lazy: Option<u32>,
}

impl<'a> Machine<'a> {
    /// Evaluates with a record; what the record costs is not counted.
    pub(crate) fn explain(
        &mut self,
        expression: &'a Expression,
    ) -> (Outcome<'a>, Vec<TraceStep<'a>>) {
        self.n_traces += 1;
        let locals = vec![None; usize::from(self.plan.n_locals)];
        self.recorder = Some(Box::new(Recorder { locals, ..Recorder::default() }));
        let spent = self.budget.spent();
        let result = self.eval(expression.node);
        let recorder = self.recorder.take().expect("set above");
        self.budget.refund(self.budget.spent() - spent);
        let located = |failure, expression: &Expression| match failure {
            Failure::Error(error) => Failure::Error(expression.locate(error)),
            unknown @ Failure::Unknown(_) => unknown,
        };
        let plan = self.plan;
        let step = |Step { idx, outcome, node, lazy }: Step<'a>| {
            let lazy = lazy.map(|lazy| &plan.lazies[lazy as usize]);
            let expression = lazy.map_or(expression, |lazy| &lazy.expression);
            let span = expression.span(idx)?;
            let value = outcome.map_err(|failure| located(failure, expression));
            Some(TraceStep { span, variable: lazy.map(|lazy| &*lazy.name), value, node })
        };
        let steps = recorder.steps.into_iter().filter_map(step).collect();
        (result.map_err(|failure| located(failure, expression)), steps)
    }

    #[cold]
    pub(super) fn record(&mut self, idx: NodeIdx, node: &Node, outcome: &Outcome<'a>) {
        let from = outcome.as_ref().ok().and_then(|value| self.origin(node, value));
        if let Some(recorder) = &mut self.recorder
            && recorder.steps.len() < MAX_STEPS
        {
            let lazy = recorder.within.last().copied();
            recorder.steps.push(Step { idx, outcome: outcome.clone(), node: from, lazy });
        }
    }

    /// The node of the input that a value is.
    fn origin(&self, node: &Node, value: &Value<'a>) -> Option<NodeRef<'a>> {
        if let Some(node) = tree(value) {
            return Some(node);
        }
        let recorder = self.recorder.as_ref()?;
        let last = |idx: NodeIdx| {
            let step = recorder.steps.iter().rev().find(|step| step.idx == idx);
            step.map(|step| (&step.outcome, step.node))
        };
        match &node.op {
            Op::Local(slot) | Op::Bound(slot) => recorder.locals[usize::from(*slot)],
            Op::Select(operand, name) | Op::OptSelect(operand, name) => {
                last(*operand)?.1?.get(&self.plan.names[name.0 as usize])
            }
            Op::Index(operand, index) | Op::OptIndex(operand, index) => {
                let container = last(*operand)?.1?;
                match last(*index)?.0 {
                    Ok(Value::String(name)) => container.get(name),
                    Ok(Value::Int(position)) => container.item(usize::try_from(*position).ok()?),
                    _ => None,
                }
            }
            Op::Lazy(lazy) => last(self.plan.lazies[*lazy as usize].expression.node)?.1,
            _ => None,
        }
    }
}

pub(super) fn tree<'a>(value: &Value<'a>) -> Option<NodeRef<'a>> {
    match value {
        Value::Map(Map::Tree(node)) | Value::List(List::Tree(node)) => Some(*node),
        Value::Optional(Some(value)) => tree(value),
        _ => None,
    }
}
