//! What was read, but perhaps not as its author meant it.

use kordon_base::Span;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    pub span: Span,
    pub kind: NoteKind,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoteKind {
    /// The key at the span is given again later in the same map, and the last value counts.
    DuplicateKey,
    /// Text that the API server does not read, as it stands after the end of the document.
    AfterTheEnd,
    /// Bytes that are no UTF-8, read as U+FFFD as the API server does in JSON.
    InvalidUtf8,
}

impl NoteKind {
    #[must_use]
    pub fn message(&self) -> &'static str {
        match self {
            Self::DuplicateKey => "the key is there twice; the last value counts",
            Self::AfterTheEnd => "text after the end of the document, which nobody reads",
            Self::InvalidUtf8 => "bytes that are no UTF-8 are read as U+FFFD",
        }
    }
}
