//! What is wrong with an expression before it is evaluated.

use std::fmt;

use kordon_base::Span;

/// One mistake: where, what, and what may mend it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Byte range in the expression's text.
    pub span: Span,
    pub message: Box<str>,
    pub hint: Option<Box<str>>,
}

/// An expression that does not compile; at least one problem, in the order of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CompileError {
    pub problems: Vec<Problem>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (idx, problem) in self.problems.iter().enumerate() {
            if idx > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for CompileError {}
