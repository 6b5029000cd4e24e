//! Costs of calls: of each overload that may be meant, joined.

use super::{Coster, FREE, ONE, sizes::EntrySize};
use crate::{
    Type, Value,
    ast::{Call, ExprId, ExprKind},
    env::{Qualified, Reference},
    library::{
        ArgumentEstimate, CallEstimate, Overload, Range, Style,
        cost::TEXT,
        kubernetes::{EqualityCost, equality_cost},
    },
};

/// A call with the costs of its arguments.
struct Estimated {
    /// The receiver first.
    ids: Vec<ExprId>,
    argument_costs: Vec<Range>,
    arguments: Vec<ArgumentEstimate>,
}

impl Estimated {
    fn sum(&self) -> Range {
        self.argument_costs.iter().fold(FREE, |sum, cost| sum.plus(*cost))
    }
}

impl Coster<'_> {
    pub(super) fn call(&mut self, id: ExprId, call: &Call) -> Range {
        if let ("dyn", [argument]) = (&*call.function, &call.args[..]) {
            let cost = self.cost(*argument);
            self.copy_sizes(id, *argument);
            return ONE.plus(cost);
        }
        let receiver = match self.reference(id) {
            Some(Reference::Function { qualified: Qualified::Yes, .. }) => None,
            _ => call.target,
        };
        let ids: Vec<ExprId> = receiver.into_iter().chain(call.args.iter().copied()).collect();
        let argument_costs = ids.iter().map(|id| self.cost(*id)).collect();
        let arguments = ids.iter().map(|id| self.argument(*id)).collect();
        let estimated = Estimated { ids, argument_costs, arguments };
        let program = self.program;
        let overloads = program.overloads_of(id);
        if overloads.is_empty() {
            return FREE;
        }
        let mut cost: Option<Range> = None;
        let mut result_size: Option<Range> = None;
        for overload in overloads {
            let one = self.overload(id, overload, &estimated);
            cost = Some(cost.map_or(one.cost, |all| all.or(one.cost)));
            if let Some(size) = one.result_size {
                result_size = Some(result_size.map_or(size, |all| all.or(size)));
            }
            self.index(id, overload.id, estimated.ids[0..].first(), &mut result_size);
            result_size = result_size.or_else(|| self.size(id));
        }
        if let Some(size) = result_size {
            self.known_sizes.insert(id, size);
        }
        cost.unwrap_or(FREE)
    }

    fn argument(&self, id: ExprId) -> ArgumentEstimate {
        let type_ = self.type_of(id);
        let literal = match self.kind(id) {
            ExprKind::Literal(Value::Int(number)) => Some(*number),
            _ => None,
        };
        let mut argument =
            ArgumentEstimate { size: self.size_or_unknown(id), item_size: None, literal, type_ };
        if let Some(item_type) = argument.item_type() {
            let mut path = self.path(id);
            if !path.is_empty() {
                path.push("@items".into());
            }
            let item_size = self.sizes.size(&path, item_type).unwrap_or(Range::UNKNOWN);
            argument.item_size = Some(item_size);
        }
        argument
    }

    /// What is read from a list or map by index.
    fn index(
        &mut self,
        id: ExprId,
        overload: &str,
        container: Option<&ExprId>,
        result_size: &mut Option<Range>,
    ) {
        let part = match overload {
            "index_list" => "@items",
            "index_map" => "@values",
            _ => return,
        };
        let Some(container) = container else { return };
        *result_size = self.entry_size(*container).map(|entry| entry.value);
        let mut path = self.path(*container);
        path.push(part.into());
        self.paths.insert(id, path);
    }

    fn overload(&mut self, id: ExprId, overload: &Overload, call: &Estimated) -> CallEstimate {
        let sum = call.sum();
        if let Some(cost) = overload.cost {
            let estimate = (cost.estimate)(&call.arguments);
            return CallEstimate { cost: estimate.cost.plus(sum), ..estimate };
        }
        let only = |cost: Range| CallEstimate { cost: cost.plus(sum), result_size: None };
        if overload.style == Style::Member || call.ids.len() < 2 {
            return only(ONE);
        }
        match overload.id {
            "equals" => only(equality(&call.arguments)),
            "not_equals" => only(comparison(&call.arguments)),
            "in_list" => only(call.arguments[1].size.scaled(1.0)),
            "logical_or" | "logical_and" => {
                // Chains have all their terms here; only the first is always evaluated.
                let cost = Range { min: call.argument_costs[0].min, max: sum.max };
                CallEstimate { cost, result_size: None }
            }
            "conditional" => self.conditional(id, call),
            "add_string" | "add_bytes" | "add_list" => self.addition(id, overload.id, call),
            id if is_text_comparison(id) => only(comparison(&call.arguments)),
            _ => only(ONE),
        }
    }

    fn conditional(&mut self, id: ExprId, call: &Estimated) -> CallEstimate {
        let ([_, yes, no], [condition, yes_cost, no_cost]) =
            (&call.ids[..], &call.argument_costs[..])
        else {
            return CallEstimate { cost: call.sum(), result_size: None };
        };
        self.join_entry_sizes(id, *yes, *no);
        let size = self.size_or_unknown(*yes).or(self.size_or_unknown(*no));
        let cost = condition.plus(yes_cost.or(*no_cost));
        CallEstimate { cost, result_size: Some(size) }
    }

    fn addition(&mut self, id: ExprId, overload: &str, call: &Estimated) -> CallEstimate {
        self.join_entry_sizes(id, call.ids[0], call.ids[1]);
        let size = call.arguments[0].size.plus(call.arguments[1].size);
        // Lists are joined without a copy.
        let cost = if overload == "add_list" { ONE } else { size.scaled(TEXT) };
        CallEstimate { cost: cost.plus(call.sum()), result_size: Some(size) }
    }

    fn join_entry_sizes(&mut self, id: ExprId, a: ExprId, b: ExprId) {
        let joined: Option<EntrySize> =
            self.entry_size(a).zip(self.entry_size(b)).map(|(a, b)| a.or(b));
        if let Some(joined) = joined {
            self.entry_sizes.insert(id, joined);
        }
    }
}

fn is_text_comparison(overload: &str) -> bool {
    let texts = ["_string", "_bytes"];
    (overload.starts_with("less_") || overload.starts_with("greater_"))
        && texts.iter().any(|suffix| overload.ends_with(suffix))
}

/// The shorter of two values is looked through.
fn comparison(arguments: &[ArgumentEstimate]) -> Range {
    let max = arguments[0].size.max.min(arguments[1].size.max);
    Range { min: u64::from(max > 0), max }.scaled(TEXT)
}

fn equality(arguments: &[ArgumentEstimate]) -> Range {
    let [left, right] = arguments else { return ONE };
    let same = left.type_ == right.type_;
    let opaque = match &left.type_ {
        Type::Opaque(name) if same => equality_cost(name),
        _ => EqualityCost::BySize,
    };
    match opaque {
        EqualityCost::One => ONE,
        EqualityCost::UpTo(most) => Range { min: 1, max: most }.scaled(TEXT),
        EqualityCost::Text if right.size == Range::UNKNOWN => ONE,
        EqualityCost::Text => Range { min: 1, max: right.size.max }.scaled(TEXT),
        EqualityCost::BySize => comparison(arguments),
    }
}
