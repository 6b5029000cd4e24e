//! Kinds of the user's own that bear pods, from the configuration.

use thiserror::Error;

use super::pattern;

/// What stands at the path.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PodForm {
    /// `metadata` and `spec`, as below a Deployment's `spec.template`.
    Template,
    /// The pod's fields themselves: `containers`, `volumes`, ….
    Spec,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PodKind {
    group: Box<str>,
    kind: Box<str>,
    path: Box<str>,
    form: PodForm,
}

#[derive(Error, PartialEq, Eq, Debug)]
pub enum PodKindError {
    #[error("the kind is empty")]
    EmptyKind,
    #[error("`{0}` is no path such as `spec.workers[].template` or `spec.replicas.*.template`")]
    Path(Box<str>),
}

impl PodKind {
    pub fn new(group: &str, kind: &str, path: &str, form: PodForm) -> Result<Self, PodKindError> {
        if kind.is_empty() {
            return Err(PodKindError::EmptyKind);
        }
        if !pattern::is_valid(path) {
            return Err(PodKindError::Path(path.into()));
        }
        Ok(Self { group: group.into(), kind: kind.into(), path: path.into(), form })
    }

    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    #[must_use]
    pub fn form(&self) -> PodForm {
        self.form
    }
}

/// The configured kinds, beside those that kordon knows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PodKinds {
    kinds: Vec<PodKind>,
}

impl PodKinds {
    #[must_use]
    pub fn new(kinds: Vec<PodKind>) -> Self {
        Self { kinds }
    }

    pub(super) fn of<'a>(
        &'a self,
        group: &'a str,
        kind: &'a str,
    ) -> impl Iterator<Item = &'a PodKind> {
        self.kinds.iter().filter(move |row| &*row.kind == kind && &*row.group == group)
    }
}
