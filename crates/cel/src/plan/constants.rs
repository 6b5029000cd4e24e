//! Literals of a plan: each once, and lists of literals as sets for `in`.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use crate::{
    Value,
    value::{Number, whole_u64},
};

/// The constants of a plan.
#[derive(Debug, Default)]
pub(crate) struct Constants {
    values: Vec<Value<'static>>,
    /// By their printed form, which tells types apart; opaque values are not in it.
    known: HashMap<Box<str>, u32, FixedState>,
}

impl Constants {
    pub(crate) fn add(&mut self, value: Value<'static>) -> u32 {
        let idx = u32::try_from(self.values.len()).expect("fewer constants than 4 G");
        if is_plain(&value) {
            let key = format!("{value:?}").into_boxed_str();
            let known = *self.known.entry(key).or_insert(idx);
            if known != idx {
                return known;
            }
        }
        self.values.push(value);
        idx
    }

    pub(crate) fn get(&self, idx: u32) -> &Value<'static> {
        &self.values[idx as usize]
    }

    pub(crate) fn finish(self) -> Vec<Value<'static>> {
        self.values
    }
}

/// Whether the printed form of a value is the whole value.
fn is_plain(value: &Value<'_>) -> bool {
    match value {
        Value::Opaque(_) | Value::Unknown(_) => false,
        Value::List(list) => list.iter().all(|item| is_plain(&item)),
        Value::Map(map) => {
            map.entries().iter().all(|(key, value)| is_plain(key) && is_plain(value))
        }
        Value::Optional(Some(value)) => is_plain(value),
        _ => true,
    }
}

/// The items of a literal list, for `in`. Lists of strings are searched by hash, or one by one
/// where they are short.
#[derive(Debug, Default)]
pub(crate) struct LiteralSet {
    few: Vec<Box<str>>,
    many: HashSet<Box<str>, FixedState>,
    ints: HashSet<i64, FixedState>,
    uints: HashSet<u64, FixedState>,
    /// By their bits; whole numbers are among the integers.
    doubles: HashSet<u64, FixedState>,
    bools: [bool; 2],
}

const FEW: usize = 6;

impl LiteralSet {
    /// `None` where an item is neither string, number nor bool.
    pub(crate) fn new(items: &[Value<'_>]) -> Option<Self> {
        let mut set = Self::default();
        for item in items {
            match item {
                Value::String(text) => {
                    if !set.few.iter().any(|known| **known == **text) {
                        set.few.push((&**text).into());
                    }
                }
                Value::Bool(value) => set.bools[usize::from(*value)] = true,
                _ => set.add_number(Number::of(item)?),
            }
        }
        if set.few.len() > FEW {
            set.many = std::mem::take(&mut set.few).into_iter().collect();
        }
        Some(set)
    }

    fn add_number(&mut self, number: Number) {
        match (number.as_int(), number) {
            (Some(value), _) => {
                self.ints.insert(value);
            }
            (None, Number::Uint(value)) => {
                self.uints.insert(value);
            }
            (None, Number::Double(value)) => match whole_u64(value) {
                Some(value) => {
                    self.uints.insert(value);
                }
                None => {
                    self.doubles.insert(value.to_bits());
                }
            },
            (None, Number::Int(_)) => {}
        }
    }

    pub(crate) fn contains_text(&self, text: &str) -> bool {
        match self.many.is_empty() {
            true => self.few.iter().any(|item| **item == *text),
            false => self.many.contains(text),
        }
    }

    pub(crate) fn contains(&self, value: &Value<'_>) -> bool {
        match value {
            Value::String(text) => self.contains_text(text),
            Value::Bool(value) => self.bools[usize::from(*value)],
            _ => Number::of(value).is_some_and(|number| self.contains_number(number)),
        }
    }

    fn contains_number(&self, number: Number) -> bool {
        match (number.as_int(), number) {
            (Some(value), _) => self.ints.contains(&value),
            (None, Number::Uint(value)) => self.uints.contains(&value),
            (None, Number::Double(value)) if value.is_nan() => false,
            (None, Number::Double(value)) => match whole_u64(value) {
                Some(value) => self.uints.contains(&value),
                None => self.doubles.contains(&value.to_bits()),
            },
            (None, Number::Int(_)) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_finds_what_the_list_has() {
        let items = [Value::str("a"), Value::Int(1), Value::Double(1.5), Value::Uint(u64::MAX)];
        let set = LiteralSet::new(&items).expect("all are literals");
        for value in [Value::str("a"), Value::Uint(1), Value::Double(1.0), Value::Double(1.5)] {
            assert!(set.contains(&value), "{value:?}");
        }
        for value in [Value::str("1"), Value::Bool(true), Value::Null, Value::Double(f64::NAN)] {
            assert!(!set.contains(&value), "{value:?}");
        }
        assert!(LiteralSet::new(&[Value::Null]).is_none());
    }
}
