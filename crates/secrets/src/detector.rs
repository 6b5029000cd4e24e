//! A row of the detector table.

use kordon_model::Confidence;

/// One kind of credential that has a form of its own.
#[derive(Debug)]
pub struct Detector {
    pub id: &'static str,
    pub title: &'static str,
    /// Every match holds one of these; case does not count.
    pub words: &'static [&'static str],
    /// Every match holds this as well; spares the pattern most texts where the words are common.
    pub also: &'static str,
    /// The secret is the first group, else the whole match.
    pub pattern: &'static str,
    pub edges: Edges,
    /// Bits a character; what has less is an example or prose.
    pub min_entropy: f32,
    pub confidence: Confidence,
    /// What the secret begins with in public, and so may be shown.
    pub shown: &'static str,
    /// A further look at the secret, which patterns cannot have.
    pub accept: fn(&str) -> bool,
}

/// What may stand beside the secret.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edges {
    /// No letter, digit or underscore: the secret is not cut out of a longer word.
    Word,
    Any,
}

impl Detector {
    /// A token that is known by its own characters.
    pub(crate) const fn token(
        id: &'static str,
        title: &'static str,
        words: &'static [&'static str],
        pattern: &'static str,
    ) -> Self {
        Self {
            id,
            title,
            words,
            also: "",
            pattern,
            edges: Edges::Word,
            min_entropy: 2.5,
            confidence: Confidence::High,
            shown: "",
            accept: |_| true,
        }
    }

    /// A secret that is known by what stands around it.
    pub(crate) const fn context(
        id: &'static str,
        title: &'static str,
        words: &'static [&'static str],
        pattern: &'static str,
    ) -> Self {
        Self { edges: Edges::Any, ..Self::token(id, title, words, pattern) }
    }

    pub(crate) const fn show(self, shown: &'static str) -> Self {
        Self { shown, ..self }
    }

    pub(crate) const fn with(self, also: &'static str) -> Self {
        Self { also, ..self }
    }

    pub(crate) const fn entropy(self, min_entropy: f32) -> Self {
        Self { min_entropy, ..self }
    }

    pub(crate) const fn confidence(self, confidence: Confidence) -> Self {
        Self { confidence, ..self }
    }

    pub(crate) const fn accept(self, accept: fn(&str) -> bool) -> Self {
        Self { accept, ..self }
    }
}
