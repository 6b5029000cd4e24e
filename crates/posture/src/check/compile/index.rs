//! Which checks are asked about what, so that a check costs nothing where it cannot apply.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::{CompiledCel, CompiledCheck, CompiledLogic};
use crate::{check::SubjectKind, native::Analyser};

/// A question of a check: the index of the check, and of the question among the check's.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(in crate::check) struct QuestionIdx {
    pub(in crate::check) check: usize,
    pub(in crate::check) question: usize,
}

#[derive(Debug, Default)]
pub(in crate::check) struct Index {
    pub(in crate::check) containers: Vec<QuestionIdx>,
    pub(in crate::check) pods: Vec<QuestionIdx>,
    /// Asked of every object.
    objects: Vec<QuestionIdx>,
    kinds: HashMap<Box<str>, Vec<QuestionIdx>, FixedState>,
    /// Whether a check asks about several workloads at once.
    pub(in crate::check) wants_workloads: bool,
}

impl Index {
    pub(super) fn new(checks: &[CompiledCheck]) -> Self {
        let mut index = Self::default();
        for (idx, check) in checks.iter().enumerate() {
            match &check.logic {
                CompiledLogic::Native(
                    Analyser::SharedServiceAccount | Analyser::AutomountedToken,
                ) => {
                    index.wants_workloads = true;
                }
                CompiledLogic::Cel(questions) => {
                    for (question, cel) in questions.iter().enumerate() {
                        index.add(QuestionIdx { check: idx, question }, cel);
                    }
                }
            }
        }
        index
    }

    fn add(&mut self, idx: QuestionIdx, cel: &CompiledCel) {
        match cel.subject {
            SubjectKind::Container => self.containers.push(idx),
            SubjectKind::Pod => self.pods.push(idx),
            SubjectKind::Object if cel.kinds.is_empty() => self.objects.push(idx),
            SubjectKind::Object => {
                for pattern in &cel.kinds {
                    let questions = self.kinds.entry(pattern.kind.clone()).or_default();
                    if questions.last() != Some(&idx) {
                        questions.push(idx);
                    }
                }
            }
        }
    }

    /// Questions that ask about objects of this kind; those of its group are among them.
    pub(in crate::check) fn of_object(&self, kind: &str) -> impl Iterator<Item = QuestionIdx> {
        let by_kind = self.kinds.get(kind).into_iter().flatten();
        self.objects.iter().chain(by_kind).copied()
    }
}
