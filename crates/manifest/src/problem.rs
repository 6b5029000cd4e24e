//! What could not be read, and why: data for the coverage of a report, not a failure of the scan.

use std::fmt;

use kordon_base::{Position, Source};
use thiserror::Error;

/// How much is lost by a [`Problem`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Loss {
    /// Something inside a document; the rest of it was read.
    Partial,
    Document,
    File,
}

/// Why something was not read.
#[derive(Error, Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    #[error("cannot read: {0}")]
    Io(String),
    #[error("the file has {bytes} bytes, more than the limit of {limit}")]
    TooLarge { bytes: u64, limit: u64 },
    #[error("more than {limit} documents in one file")]
    TooManyDocuments { limit: usize },
    #[error("nested deeper than {limit} levels")]
    TooDeep { limit: usize },
    #[error("aliases stand for more than {limit} nodes")]
    AliasLimit { limit: u64 },
    /// The words of the API server's own reader where it has some.
    #[error("{0}")]
    Syntax(SyntaxReason),
    #[error("a template of {0}, which is not rendered")]
    Template(Template),
    #[error("{0} of Kustomize, which is not an object of its own")]
    Kustomize(KustomizePart),
    #[error("a symbolic link that leads out of the folder")]
    SymlinkOutside,
}

/// Message of a parser; a static text in nearly all cases.
pub type SyntaxReason = std::borrow::Cow<'static, str>;

/// What renders a template.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Template {
    Helm,
    Jinja,
    /// Has template syntax, of a program that could not be told.
    Unknown,
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Helm => "Helm",
            Self::Jinja => "Jinja",
            Self::Unknown => "an unknown program",
        })
    }
}

/// What a document is to Kustomize, if it is no object by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum KustomizePart {
    Kustomization,
    Component,
    Patch,
    /// Configuration of a transformer, generator or replacement.
    Configuration,
}

impl fmt::Display for KustomizePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kustomization => "a kustomization",
            Self::Component => "a component",
            Self::Patch => "a patch",
            Self::Configuration => "a configuration",
        })
    }
}

/// Something that was not read, or only in part.
#[derive(Error, Clone, PartialEq, Eq, Debug)]
#[error("{file}{}: {reason}", At(*position))]
pub struct Problem {
    pub file: Box<str>,
    /// Where it was noticed; nowhere if the whole file is meant.
    pub position: Option<Position>,
    pub loss: Loss,
    pub reason: Reason,
}

impl Problem {
    #[must_use]
    pub fn of_file(file: &str, reason: Reason) -> Self {
        Self { file: file.into(), position: None, loss: Loss::File, reason }
    }

    #[must_use]
    pub fn at(source: &Source, offset: u32, loss: Loss, reason: Reason) -> Self {
        Self { file: source.name().into(), position: Some(source.position(offset)), loss, reason }
    }
}

struct At(Option<Position>);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(Position { line, column }) => write!(f, ":{line}:{column}"),
            None => Ok(()),
        }
    }
}
