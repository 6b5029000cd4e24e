//! The fields of built-in kinds as Kubernetes' OpenAPI documents have them, for hints about
//! misspelt fields. Read at the first question: most runs ask none.

use std::{collections::HashMap, sync::OnceLock};

/// Made by `data/from-openapi.py`; all releases from 1.28 on together.
const TEXT: &str = include_str!("../../data/openapi-fields.txt");

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldType {
    String,
    Int,
    Number,
    Bool,
    /// Quantities, int-or-string, free-form JSON.
    Any,
    Object(ObjectType),
    /// A list of what [`FieldType::element`] says.
    List(&'static str),
    /// A map from strings to what [`FieldType::element`] says.
    Map(&'static str),
}

impl FieldType {
    /// What the items of a list or the values of a map are.
    #[must_use]
    pub fn element(self) -> Option<Self> {
        match self {
            Self::List(of) | Self::Map(of) => Some(parse(of)),
            _ => None,
        }
    }
}

/// A kind, or a part of one, that has named fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ObjectType {
    /// `name:type name:type …`, sorted by name.
    fields: &'static str,
}

impl ObjectType {
    #[must_use]
    pub fn field(self, name: &str) -> Option<FieldType> {
        self.pairs().find(|(field, _)| *field == name).map(|(_, of)| parse(of))
    }

    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.pairs().map(|(field, _)| field)
    }

    fn pairs(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.fields.split(' ').filter_map(|pair| pair.split_once(':'))
    }
}

struct Types {
    kinds: HashMap<&'static str, usize>,
    fields: Vec<&'static str>,
}

fn types() -> &'static Types {
    static TYPES: OnceLock<Types> = OnceLock::new();
    TYPES.get_or_init(|| {
        let lines = || TEXT.lines().filter_map(|line| line.split_once(' '));
        let fields = lines().map(|(_, fields)| fields).collect();
        let kinds = lines().enumerate().filter(|(_, (kind, _))| !kind.is_empty());
        Types { kinds: kinds.map(|(idx, (kind, _))| (kind, idx)).collect(), fields }
    })
}

/// The fields of a built-in kind; `None` for kinds that Kubernetes 1.28 and later do not have.
#[must_use]
pub fn object_type(group: &str, version: &str, kind: &str) -> Option<ObjectType> {
    let types = types();
    let idx = types.kinds.get(format!("{group}/{version}/{kind}").as_str())?;
    Some(ObjectType { fields: types.fields[*idx] })
}

fn parse(text: &'static str) -> FieldType {
    let mut rest = text.chars();
    match rest.next() {
        Some('s') => FieldType::String,
        Some('i') => FieldType::Int,
        Some('n') => FieldType::Number,
        Some('b') => FieldType::Bool,
        Some('[') => FieldType::List(rest.as_str()),
        Some('{') => FieldType::Map(rest.as_str()),
        _ => {
            let line = text.parse().ok().and_then(|line: usize| types().fields.get(line));
            line.map_or(FieldType::Any, |fields| FieldType::Object(ObjectType { fields }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_a_pod() {
        let pod = object_type("", "v1", "Pod").expect("there are Pods");
        let Some(FieldType::Object(spec)) = pod.field("spec") else { panic!("a Pod has a spec") };
        assert_eq!(spec.field("hostPID"), Some(FieldType::Bool));
        assert_eq!(spec.field("hostPid"), None);
        let containers = spec.field("containers").expect("a Pod has containers");
        let Some(FieldType::Object(container)) = containers.element() else {
            panic!("a container has fields")
        };
        assert_eq!(container.field("image"), Some(FieldType::String));
        let labels = spec.field("nodeSelector").and_then(FieldType::element);
        assert_eq!(labels, Some(FieldType::String));
    }

    #[test]
    fn every_built_in_kind_that_is_served_has_fields() {
        let connect_only = ["Eviction"];
        for row in super::super::built_in().iter().filter(|row| row.until.is_none()) {
            let found = object_type(row.group, row.version, row.kind).is_some();
            assert!(found || connect_only.contains(&row.kind), "{row:?}");
        }
    }
}
