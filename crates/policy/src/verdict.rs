//! What judging a request by a policy gives.

use std::sync::Arc;

use kordon_base::Span;
use kordon_cel::{ErrorKind, EvalError};
use kordon_finding::{Evidence, Rule};

use crate::{FailurePolicy, Reason, ValidationAction};

/// One policy's word on one request, by one binding and one parameter object.
#[derive(Clone, Debug)]
pub struct Verdict<'s> {
    pub policy: &'s PolicyInfo,
    /// The binding's name and actions; absent for policies that are judged without one.
    pub binding: Option<&'s BindingInfo>,
    /// `namespace/name` or `name` of the parameter object.
    pub param: Option<Box<str>>,
    pub state: State,
    pub violations: Vec<Violation>,
    /// What could not be decided, and why.
    pub unassessed: Vec<Unassessed>,
    /// Evaluation errors that `failurePolicy: Ignore` made harmless.
    pub ignored: Vec<Failed>,
    pub audit_annotations: Vec<(Box<str>, Box<str>)>,
    /// In the API server's cost units.
    pub cost: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// A match condition excludes the request.
    Skip,
    Pass,
    Fail,
    /// Something that decides is not known here.
    NotAssessed,
}

/// What a set knows of one policy, whatever the request.
#[derive(Debug)]
pub struct PolicyInfo {
    /// Id `Kind/name`.
    pub rule: Arc<Rule>,
    pub name: Box<str>,
    pub kind: Box<str>,
    pub failure_policy: FailurePolicy,
    pub actions: crate::Actions,
    /// File, line and column of the document.
    pub file: Arc<str>,
    pub position: kordon_base::Position,
}

#[derive(Debug)]
pub struct BindingInfo {
    pub name: Box<str>,
    pub actions: Vec<ValidationAction>,
}

#[derive(Clone, Debug)]
pub struct Violation {
    /// `spec.validations[0].expression`; of the policy itself where it could not be evaluated.
    pub path: Box<str>,
    pub message: Box<str>,
    pub reason: Reason,
    /// The evaluation failed, and `failurePolicy: Fail` makes that a violation.
    pub error: Option<EvalError>,
    /// What the expression read and found, the deciding value first.
    pub evidence: Vec<Evidence>,
    /// Of the deciding value in the object's file.
    pub span: Option<Span>,
}

/// An expression without a value.
#[derive(Clone, Debug)]
pub struct Failed {
    pub path: Box<str>,
    pub message: Box<str>,
    pub kind: ErrorKind,
}

/// A part of a policy that depends on what is not known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unassessed {
    pub path: Box<str>,
    pub reason: Box<str>,
}
