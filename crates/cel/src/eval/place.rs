//! Values that stay where they are: a path into a document is walked from node to node, and only
//! its end becomes a value, if anybody asks for one.

use kordon_model::{Kind, NodeRef};

use super::{Outcome, cost, machine::Machine, path};
use crate::{
    Failure, List, Map, Value,
    plan::node::{NameIdx, Node, NodeIdx, Op, Operator, SizeCost},
};

/// Where a value is.
pub(super) enum Place<'a> {
    Node(NodeRef<'a>),
    Borrowed(&'a Value<'a>),
    Owned(Value<'a>),
}

/// What most values are compared with.
enum Scalar<'v> {
    Bool(bool),
    Int(i64),
    Text(&'v str),
}

impl<'a> Place<'a> {
    fn of(value: &Value<'a>) -> Self {
        match value {
            Value::Map(Map::Tree(node)) | Value::List(List::Tree(node)) => Self::Node(*node),
            other => Self::Owned(other.clone()),
        }
    }

    pub(super) fn into_value(self) -> Value<'a> {
        match self {
            Self::Node(node) => Value::node(node),
            Self::Borrowed(value) => value.borrowed(),
            Self::Owned(value) => value,
        }
    }

    fn scalar(&self) -> Option<Scalar<'_>> {
        let value = match self {
            Self::Node(node) => {
                return match node.kind() {
                    Kind::Bool(value) => Some(Scalar::Bool(value)),
                    Kind::Int(value) => Some(Scalar::Int(value)),
                    Kind::String => node.as_str().map(Scalar::Text),
                    _ => None,
                };
            }
            Self::Borrowed(value) => value,
            Self::Owned(value) => value,
        };
        match value {
            Value::Bool(value) => Some(Scalar::Bool(*value)),
            Value::Int(value) => Some(Scalar::Int(*value)),
            Value::String(text) => Some(Scalar::Text(text)),
            _ => None,
        }
    }

    /// The text, where it is one.
    pub(super) fn as_str(&self) -> Option<&str> {
        match self.scalar() {
            Some(Scalar::Text(text)) => Some(text),
            _ => None,
        }
    }
}

impl<'a> Machine<'a> {
    /// Evaluates a node without making a value of what is in a document.
    pub(super) fn place(&mut self, idx: NodeIdx) -> Result<Place<'a>, Failure> {
        if self.recorder.is_some() {
            return self.eval(idx).map(Place::Owned);
        }
        let plan = self.plan;
        let node = plan.node(idx);
        let found = match (&node.op, node.memo) {
            (_, Some(memo)) => self.remembered_place(node, memo as usize),
            (Op::Const(constant), _) => {
                self.budget.charge(u64::from(node.cost))?;
                return Ok(Place::Borrowed(&plan.constants[*constant as usize]));
            }
            (Op::Local(slot), _) => {
                self.budget.charge(u64::from(node.cost))?;
                self.locals[usize::from(*slot)].value.as_ref().map(Place::of).map_err(Clone::clone)
            }
            (Op::Root(slot), _) => {
                self.budget.charge(u64::from(node.cost))?;
                self.root(*slot).map(Place::of)
            }
            (Op::Select(operand, name), _) => {
                self.select_place(*operand, *name, u64::from(node.cost))
            }
            _ => return self.eval(idx).map(Place::Owned),
        };
        match found {
            Ok(place) => Ok(place),
            Err(failure) => Err(failure.at_node(idx)),
        }
    }

    fn remembered_place(&mut self, node: &'a Node, memo: usize) -> Result<Place<'a>, Failure> {
        if let Some(known) = self.known(node, memo) {
            let (place, cost) = (known.outcome.as_ref().map(Place::of), known.cost);
            let place = place.map_err(Clone::clone);
            self.budget.charge(cost)?;
            return place;
        }
        self.remembered(node, memo).map(|value| Place::of(&value))
    }

    pub(super) fn select_place(
        &mut self,
        operand: NodeIdx,
        name: NameIdx,
        cost: u64,
    ) -> Result<Place<'a>, Failure> {
        let key = self.name(name);
        match self.place(operand) {
            Ok(Place::Node(node)) if node.is_map() => {
                self.budget.charge(cost)?;
                let found = self.lookups.get(node, name, key);
                found.map(Place::Node).ok_or_else(|| path::no_such_key(key))
            }
            Ok(place) => self.select_value(&place.into_value(), key, cost).map(Place::Owned),
            Err(failure) => Err(self.further(failure, operand, key)),
        }
    }

    /// `==`, `!=` and `in`, where both sides are at hand without a value being made.
    pub(super) fn compare_places(
        &mut self,
        (operator, size_cost): (Operator, SizeCost),
        left: NodeIdx,
        right: NodeIdx,
    ) -> Result<bool, Failure> {
        let places = (self.place(left), self.place(right));
        let binary = crate::plan::node::Binary { operator, cost: size_cost };
        let outcome = match places {
            (Ok(left), Ok(right)) => {
                if let Some(result) = self.at_once(binary.operator, binary.cost, &left, &right)? {
                    return Ok(result);
                }
                self.apply(binary, &left.into_value(), &right.into_value())
            }
            (left, right) => {
                let value = |place: Result<Place<'a>, Failure>| place.map(Place::into_value);
                self.failed(binary, value(left), value(right))
            }
        };
        super::logic::truth(&outcome?)
    }

    fn at_once(
        &mut self,
        operator: Operator,
        size_cost: SizeCost,
        left: &Place<'a>,
        right: &Place<'a>,
    ) -> Result<Option<bool>, Failure> {
        if let (Operator::In, Place::Node(list), Some(wanted)) = (operator, right, left.as_str())
            && !list.is_map()
            && list.as_str().is_none()
        {
            let items = list.items();
            let n_items = items.len();
            self.ticker.tick(n_items)?;
            if size_cost == SizeCost::Items {
                self.budget.charge(n_items as u64)?;
            }
            let mut items = items;
            return Ok(Some(items.any(|item| item.as_str() == Some(wanted))));
        }
        let (Some(a), Some(b)) = (left.scalar(), right.scalar()) else { return Ok(None) };
        let equal = match (operator, &a, &b) {
            (Operator::In, ..) => return Ok(None),
            (_, Scalar::Text(a), Scalar::Text(b)) => {
                self.budget.charge(cost::traversal(cost::shorter(a, b)))?;
                a == b
            }
            (_, Scalar::Bool(a), Scalar::Bool(b)) => {
                self.budget.charge(1)?;
                a == b
            }
            (_, Scalar::Int(a), Scalar::Int(b)) => {
                self.budget.charge(1)?;
                a == b
            }
            _ => return Ok(None),
        };
        Ok(Some(equal == (operator == Operator::Equal)))
    }

    pub(super) fn select(&mut self, operand: NodeIdx, name: NameIdx, cost: u64) -> Outcome<'a> {
        self.select_place(operand, name, cost).map(Place::into_value)
    }
}
