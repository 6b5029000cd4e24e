//! Operators: the calls that the evaluator knows itself.

use super::{
    lower::{Lowering, Reading},
    node::{Alternative, Binary, NodeIdx, Op, Operator, SizeCost},
};
use crate::{
    Type, Value,
    ast::{Call, ExprId},
};

impl<'b> Lowering<'b> {
    pub(super) fn call(&mut self, id: ExprId, call: &'b Call, reading: Reading) -> NodeIdx {
        match (&*call.function, &*call.args) {
            ("_&&_", args) => self.logic(args, Op::And),
            ("_||_", args) => self.logic(args, Op::Or),
            ("_?_:_", [condition, yes, no]) => {
                let condition = self.expr(*condition);
                let branches = [*yes, *no].map(|branch| self.read(branch, Reading::Part));
                let [yes, no] = branches;
                self.conditional(condition, yes, no)
            }
            ("!_", [operand]) => {
                let operand = self.expr(*operand);
                self.folded(Op::Not(operand), 1)
            }
            ("-_", [operand]) => {
                let operand = self.expr(*operand);
                self.folded(Op::Negate(operand), 1)
            }
            ("_[_]", [operand, index]) => self.index(*operand, *index, reading, Op::Index),
            ("_[?_]", [operand, index]) => self.index(*operand, *index, reading, Op::OptIndex),
            ("_?._", [operand, field]) => self.index(*operand, *field, reading, Op::OptIndex),
            ("or", [other]) if self.is_of_optionals(call, "optional_or_optional") => {
                self.or_else(Alternative::Optional, call.target, *other)
            }
            ("orValue", [other]) if self.is_of_optionals(call, "optional_orValue_value") => {
                self.or_else(Alternative::Value, call.target, *other)
            }
            ("@in" | "_in_", [item, list]) => self.membership(*item, *list),
            (name, [left, right]) => match operator(name) {
                Some(operator) => self.binary(operator, *left, *right),
                None => self.function(id, call),
            },
            _ => self.function(id, call),
        }
    }

    /// Whether a method's name is that of optionals alone.
    fn is_of_optionals(&self, call: &Call, overload: &str) -> bool {
        let functions = &self.program.inner.env.inner.functions;
        let known = functions.get(&call.function);
        call.target.is_some() && known.is_some_and(|all| all.iter().all(|one| one.id == overload))
    }

    fn or_else(
        &mut self,
        alternative: Alternative,
        optional: Option<ExprId>,
        other: ExprId,
    ) -> NodeIdx {
        let optional = self.expr(optional.expect("a method has a target"));
        let other = self.expr(other);
        self.graph().add(Op::OrElse(alternative, optional, other), 0)
    }

    fn logic(&mut self, args: &'b [ExprId], make: fn(Box<[NodeIdx]>) -> Op) -> NodeIdx {
        let mut terms = Vec::with_capacity(args.len());
        for arg in args {
            let term = self.expr(*arg);
            // `a && (b && c)` has the terms of `a && b && c`, in the same order.
            match (&self.graph().node(term).op, make(Box::default())) {
                (Op::And(inner), Op::And(_)) | (Op::Or(inner), Op::Or(_)) => {
                    terms.extend(inner.iter().copied());
                }
                _ => terms.push(term),
            }
        }
        self.graph().add(make(terms.into()), 0)
    }

    fn conditional(&mut self, condition: NodeIdx, yes: NodeIdx, no: NodeIdx) -> NodeIdx {
        match self.builder.graph.free_constant(condition) {
            Some(Value::Bool(true)) => yes,
            Some(Value::Bool(false)) => no,
            _ => self.graph().add(Op::Cond(Box::new([condition, yes, no])), 0),
        }
    }

    fn index(
        &mut self,
        operand: ExprId,
        index: ExprId,
        reading: Reading,
        make: fn(NodeIdx, NodeIdx) -> Op,
    ) -> NodeIdx {
        let base = u32::from(reading == Reading::Whole && !self.is_path(operand));
        // A path as an index is paid for as the step that it makes.
        let step = u32::from(!self.is_path(index));
        let operand = self.read(operand, reading);
        let index = self.expr(index);
        self.graph().add(make(operand, index), base + step)
    }

    fn membership(&mut self, item: ExprId, list: ExprId) -> NodeIdx {
        let is_list = matches!(self.program.type_of(list), Type::List(_));
        let item = self.expr(item);
        let list = self.expr(list);
        let list_cost = self.graph().node(list).cost;
        if self.makes_literals() && list_cost == 0 {
            if let Some(set) = self.graph().literal_set(list) {
                return self.folded(Op::InSet(item, set), u32::from(!is_list));
            }
        } else if let Some(n_items) = self.n_items(list)
            && let Some(set) = self.graph().literal_set(list)
        {
            // Making the list and looking through it is paid for, done or not.
            return self.folded(Op::InSet(item, set), list_cost + n_items);
        }
        let cost = if is_list { SizeCost::Items } else { SizeCost::None };
        let binary = Binary { operator: Operator::In, cost };
        self.folded(Op::Binary(binary, item, list), u32::from(!is_list))
    }

    /// The length of a list that is a constant.
    fn n_items(&self, idx: NodeIdx) -> Option<u32> {
        match self.builder.graph.as_constant(idx)? {
            Value::List(list) => u32::try_from(list.len()).ok(),
            _ => None,
        }
    }

    fn binary(&mut self, operator: Operator, left: ExprId, right: ExprId) -> NodeIdx {
        let types = [self.program.type_of(left), self.program.type_of(right)];
        let is_text = types.iter().any(|type_| matches!(type_, Type::String | Type::Bytes));
        let cost = match operator {
            Operator::Equal | Operator::NotEqual => SizeCost::Shorter,
            Operator::Add if is_text => SizeCost::Both,
            Operator::Less | Operator::LessEqual | Operator::Greater | Operator::GreaterEqual
                if is_text =>
            {
                SizeCost::Shorter
            }
            _ => SizeCost::None,
        };
        let left = self.expr(left);
        let right = self.expr(right);
        let op = Op::Binary(Binary { operator, cost }, left, right);
        self.folded(op, u32::from(cost == SizeCost::None))
    }

    /// The node, or its value where that does not depend on anything.
    fn folded(&mut self, op: Op, cost: u32) -> NodeIdx {
        let graph = self.graph();
        match graph.folded(&op, cost) {
            Some((value, cost)) => graph.constant(value, cost),
            None => graph.add(op, cost),
        }
    }
}

fn operator(name: &str) -> Option<Operator> {
    Some(match name {
        "_==_" => Operator::Equal,
        "_!=_" => Operator::NotEqual,
        "_<_" => Operator::Less,
        "_<=_" => Operator::LessEqual,
        "_>_" => Operator::Greater,
        "_>=_" => Operator::GreaterEqual,
        "_+_" => Operator::Add,
        "_-_" => Operator::Subtract,
        "_*_" => Operator::Multiply,
        "_/_" => Operator::Divide,
        "_%_" => Operator::Remainder,
        _ => return None,
    })
}
