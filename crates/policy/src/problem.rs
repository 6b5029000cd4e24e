//! What is wrong with a policy document, and where in its file.

use std::{fmt, sync::Arc};

use kordon_base::{Position, Source};
use kordon_model::NodeRef;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// The document cannot be used as it was meant.
    Error,
    /// It can be used, and is probably not what was meant.
    Warning,
}

/// One mistake in one document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    pub level: Level,
    pub file: Arc<str>,
    pub position: Position,
    /// `ValidatingAdmissionPolicy/name`.
    pub document: Box<str>,
    /// The field: `spec.validations[0].expression`; empty for the document itself.
    pub path: Box<str>,
    pub message: Box<str>,
    pub hint: Option<Box<str>>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column } = self.position;
        write!(f, "{}:{line}:{column}: {}: ", self.file, self.document)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

/// Collects the problems of one document.
pub struct Problems<'t> {
    source: &'t Source,
    file: Arc<str>,
    document: Box<str>,
    found: Vec<Problem>,
}

impl<'t> Problems<'t> {
    pub fn of(root: NodeRef<'t>, document: &str) -> Self {
        let source = root.tree().source();
        let file = Arc::from(source.name());
        Self { source, file, document: document.into(), found: Vec::new() }
    }

    pub fn error(&mut self, offset: u32, path: &str, message: impl Into<Box<str>>) {
        self.push(Level::Error, (offset, path), message.into(), None);
    }

    pub fn error_with_hint(
        &mut self,
        offset: u32,
        path: &str,
        message: impl Into<Box<str>>,
        hint: Option<Box<str>>,
    ) {
        self.push(Level::Error, (offset, path), message.into(), hint);
    }

    pub fn warning(
        &mut self,
        offset: u32,
        path: &str,
        message: impl Into<Box<str>>,
        hint: Option<Box<str>>,
    ) {
        self.push(Level::Warning, (offset, path), message.into(), hint);
    }

    fn push(
        &mut self,
        level: Level,
        (offset, path): (u32, &str),
        message: Box<str>,
        hint: Option<Box<str>>,
    ) {
        self.found.push(Problem {
            level,
            file: Arc::clone(&self.file),
            position: self.source.position(offset),
            document: self.document.clone(),
            path: path.into(),
            message,
            hint,
        });
    }

    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|problem| problem.level == Level::Error)
    }

    /// In the order of the file.
    pub fn finish(mut self) -> Vec<Problem> {
        self.found.sort_by_key(|problem| problem.position);
        self.found
    }
}

/// The candidate that looks most like `wanted`, if one is close enough to be meant.
pub fn did_you_mean<'a>(
    wanted: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<Box<str>> {
    let closeness = |candidate: &str| {
        strsim::normalized_damerau_levenshtein(
            &wanted.to_ascii_lowercase(),
            &candidate.to_ascii_lowercase(),
        )
    };
    let (best, score) = candidates
        .into_iter()
        .map(|candidate| (candidate, closeness(candidate)))
        .max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    (score >= 0.6).then(|| format!("did you mean `{best}`?").into())
}
