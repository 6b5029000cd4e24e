//! Comprehensions, literals of lists and maps, and bound names.

use kordon_model::{Kind, NodeRef};

use super::{
    Outcome,
    logic::absorb,
    machine::{Local, Machine},
    place::Place,
    unknown,
};
use crate::{
    ErrorKind, EvalError, Failure, List, Map, MapBuilder, Value,
    ast::{BindKind, Macro},
    plan::node::{Bind, Fold, ListItem, MapEntry, Presence},
};

/// Whether a loop goes on.
enum Flow {
    Next,
    Stop,
}

impl<'a> Machine<'a> {
    pub(super) fn list(&mut self, items: &'a [ListItem]) -> Outcome<'a> {
        let mut values = Vec::with_capacity(items.len());
        let mut failed = None;
        for item in items {
            match self.eval(item.value) {
                Ok(value) => values.extend(present(item.presence, value)?),
                Err(failure) => first_error(&mut failed, failure)?,
            }
        }
        failed.map_or_else(|| Ok(Value::list(values)), Err)
    }

    pub(super) fn map(&mut self, entries: &'a [MapEntry]) -> Outcome<'a> {
        let mut map = MapBuilder::new();
        let mut failed = None;
        for entry in entries {
            match (self.eval(entry.key), self.eval(entry.value)) {
                (Ok(key), Ok(value)) => {
                    if !is_key(&key) {
                        return Err(unsupported_key(&key));
                    }
                    if let Some(value) = present(entry.presence, value)? {
                        insert(&mut map, key, value)?;
                    }
                }
                (Err(key), Err(value)) => {
                    first_error(&mut failed, unknown::join_strict(key, value))?;
                }
                (Err(failure), Ok(_)) | (Ok(_), Err(failure)) => {
                    first_error(&mut failed, failure)?;
                }
            }
        }
        failed.map_or_else(|| Ok(map.finish()), Err)
    }

    pub(super) fn bind(&mut self, bind: &'a Bind, cost: u64) -> Outcome<'a> {
        let account = self.budget.set_aside();
        let init = self.eval(bind.init);
        let spent = self.budget.take_up(&account);
        if let Err(failure) = &init
            && unknown::is_limit(failure)
            && !(bind.kind == BindKind::Bind && unknown::is_cost(failure))
        {
            return init;
        }
        if bind.kind == BindKind::Bind {
            // Paid for where the name is read first.
            self.budget.charge(cost)?;
            self.locals[usize::from(bind.slot)] = Local { value: init, unpaid: spent };
            return self.eval(bind.body);
        }
        // The macro asks first whether there is a value.
        self.budget.charge(spent)?;
        let value = init?;
        self.budget.charge(1)?;
        let value = match value {
            Value::Optional(Some(value)) => (*value).clone(),
            Value::Optional(None) => {
                self.budget.charge(1)?;
                return Ok(Value::Optional(None));
            }
            _ => return Err(EvalError::no_such_overload().into()),
        };
        self.budget.charge(cost)?;
        // The macro evaluates the optional a second time, to take its value.
        self.locals[usize::from(bind.slot)] = Local { value: Ok(value), unpaid: spent + 1 };
        let result = self.eval(bind.body)?;
        match bind.kind {
            BindKind::OptMap => {
                self.budget.charge(1)?;
                Ok(Value::some(result))
            }
            _ => Ok(result),
        }
    }

    pub(super) fn fold(&mut self, fold: &'a Fold, cost: u64) -> Outcome<'a> {
        if let Macro::All | Macro::Exists = fold.kind {
            return self.quantified(fold, cost).map(Value::Bool);
        }
        let range = self.eval(fold.range)?;
        self.budget.charge(cost)?;
        match fold.kind {
            Macro::All | Macro::Exists => unreachable!("answered above"),
            Macro::ExistsOne => self.exactly_one(fold, range),
            Macro::Map | Macro::TransformList => self.transform(fold, range),
            Macro::Filter => self.keep(fold, range),
            Macro::TransformMap | Macro::TransformMapEntry => self.transform_map(fold, range),
        }
    }

    /// `exists` looks for a true item, `all` for a false one.
    pub(super) fn quantified(&mut self, fold: &'a Fold, cost: u64) -> Result<bool, Failure> {
        let sought = fold.kind == Macro::Exists;
        let mut total = cost;
        if self.recorder.is_none()
            && fold.var2.is_none()
            && let Some(list) = self.walk(fold.range, &mut total)
            && matches!(list.kind(), Kind::List)
        {
            self.budget.charge(total)?;
            return self.quantify_list(fold, list, sought);
        }
        let range = self.place(fold.range)?;
        self.budget.charge(cost)?;
        match range {
            Place::Node(list) if matches!(list.kind(), Kind::List) && fold.var2.is_none() => {
                self.quantify_list(fold, list, sought)
            }
            range => self.quantify(fold, range.into_value(), sought),
        }
    }

    /// The same as [`Machine::quantify`], for a list of the document.
    fn quantify_list(
        &mut self,
        fold: &'a Fold,
        list: NodeRef<'a>,
        sought: bool,
    ) -> Result<bool, Failure> {
        let mut failed = None;
        let mut items = list.items();
        while let Some(item) = items.next() {
            self.ticker.tick(1)?;
            self.locals[usize::from(fold.var)] = Local { value: Ok(Value::node(item)), unpaid: 0 };
            let found = match self.eval_bool(fold.body) {
                Ok(value) => value == sought,
                Err(failure) => {
                    absorb(&mut failed, failure)?;
                    false
                }
            };
            self.budget.charge(u64::from(fold.item_cost))?;
            if found {
                if items.len() > 0 {
                    self.budget.charge(u64::from(fold.item_cost) - 1)?;
                }
                return Ok(sought);
            }
        }
        failed.map_or(Ok(!sought), Err)
    }

    fn quantify(
        &mut self,
        fold: &'a Fold,
        range: Value<'a>,
        sought: bool,
    ) -> Result<bool, Failure> {
        let (mut found, mut failed) = (false, None);
        let mut n_left = length(&range);
        self.each(fold, range, &mut |machine| {
            n_left -= 1;
            match machine.eval_bool(fold.body) {
                Ok(value) => found = value == sought,
                Err(failure) => absorb(&mut failed, failure)?,
            }
            machine.budget.charge(u64::from(fold.item_cost))?;
            if found && n_left > 0 {
                // The loop condition is looked at once more before it ends.
                machine.budget.charge(u64::from(fold.item_cost) - 1)?;
            }
            Ok(if found { Flow::Stop } else { Flow::Next })
        })?;
        match failed {
            Some(failure) if !found => Err(failure),
            _ => Ok(found == sought),
        }
    }

    fn exactly_one(&mut self, fold: &'a Fold, range: Value<'a>) -> Outcome<'a> {
        let mut n_true = 0_u64;
        self.each(fold, range, &mut |machine| {
            if machine.eval_bool(fold.body)? {
                n_true += 1;
                machine.budget.charge(u64::from(fold.item_cost))?;
            }
            Ok(Flow::Next)
        })?;
        Ok(Value::Bool(n_true == 1))
    }

    fn is_wanted(&mut self, fold: &Fold) -> Result<bool, Failure> {
        fold.filter.map_or(Ok(true), |filter| self.eval_bool(filter))
    }

    fn transform(&mut self, fold: &'a Fold, range: Value<'a>) -> Outcome<'a> {
        let mut items = Vec::new();
        self.each(fold, range, &mut |machine| {
            if machine.is_wanted(fold)? {
                items.push(machine.eval(fold.body)?);
                machine.budget.charge(u64::from(fold.item_cost))?;
            }
            Ok(Flow::Next)
        })?;
        Ok(Value::list(items))
    }

    fn keep(&mut self, fold: &'a Fold, range: Value<'a>) -> Outcome<'a> {
        let mut items = Vec::new();
        self.each(fold, range, &mut |machine| {
            if machine.eval_bool(fold.body)? {
                items.push(machine.locals[usize::from(fold.var)].value.clone()?);
                machine.budget.charge(u64::from(fold.item_cost))?;
            }
            Ok(Flow::Next)
        })?;
        Ok(Value::list(items))
    }

    fn transform_map(&mut self, fold: &'a Fold, range: Value<'a>) -> Outcome<'a> {
        let mut map = MapBuilder::new();
        self.each(fold, range, &mut |machine| {
            if !machine.is_wanted(fold)? {
                return Ok(Flow::Next);
            }
            let result = machine.eval(fold.body)?;
            machine.budget.charge(u64::from(fold.item_cost))?;
            if fold.kind == Macro::TransformMap {
                let key = machine.locals[usize::from(fold.var)].value.clone()?;
                insert(&mut map, key, result)?;
                return Ok(Flow::Next);
            }
            let Value::Map(entries) = result else {
                return Err(EvalError::no_such_overload().into());
            };
            for (key, value) in entries.entries() {
                insert(&mut map, key, value)?;
            }
            Ok(Flow::Next)
        })?;
        Ok(map.finish())
    }

    /// Binds the variables of a loop to each item in turn.
    fn each(
        &mut self,
        fold: &Fold,
        range: Value<'a>,
        step: &mut dyn FnMut(&mut Self) -> Result<Flow, Failure>,
    ) -> Result<(), Failure> {
        match (range, fold.var2) {
            (Value::List(list), var2) => self.each_item(fold.var, var2, &list, step),
            (Value::Map(Map::Tree(node)), None) => {
                for (key, _) in node.entries() {
                    self.ticker.tick(1)?;
                    self.set_local(fold.var, Value::node(key));
                    if let Flow::Stop = step(self)? {
                        break;
                    }
                }
                Ok(())
            }
            (Value::Map(map), var2) => {
                for (key, value) in map.entries() {
                    self.ticker.tick(1)?;
                    self.set_local(fold.var, key);
                    if let Some(var2) = var2 {
                        self.set_local(var2, value);
                    }
                    if let Flow::Stop = step(self)? {
                        break;
                    }
                }
                Ok(())
            }
            _ => Err(EvalError::no_such_overload().into()),
        }
    }

    fn each_item(
        &mut self,
        var: u16,
        var2: Option<u16>,
        list: &List<'a>,
        step: &mut dyn FnMut(&mut Self) -> Result<Flow, Failure>,
    ) -> Result<(), Failure> {
        for (idx, item) in list.iter().enumerate() {
            self.ticker.tick(1)?;
            if let (Some(recorder), List::Tree(node)) = (&mut self.recorder, list) {
                recorder.locals[usize::from(var2.unwrap_or(var))] = node.item(idx);
            }
            match var2 {
                Some(var2) => {
                    let idx = i64::try_from(idx).expect("lists are shorter than 2^63");
                    self.set_local(var, Value::Int(idx));
                    self.set_local(var2, item);
                }
                None => self.set_local(var, item),
            }
            if let Flow::Stop = step(self)? {
                break;
            }
        }
        Ok(())
    }

    fn set_local(&mut self, slot: u16, value: Value<'a>) {
        let value = match value {
            Value::Unknown(path) => Err(unknown::at(&path)),
            value => Ok(value),
        };
        self.locals[usize::from(slot)] = Local { value, unpaid: 0 };
    }
}

fn length(range: &Value<'_>) -> usize {
    match range {
        Value::List(list) => list.len(),
        Value::Map(map) => map.len(),
        _ => 0,
    }
}

/// Goes on after what is unknown, for other operands may be unknown as well.
fn first_error(failed: &mut Option<Failure>, failure: Failure) -> Result<(), Failure> {
    match (failed.take(), failure) {
        (None, error @ Failure::Error(_)) => Err(error),
        (None, unknown) => {
            *failed = Some(unknown);
            Ok(())
        }
        (Some(first), second) => {
            *failed = Some(unknown::join_strict(first, second));
            failed.take_if(|failure| matches!(failure, Failure::Error(_))).map_or(Ok(()), Err)
        }
    }
}

fn present<'a>(presence: Presence, value: Value<'a>) -> Result<Option<Value<'a>>, Failure> {
    match (presence, value) {
        (Presence::Always, value) => Ok(Some(value)),
        (Presence::Optional, Value::Optional(value)) => Ok(value.map(|value| (*value).clone())),
        (Presence::Optional, _) => {
            let message = "an optional entry needs an optional value";
            Err(EvalError::new(ErrorKind::NoSuchOverload, message).into())
        }
    }
}

/// Whether a value may be a key of a map.
pub(crate) fn is_key(value: &Value<'_>) -> bool {
    matches!(value, Value::String(_) | Value::Int(_) | Value::Uint(_) | Value::Bool(_))
}

#[cold]
fn unsupported_key(key: &Value<'_>) -> Failure {
    let message = format!("unsupported key type: {}", key.type_of());
    EvalError::new(ErrorKind::InvalidArgument, message).into()
}

fn insert<'a>(map: &mut MapBuilder<'a>, key: Value<'a>, value: Value<'a>) -> Result<(), Failure> {
    if !is_key(&key) {
        return Err(unsupported_key(&key));
    }
    let shown = match &key {
        Value::String(text) => Some(text.clone()),
        _ => None,
    };
    match map.insert(key, value) {
        true => Ok(()),
        false => {
            let message = match shown {
                Some(key) => format!("failed with repeated key: {}", &*key),
                None => "failed with repeated key".to_owned(),
            };
            Err(EvalError::new(ErrorKind::DuplicateKey, message).into())
        }
    }
}
