//! Calls of library functions: which overloads may be meant, what they prepare from literal
//! arguments, and calls that can be made before any evaluation.

use super::{
    graph::Graph,
    lower::Lowering,
    node::{CallNode, Candidate, NodeIdx, Op, PreparedArguments},
};
use crate::{
    ErrorKind, Value,
    ast::{Call, ExprId},
    env::{Qualified, Reference},
    eval,
    library::{Overload, Style},
};

/// Text longer than this is not made before it is needed.
const MAX_FOLDED: usize = 4096;

impl<'b> Lowering<'b> {
    pub(super) fn function(&mut self, id: ExprId, call: &'b Call) -> NodeIdx {
        let Some(target) = self.resolve(id, call) else {
            let message = format!("unbound function: {}()", call.function);
            return self.fail(ErrorKind::NoSuchOverload, message);
        };
        let Resolved { name, receiver, overloads } = target;
        let args: Box<[_]> = receiver
            .into_iter()
            .chain(call.args.iter().copied())
            .map(|arg| self.expr(arg))
            .collect();
        if overloads.is_empty() {
            let message = format!("no such overload: {name}()");
            return self.fail(ErrorKind::NoSuchOverload, message);
        }
        let literals: Vec<_> =
            args.iter().map(|arg| self.builder.graph.as_constant(*arg)).collect();
        let candidates = overloads.into_iter().map(|overload| {
            match self.program.prepared(id, overload.id).cloned() {
                Some(ready) => Candidate { overload, prepared: PreparedArguments::Ready(ready) },
                None => candidate(overload, &literals),
            }
        });
        let call = CallNode { candidates: candidates.collect(), function: name, args };
        let conversions_are_free = self.makes_literals();
        let graph = self.graph();
        match graph.folded_call(&call, conversions_are_free) {
            Some((value, cost)) => graph.constant(value, cost),
            None => graph.call(call),
        }
    }

    fn resolve(&self, id: ExprId, call: &Call) -> Option<Resolved> {
        let functions = &self.program.inner.env.inner.functions;
        if let Some(Reference::Function { name, candidates, qualified }) =
            self.program.reference(id)
        {
            let all = functions.get(name)?;
            let overloads =
                candidates.iter().filter_map(|idx| all.get(usize::from(*idx)).cloned()).collect();
            let receiver = match qualified {
                Qualified::Yes => None,
                Qualified::No => call.target,
            };
            return Some(Resolved { name: name.clone(), receiver, overloads });
        }
        let prefix = call.target.and_then(|target| self.path_text(target));
        let global = match (call.target, prefix) {
            (None, _) => Some(call.function.to_string()),
            (Some(_), Some(prefix)) => Some(format!("{prefix}.{}", call.function)),
            (Some(_), None) => None,
        };
        if let Some(name) = global
            && let Some(name) = self.candidates(&name).find(|name| functions.contains_key(&**name))
        {
            let overloads = fitting(&functions[&*name], Style::Global, call.args.len());
            return Some(Resolved { name: name.into(), receiver: None, overloads });
        }
        let all = functions.get(&call.function)?;
        let overloads = fitting(all, Style::Member, call.args.len() + 1);
        Some(Resolved { name: call.function.clone(), receiver: Some(call.target?), overloads })
    }
}

struct Resolved {
    name: Box<str>,
    receiver: Option<ExprId>,
    overloads: Vec<Overload>,
}

fn fitting(overloads: &[Overload], style: Style, n_args: usize) -> Vec<Overload> {
    let fits = |overload: &&Overload| overload.style == style && overload.params.len() == n_args;
    overloads.iter().filter(fits).cloned().collect()
}

fn candidate(overload: Overload, literals: &[Option<&Value<'static>>]) -> Candidate {
    let fits = literals
        .iter()
        .zip(&overload.params)
        .all(|(literal, param)| literal.is_none_or(|literal| eval::fits(param, literal)));
    let prepared = match overload.prepare {
        Some(prepare) if fits && literals.iter().any(Option::is_some) => match prepare(literals) {
            Ok(Some(prepared)) => PreparedArguments::Ready(prepared),
            Ok(None) => PreparedArguments::Nothing,
            Err(error) => PreparedArguments::Failed(error),
        },
        _ => PreparedArguments::Nothing,
    };
    Candidate { overload, prepared }
}

impl Graph {
    /// The value of an operation on constants and what it costs.
    pub(super) fn folded(&self, op: &Op, cost: u32) -> Option<(Value<'static>, u32)> {
        let mut total = cost;
        let mut constant = |idx: NodeIdx| {
            total += self.node(idx).cost;
            self.as_constant(idx)
        };
        let (value, extra) = match op {
            Op::Not(a) => (eval::not(constant(*a)?).ok()?, 0),
            Op::Negate(a) => (eval::negate(constant(*a)?).ok()?, 0),
            Op::Binary(binary, a, b) => {
                let (a, b) = (constant(*a)?, constant(*b)?);
                let value = eval::fold_binary(binary.operator, a, b)?;
                (value, u32::try_from(eval::size_cost(binary.cost, a, b)).ok()?)
            }
            Op::InSet(a, set) => (Value::Bool(self.set(*set).contains(constant(*a)?)), 0),
            _ => return None,
        };
        is_small(&value).then_some((value, total + extra))
    }

    /// The result of a call that depends on nothing. A call that fails stays a call.
    fn folded_call(
        &self,
        call: &CallNode,
        conversions_are_free: bool,
    ) -> Option<(Value<'static>, u32)> {
        if call.candidates.iter().any(|candidate| candidate.overload.impure) {
            return None;
        }
        let mut args = Vec::with_capacity(call.args.len());
        let mut cost = 0;
        for arg in &call.args {
            args.push(self.as_constant(*arg)?.clone());
            cost += self.node(*arg).cost;
        }
        let (value, own) = eval::fold_call(call, &args)?;
        let is_free = conversions_are_free && is_conversion(&call.function) && cost == 0;
        let own = if is_free { 0 } else { u32::try_from(own).ok()? };
        is_small(&value).then_some((value, cost + own))
    }
}

/// Conversions of literals cost nothing: the API server makes them when it compiles.
fn is_conversion(function: &str) -> bool {
    matches!(
        function,
        "bool"
            | "bytes"
            | "double"
            | "duration"
            | "dyn"
            | "int"
            | "string"
            | "timestamp"
            | "type"
            | "uint"
    )
}

fn is_small(value: &Value<'_>) -> bool {
    match value {
        Value::String(text) => text.len() <= MAX_FOLDED,
        Value::Bytes(bytes) => bytes.len() <= MAX_FOLDED,
        Value::List(list) => list.len() <= MAX_FOLDED,
        Value::Map(map) => map.len() <= MAX_FOLDED,
        _ => true,
    }
}
