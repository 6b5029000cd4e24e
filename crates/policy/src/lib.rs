//! Policy documents compiled to programs and judged over objects.
//!
//! [`document_kind`] says which documents are policies. A [`PolicySetBuilder`] reads them, reports
//! every mistake, and compiles them to one immutable [`PolicySet`], which judges requests:
//! `(policies, request, facts) → verdicts`.

mod document;
mod matching;
mod problem;
mod request;

pub use document::{
    Actions, Cursor, DocumentKind, FailurePolicy, OnUnknown, Reason, SubjectKind, ValidationAction,
    document_kind,
};
pub use problem::{Level, Problem, Problems};
pub use request::{Attributes, Request, User};
