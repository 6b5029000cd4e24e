//! Selection, presence and indexing: how paths into values are read.

use std::sync::Arc;

use super::{Outcome, machine::Machine, place::Place, unknown};
use crate::{
    ErrorKind, EvalError, Failure, List, Map, Value,
    plan::node::{NameIdx, NodeIdx, Op},
    value::Number,
};

impl<'a> Machine<'a> {
    pub(super) fn name(&self, name: NameIdx) -> &'a str {
        &self.plan.names[name.0 as usize]
    }

    pub(super) fn select_value(&mut self, value: &Value<'a>, name: &str, cost: u64) -> Outcome<'a> {
        let value = match value {
            Value::Map(map) => field(map, name),
            Value::Optional(value) => {
                return self.optional(optional_field(value.as_deref(), name)?, cost);
            }
            _ => Err(EvalError::no_such_overload().into()),
        };
        self.budget.charge(cost)?;
        value
    }

    /// The optional of what was found. Only a step that finds something is paid for.
    fn optional(&mut self, found: Option<Value<'a>>, cost: u64) -> Outcome<'a> {
        match found {
            Some(Value::Unknown(path)) => Err(unknown::at(&path)),
            Some(value) => {
                self.budget.charge(cost)?;
                Ok(Value::some(value))
            }
            None => {
                self.budget.charge(cost.saturating_sub(1))?;
                Ok(Value::Optional(None))
            }
        }
    }

    /// A path that is not known becomes longer by what is selected of it.
    pub(super) fn further(&self, failure: Failure, operand: NodeIdx, name: &str) -> Failure {
        match self.plan.node(operand).op {
            Op::Root(_) | Op::Select(..) | Op::Lazy(_) => unknown::further(failure, name),
            _ => failure,
        }
    }

    pub(super) fn has(
        &mut self,
        operand: NodeIdx,
        name: NameIdx,
        cost: u64,
    ) -> Result<bool, Failure> {
        let text = self.name(name);
        let mut total = cost;
        if self.recorder.is_none()
            && let Some(node) = self.walk(operand, &mut total)
            && node.is_map()
        {
            self.budget.charge(total)?;
            return Ok(self.lookups.get(node, name, text).is_some());
        }
        let found = match self.place(operand) {
            Ok(Place::Node(node)) if node.is_map() => self.lookups.get(node, name, text).is_some(),
            Ok(place) => match place.into_value() {
                Value::Map(map) => is_there(&map, text)?,
                Value::Optional(value) => match value.as_deref() {
                    Some(Value::Map(map)) => is_there(map, text)?,
                    Some(_) => return Err(EvalError::no_such_overload().into()),
                    None => return Ok(false),
                },
                _ => return Err(EvalError::no_such_overload().into()),
            },
            Err(failure) => return Err(self.further(failure, operand, text)),
        };
        self.budget.charge(cost)?;
        Ok(found)
    }

    pub(super) fn select_optional(
        &mut self,
        operand: NodeIdx,
        name: NameIdx,
        cost: u64,
    ) -> Outcome<'a> {
        let found = self.found_optional(operand, name, cost)?;
        Ok(Value::Optional(found.map(Arc::new)))
    }

    /// What `a.?b` has, without an optional being made of it.
    pub(super) fn found_optional(
        &mut self,
        operand: NodeIdx,
        name: NameIdx,
        cost: u64,
    ) -> Result<Option<Value<'a>>, Failure> {
        let text = self.name(name);
        let found = match self.place(operand) {
            Ok(Place::Node(node)) if node.is_map() => {
                self.lookups.get(node, name, text).map(Value::node)
            }
            Ok(place) => match place.into_value() {
                Value::Map(map) => map.field(text),
                Value::Optional(value) => optional_field(value.as_deref(), text)?,
                _ => return Err(EvalError::no_such_overload().into()),
            },
            Err(failure) => return Err(self.further(failure, operand, text)),
        };
        if let Some(Value::Unknown(path)) = &found {
            return Err(unknown::at(path));
        }
        let unpaid = u64::from(found.is_none());
        self.budget.charge(cost.saturating_sub(unpaid))?;
        Ok(found)
    }

    pub(super) fn index(&mut self, operand: NodeIdx, index: NodeIdx, cost: u64) -> Outcome<'a> {
        let container = self.eval(operand)?;
        let index = self.eval(index)?;
        match &container {
            Value::Optional(value) => {
                let found = value.as_deref().map(|value| found(value, &index));
                self.optional(found.transpose()?.flatten(), cost)
            }
            container => {
                self.budget.charge(cost)?;
                match found(container, &index)? {
                    Some(Value::Unknown(path)) => Err(unknown::at(&path)),
                    Some(value) => Ok(value),
                    None => Err(not_there(container, &index)),
                }
            }
        }
    }

    pub(super) fn index_optional(
        &mut self,
        operand: NodeIdx,
        index: NodeIdx,
        cost: u64,
    ) -> Outcome<'a> {
        let container = self.eval(operand)?;
        let index = self.eval(index)?;
        let found = match &container {
            Value::Optional(None) => None,
            Value::Optional(Some(value)) => found(value, &index)?,
            container => found(container, &index)?,
        };
        self.optional(found, cost.max(1))
    }
}

fn is_there(map: &Map<'_>, name: &str) -> Result<bool, Failure> {
    let Map::Fields(fields) = map else { return Ok(map.has(name)) };
    match fields.field(name) {
        Some(Value::Unknown(path)) => Err(unknown::at(&path)),
        found => Ok(found.is_some()),
    }
}

pub(super) fn field<'a>(map: &Map<'a>, name: &str) -> Outcome<'a> {
    match map.field(name) {
        Some(Value::Unknown(path)) => Err(unknown::at(&path)),
        Some(value) => Ok(value),
        None => Err(no_such_key(name)),
    }
}

fn optional_field<'a>(
    value: Option<&Value<'a>>,
    name: &str,
) -> Result<Option<Value<'a>>, EvalError> {
    match value {
        Some(Value::Map(map)) => Ok(map.field(name)),
        Some(_) => Err(EvalError::no_such_overload()),
        None => Ok(None),
    }
}

fn found<'a>(container: &Value<'a>, index: &Value<'_>) -> Result<Option<Value<'a>>, EvalError> {
    match container {
        Value::Map(map) => match index {
            Value::String(_)
            | Value::Int(_)
            | Value::Uint(_)
            | Value::Bool(_)
            | Value::Double(_) => Ok(map.get(index)),
            _ => Err(EvalError::no_such_overload()),
        },
        Value::List(list) => Ok(list.get(position(list, index)?.unwrap_or(usize::MAX))),
        _ => Err(EvalError::no_such_overload()),
    }
}

/// Where an index is in a list; `None` where it is outside.
fn position(list: &List<'_>, index: &Value<'_>) -> Result<Option<usize>, EvalError> {
    let number = Number::of(index).ok_or_else(EvalError::no_such_overload)?;
    let Some(position) = number.as_int() else {
        return match number {
            Number::Double(_) => Err(EvalError::invalid("a list index is a whole number")),
            _ => Ok(None),
        };
    };
    Ok(usize::try_from(position).ok().filter(|position| *position < list.len()))
}

#[cold]
fn not_there(container: &Value<'_>, index: &Value<'_>) -> Failure {
    match (container, index) {
        (Value::Map(_), Value::String(name)) => no_such_key(name),
        (Value::Map(_), index) => {
            let message = match index {
                Value::Int(key) => format!("no such key: {key}"),
                Value::Uint(key) => format!("no such key: {key}"),
                Value::Bool(key) => format!("no such key: {key}"),
                _ => "no such key".to_owned(),
            };
            EvalError::new(ErrorKind::NoSuchKey, message).into()
        }
        (_, index) => {
            let message = match index {
                Value::Int(position) => format!("index out of bounds: {position}"),
                _ => "index out of bounds".to_owned(),
            };
            EvalError::new(ErrorKind::IndexOutOfRange, message).into()
        }
    }
}

#[cold]
pub(super) fn no_such_key(name: &str) -> Failure {
    EvalError::new(ErrorKind::NoSuchKey, format!("no such key: {name}")).into()
}
