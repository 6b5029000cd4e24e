//! What to change so that a finding goes away.

use serde_json::Value;

/// Structured edits on the object's tree, in order.
#[derive(Clone, PartialEq, Debug)]
pub struct Fix {
    pub safety: Safety,
    pub edits: Vec<Edit>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Safety {
    /// Cannot stop what runs.
    Safe,
    /// Could: a person looks first.
    Review,
}

/// Sets or removes the value at a field path (from the object's root; missing maps are created).
#[derive(Clone, PartialEq, Debug)]
pub struct Edit {
    pub path: Box<str>,
    pub value: EditValue,
}

#[derive(Clone, PartialEq, Debug)]
pub enum EditValue {
    Set(Value),
    /// Adds to the list at the path unless it is there.
    Append(Value),
    Remove,
}
