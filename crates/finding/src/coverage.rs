//! What was looked at, what was not, and why.

use std::sync::Arc;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Covered {
    File,
    Document,
    Object,
    Check,
    Policy,
    Control,
}

impl Covered {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Document => "document",
            Self::Object => "object",
            Self::Check => "check",
            Self::Policy => "policy",
            Self::Control => "control",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum State {
    Assessed,
    Partial,
    NotAssessed,
}

impl State {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Assessed => "assessed",
            Self::Partial => "partial",
            Self::NotAssessed => "not-assessed",
        }
    }
}

/// One entry of a report's coverage: each file once, and everything that was not or only partly
/// judged.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Coverage {
    pub what: Covered,
    pub file: Option<Arc<str>>,
    /// From 1; 0 where the whole file is meant.
    pub line: u32,
    pub column: u32,
    /// Of the check, policy or control.
    pub id: Option<Arc<str>>,
    pub state: State,
    /// Empty when assessed.
    pub reason: Box<str>,
}
