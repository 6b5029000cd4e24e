//! Policy documents as they stand in a file, read and validated as the API server validates them,
//! with every mistake reported in one run.

mod binding;
mod cursor;
mod matches;
mod names;
mod ours;
mod policy;

use kordon_model::NodeRef;
use kordon_model::resources::group_version;

use crate::problem::Problems;
pub use cursor::Cursor;

pub use binding::ValidationAction;
pub(crate) use binding::{Binding, NotFoundAction, ParamChoice, ParamRef};
pub(crate) use matches::{MatchPolicy, MatchResources, ResourcePattern, Rule, RuleScope};
pub use policy::{Actions, FailurePolicy, OnUnknown, Reason, SubjectKind};
pub(crate) use policy::{Expression, ParamKind, Policy, Validation};

const ADMISSION: &str = "admissionregistration.k8s.io";
const KORDON: &str = "kordon.dev";

/// What a document is to the policy engine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DocumentKind {
    /// ValidatingAdmissionPolicy, or `Policy` of kordon.
    Policy,
    /// ValidatingAdmissionPolicyBinding.
    Binding,
    /// A policy of a kind that kordon does not judge by (yet): an error when it is loaded.
    Unsupported,
}

/// Whether a document is a policy or belongs to one; `None` for everything else (such as the
/// parameters of policies).
#[must_use]
pub fn document_kind(root: NodeRef<'_>) -> Option<DocumentKind> {
    let text = |key| root.get(key).and_then(NodeRef::as_str);
    let (group, _) = group_version(text("apiVersion")?);
    match (group, text("kind")?) {
        (ADMISSION, "ValidatingAdmissionPolicy") | (KORDON, "Policy") => Some(DocumentKind::Policy),
        (ADMISSION, "ValidatingAdmissionPolicyBinding") => Some(DocumentKind::Binding),
        (ADMISSION, "MutatingAdmissionPolicy" | "MutatingAdmissionPolicyBinding")
        | (KORDON, _)
        | ("kyverno.io" | "policies.kyverno.io" | "templates.gatekeeper.sh", _) => {
            Some(DocumentKind::Unsupported)
        }
        (group, _) if group.ends_with(".gatekeeper.sh") => Some(DocumentKind::Unsupported),
        _ => None,
    }
}

/// A document that can be used.
pub(crate) enum Document<'t> {
    Policy(Box<Policy<'t>>),
    Binding(Box<Binding>),
}

/// Reads a policy document. Without errors there is a document; problems may be warnings only.
pub(crate) fn read<'t>(root: NodeRef<'t>) -> (Option<Document<'t>>, Problems<'t>) {
    let text = |node: NodeRef<'t>, key| node.get(key).and_then(NodeRef::as_str).unwrap_or("");
    let (api_version, kind) = (text(root, "apiVersion"), text(root, "kind"));
    let name = root.at(&["metadata", "name"]).and_then(NodeRef::as_str).unwrap_or("");
    let mut problems = Problems::of(root, &format!("{kind}/{name}"));
    let cursor = Cursor::root(root);
    let (group, version) = group_version(api_version);
    let versions: &[&str] = match (group, kind) {
        (ADMISSION, "ValidatingAdmissionPolicy" | "ValidatingAdmissionPolicyBinding") => {
            &["v1", "v1beta1", "v1alpha1"]
        }
        (KORDON, "Policy") => &["v1"],
        _ => &[],
    };
    if versions.is_empty() {
        problems.error_with_hint(
            cursor.offset(),
            "kind",
            format!("{kind} ({api_version}) cannot be judged by this version of kordon"),
            Some(
                "ValidatingAdmissionPolicy with its bindings and Policy (kordon.dev/v1) can".into(),
            ),
        );
        return (None, problems);
    }
    if !versions.contains(&version) {
        let offset = root.get("apiVersion").map_or(0, |node| node.span().start);
        let hint = format!("known are {}", versions.join(", ")).into();
        let message = format!("{kind} has no version `{version}`");
        problems.error_with_hint(offset, "apiVersion", message, Some(hint));
        return (None, problems);
    }
    let document = match kind {
        "ValidatingAdmissionPolicyBinding" => {
            binding::read(&cursor, &mut problems).map(|found| Document::Binding(Box::new(found)))
        }
        _ => policy::read(&cursor, &mut problems).map(|found| Document::Policy(Box::new(found))),
    };
    let document = document.filter(|_| !problems.has_errors());
    (document, problems)
}

#[cfg(test)]
mod tests;
