//! What would happen in a namespace if a Pod Security level were enforced, as reports tell it.

/// One namespace under the level.
#[derive(Clone, Debug)]
pub struct NamespaceForecast {
    /// Empty for the objects that name none.
    pub namespace: Box<str>,
    pub workloads: usize,
    /// What the namespace's labels enforce today, as `baseline:latest`, where the Namespace is
    /// among the objects.
    pub enforced: Option<Box<str>>,
    pub blocking: Vec<Blocker>,
    /// Workloads with fields of a wrong type, which the API server refuses at any level.
    pub malformed: Vec<Box<str>>,
}

impl NamespaceForecast {
    /// Whether nothing stands in the way.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.blocking.is_empty() && self.malformed.is_empty()
    }
}

/// A workload that stands in the way.
#[derive(Clone, Debug)]
pub struct Blocker {
    /// `Deployment/cart`.
    pub workload: Box<str>,
    /// The control's name and the fields that violate it.
    pub controls: Vec<(Box<str>, Vec<Box<str>>)>,
}
