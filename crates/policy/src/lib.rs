//! Policy documents compiled to programs and judged over objects.
//!
//! [`document_kind`] says which documents are policies. A [`PolicySetBuilder`] reads them, reports
//! every mistake, and compiles them to one immutable [`PolicySet`], which judges requests:
//! `(policies, request, facts) → verdicts`.

mod document;
mod environment;
mod input;
mod judge;
mod matching;
mod params;
mod problem;
mod request;
mod set;
#[cfg(test)]
mod testing;
mod verdict;

pub use document::{
    Actions, Cursor, DocumentKind, FailurePolicy, OnUnknown, Reason, SubjectKind, ValidationAction,
    document_kind,
};
pub use judge::{Facts, PodTemplate};
pub use problem::{Level, Problem, Problems, did_you_mean};
pub use request::{Attributes, Request, User};
pub use set::{PolicySet, PolicySetBuilder};
pub use verdict::{BindingInfo, Failed, PolicyInfo, State, Unassessed, Verdict, Violation};
