//! Which checks are asked about what, so that a check costs nothing where it cannot apply.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::{CompiledCheck, CompiledLogic};
use crate::{check::SubjectKind, native::Analyser};

#[derive(Debug, Default)]
pub(in crate::check) struct Index {
    pub(in crate::check) containers: Vec<usize>,
    pub(in crate::check) pods: Vec<usize>,
    /// Asked of every object.
    objects: Vec<usize>,
    kinds: HashMap<Box<str>, Vec<usize>, FixedState>,
    /// Whether a check asks about several workloads at once.
    pub(in crate::check) wants_workloads: bool,
}

impl Index {
    pub(super) fn new(checks: &[CompiledCheck]) -> Self {
        let mut index = Self::default();
        for (idx, check) in checks.iter().enumerate() {
            if matches!(check.logic, CompiledLogic::Native(Analyser::SharedServiceAccount)) {
                index.wants_workloads = true;
                continue;
            }
            match check.subject {
                SubjectKind::Container => index.containers.push(idx),
                SubjectKind::Pod => index.pods.push(idx),
                SubjectKind::Object if check.kinds.is_empty() => index.objects.push(idx),
                SubjectKind::Object => {
                    for pattern in &check.kinds {
                        let checks = index.kinds.entry(pattern.kind.clone()).or_default();
                        if checks.last() != Some(&idx) {
                            checks.push(idx);
                        }
                    }
                }
            }
        }
        index
    }

    /// Checks that ask about objects of this kind; those of its group are among them.
    pub(in crate::check) fn of_object(&self, kind: &str) -> impl Iterator<Item = usize> {
        let by_kind = self.kinds.get(kind).into_iter().flatten();
        self.objects.iter().chain(by_kind).copied()
    }
}
