//! Label selectors.

use kordon_model::NodeRef;

/// All requirements must hold; without any it matches everything.
#[derive(Default, Debug)]
pub(crate) struct Selector {
    requirements: Vec<Requirement>,
}

#[derive(Debug)]
pub(crate) struct Requirement {
    key: Box<str>,
    operator: SetOperator,
    values: Vec<Box<str>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum SetOperator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
}

impl Requirement {
    pub(crate) fn new(key: &str, operator: SetOperator, values: Vec<Box<str>>) -> Self {
        Self { key: key.into(), operator, values }
    }

    pub(crate) fn equals(key: &str, value: &str) -> Self {
        Self::new(key, SetOperator::In, vec![value.into()])
    }

    fn holds(&self, value: Option<&str>) -> bool {
        let listed = |value: &str| self.values.iter().any(|other| **other == *value);
        match self.operator {
            SetOperator::In => value.is_some_and(listed),
            SetOperator::NotIn => !value.is_some_and(listed),
            SetOperator::Exists => value.is_some(),
            SetOperator::DoesNotExist => value.is_none(),
        }
    }
}

impl Selector {
    pub(crate) fn new(requirements: Vec<Requirement>) -> Self {
        Self { requirements }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.requirements.is_empty()
    }

    pub(crate) fn matches(&self, labels: Option<NodeRef<'_>>) -> bool {
        self.holds(|key| labels?.get(key)?.as_str())
    }

    /// Against one label only.
    pub(crate) fn matches_pair(&self, key: &str, value: &str) -> bool {
        self.holds(|wanted| (wanted == key).then_some(value))
    }

    fn holds<'v>(&self, value: impl Fn(&str) -> Option<&'v str>) -> bool {
        self.requirements.iter().all(|requirement| requirement.holds(value(&requirement.key)))
    }
}
