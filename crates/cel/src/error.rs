//! What an evaluation gives when it gives no value: an error, or that it depends on the unknown.

use std::{fmt, sync::Arc};

use kordon_base::Span;

use crate::plan::node::NodeIdx;

/// An error of evaluation: what went wrong, where in the expression, and what may mend it.
#[derive(Clone, PartialEq, Eq)]
pub struct EvalError(Arc<Body>);

#[derive(Clone, PartialEq, Eq)]
struct Body {
    kind: ErrorKind,
    message: Box<str>,
    span: Option<Span>,
    /// Where it arose in the plan, until that is turned into a place of the text.
    node: Option<NodeIdx>,
    hint: Option<Box<str>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorKind {
    NoSuchKey,
    NoSuchOverload,
    IndexOutOfRange,
    DivisionByZero,
    Overflow,
    /// An argument has the right type and a value that cannot be used: `int('x')`.
    InvalidArgument,
    DuplicateKey,
    OptionalNone,
    UndeclaredVariable,
    /// The cost budget is spent.
    CostExceeded,
    /// The iteration budget is spent.
    IterationsExceeded,
    /// The interrupt callback asked to stop: the deadline has passed.
    Interrupted,
    /// The expression nests deeper than the limit.
    TooDeep,
    Other,
}

impl EvalError {
    pub fn new(kind: ErrorKind, message: impl Into<Box<str>>) -> Self {
        let (message, span, node, hint) = (message.into(), None, None, None);
        Self(Arc::new(Body { kind, message, span, node, hint }))
    }

    /// An argument with a value that cannot be used.
    pub fn invalid(message: impl Into<Box<str>>) -> Self {
        Self::new(ErrorKind::InvalidArgument, message)
    }

    #[must_use]
    pub fn no_such_overload() -> Self {
        Self::new(ErrorKind::NoSuchOverload, "no such overload")
    }

    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Where in the expression.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.0.span
    }

    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<Box<str>>) -> Self {
        self.body().hint = Some(hint.into());
        self
    }

    /// Sets the place, unless a deeper one is known.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.body().span.get_or_insert(span);
        self
    }

    /// Sets the node, unless a deeper one is known.
    pub(crate) fn at_node(mut self, node: NodeIdx) -> Self {
        if self.0.node.is_none() {
            self.body().node = Some(node);
        }
        self
    }

    pub(crate) fn node(&self) -> Option<NodeIdx> {
        self.0.node
    }

    /// The body to change, copied where another error shares it.
    fn body(&mut self) -> &mut Body {
        Arc::make_mut(&mut self.0)
    }

    /// Whether the evaluation was stopped by a limit, which `||` and `&&` do not absorb.
    #[must_use]
    pub fn is_limit(&self) -> bool {
        matches!(
            self.0.kind,
            ErrorKind::CostExceeded | ErrorKind::IterationsExceeded | ErrorKind::Interrupted
        )
    }
}

impl fmt::Display for EvalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        match &self.0.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for EvalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({})", self.0.kind, self)
    }
}

impl std::error::Error for EvalError {}

/// The result depends on something that is not known here: the dotted paths that were read, as
/// `request.userInfo.username`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown {
    pub paths: Vec<Box<str>>,
}

/// No value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    Error(EvalError),
    Unknown(Box<Unknown>),
}

impl Failure {
    #[cold]
    pub(crate) fn at_node(self, node: NodeIdx) -> Self {
        match self {
            Self::Error(error) => Self::Error(error.at_node(node)),
            unknown @ Self::Unknown(_) => unknown,
        }
    }
}

impl From<EvalError> for Failure {
    fn from(error: EvalError) -> Self {
        Self::Error(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(error) => error.fmt(f),
            Self::Unknown(unknown) => write!(f, "depends on {}", unknown.paths.join(", ")),
        }
    }
}

impl std::error::Error for Failure {}
