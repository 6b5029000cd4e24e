//! Texts that many findings share: a scan of a large cluster has hundreds of thousands of findings
//! and few different paths.

use std::{
    collections::{HashMap, HashSet},
    fmt::{self, Write as _},
    sync::Arc,
};

use foldhash::fast::FixedState;
use kordon_finding::Fix;
use kordon_model::{FieldPath, Segment};

use crate::check::compile::QuestionIdx;

/// When so many different texts were kept, sharing begins anew: texts that name objects would
/// otherwise pile up.
const MAX_KEPT: usize = 1 << 14;

fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

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

    /// A path as `FieldPath` prints it, the beginning of which is known.
    pub(super) fn path(&mut self, prefix: &str, segments: &[Segment<'_>]) -> Arc<str> {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        buffer.push_str(prefix);
        for segment in segments {
            match segment {
                Segment::Key(key) if is_plain(key) => {
                    if !buffer.is_empty() {
                        buffer.push('.');
                    }
                    buffer.push_str(key);
                }
                other => {
                    let path = match other {
                        Segment::Key(key) => FieldPath::root().key(&**key),
                        Segment::Index(idx) => FieldPath::root().index(*idx as usize),
                    };
                    write!(buffer, "{path}").expect("writing to a string cannot fail");
                }
            }
        }
        let text = self.share(&buffer);
        self.buffer = buffer;
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
