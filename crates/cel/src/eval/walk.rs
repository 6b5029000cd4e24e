//! The short way through a document, for the shapes that policies are made of: a path of fields that
//! are all there, asked for presence or compared with a literal.
//!
//! A walk either succeeds, or leaves everything as it was and the long way is taken.

use kordon_model::{Kind, NodeRef};

use super::{cost, machine::Machine};
use crate::{
    Failure, List, Map, Value,
    plan::node::{Node, NodeIdx, Op, Operator, SizeCost},
};

impl<'a> Machine<'a> {
    /// The node of the document that an expression is, and what reading it costs.
    pub(super) fn walk(&mut self, idx: NodeIdx, cost: &mut u64) -> Option<NodeRef<'a>> {
        let plan = self.plan;
        let node = plan.node(idx);
        if let Some(memo) = node.memo {
            let known = self.known(node, memo as usize)?;
            let found = tree(known.outcome.as_ref().ok()?)?;
            *cost += known.cost;
            return Some(found);
        }
        let found = match &node.op {
            Op::Select(operand, name) => {
                let parent = self.walk(*operand, cost)?;
                let key = self.name(*name);
                self.lookups.get(parent, *name, key)?
            }
            Op::Local(slot) => tree(self.locals[usize::from(*slot)].value.as_ref().ok()?)?,
            Op::Root(slot) => tree(self.root(*slot).ok()?)?,
            _ => return None,
        };
        *cost += u64::from(node.cost);
        Some(found)
    }

    /// `path == literal`, `path != literal`, `literal in path`.
    pub(super) fn compare_walked(
        &mut self,
        node: &Node,
        (operator, size_cost): (Operator, SizeCost),
        (left, right): (NodeIdx, NodeIdx),
    ) -> Option<Result<bool, Failure>> {
        let plan = self.plan;
        let is_in = operator == Operator::In;
        let (path, literal) = if is_in { (right, left) } else { (left, right) };
        let literal = plan.node(literal);
        let Op::Const(constant) = literal.op else { return None };
        let mut spent = u64::from(node.cost) + u64::from(literal.cost);
        let found = self.walk(path, &mut spent)?;
        let constant = &plan.constants[constant as usize];
        let (holds, size) = match (found.kind(), constant) {
            (Kind::List, Value::String(text)) if is_in => {
                let n_items = found.len();
                if let Err(error) = self.ticker.tick(n_items) {
                    return Some(Err(error.into()));
                }
                let size = if size_cost == SizeCost::Items { n_items as u64 } else { 0 };
                (found.items().any(|item| item.as_str() == Some(&**text)), size)
            }
            _ if is_in => return None,
            (Kind::Bool(a), Value::Bool(b)) => (a == *b, 1),
            (Kind::Int(a), Value::Int(b)) => (a == *b, 1),
            (Kind::String, Value::String(b)) => {
                let a = found.as_str()?;
                (*a == **b, cost::traversal(cost::shorter(a, b)))
            }
            _ => return None,
        };
        let charged = self.budget.charge(spent + size);
        Some(charged.map_err(Failure::from).map(|()| holds != (operator == Operator::NotEqual)))
    }
}

/// The node that a list or map is.
#[inline]
fn tree<'a>(value: &Value<'a>) -> Option<NodeRef<'a>> {
    match value {
        Value::Map(Map::Tree(node)) | Value::List(List::Tree(node)) => Some(*node),
        _ => None,
    }
}
