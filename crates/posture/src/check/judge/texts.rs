//! Texts that many findings share: a scan of a large cluster has hundreds of thousands of findings
//! and few different paths.

use std::{
    collections::{HashMap, HashSet},
    fmt::{self, Write as _},
    sync::Arc,
};

use foldhash::fast::FixedState;
use kordon_finding::Fix;

use crate::check::compile::QuestionIdx;

/// When so many different texts were kept, sharing begins anew: texts that name objects would
/// otherwise pile up.
const MAX_KEPT: usize = 1 << 14;

#[derive(Debug, Default)]
pub(super) struct Texts {
    kept: HashSet<Arc<str>, FixedState>,
    fixes: HashMap<(QuestionIdx, Arc<str>), Arc<Fix>, FixedState>,
    buffer: String,
}

impl Texts {
    pub(super) fn share(&mut self, text: &str) -> Arc<str> {
        if let Some(kept) = self.kept.get(text) {
            return Arc::clone(kept);
        }
        if self.kept.len() >= MAX_KEPT {
            self.kept.clear();
        }
        let text: Arc<str> = text.into();
        self.kept.insert(Arc::clone(&text));
        text
    }

    pub(super) fn share_display(&mut self, value: &dyn fmt::Display) -> Arc<str> {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        write!(buffer, "{value}").expect("writing to a string cannot fail");
        let text = self.share(&buffer);
        self.buffer = buffer;
        text
    }

    /// The fix of a question whose edits have these places.
    pub(super) fn fix(
        &mut self,
        question: QuestionIdx,
        paths: &Arc<str>,
        make: impl FnOnce() -> Fix,
    ) -> Arc<Fix> {
        if self.fixes.len() >= MAX_KEPT {
            self.fixes.clear();
        }
        let fix =
            self.fixes.entry((question, Arc::clone(paths))).or_insert_with(|| Arc::new(make()));
        Arc::clone(fix)
    }
}
