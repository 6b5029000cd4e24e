//! The one place where engines, policies and facts meet: objects in, findings and coverage out.
//!
//! An [`Assessor`] holds what a run asks, compiled; an [`Assessment`] asks it about one object
//! after the other, one assessment for each thread; [`Assessor::finish`] joins them and asks what
//! needs several objects.

mod pod_security;
mod policies;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use kordon_finding::{Coverage, Covered, Finding, State, Subject};
use kordon_model::{NodeRef, Object, PodKinds, PodView, find_pods, resources::Resources};
use kordon_policy::PolicySet;
use kordon_posture::{CheckSet, Judge, Subjects, Workloads};

pub use pod_security::{PodSecurity, PodSecurityAssessment};
pub use policies::{Namespaces, pod_template};

/// What a run asks.
#[derive(Debug)]
pub struct Assessor {
    pub checks: CheckSet,
    /// The user's policies, where there are any.
    pub policies: Option<PolicySet>,
    /// Custom resources that have pods, by the user's configuration.
    pub pod_kinds: PodKinds,
    /// Kinds of the cluster and of the definitions among the files.
    pub resources: Resources,
    /// The Namespaces among the files.
    pub namespaces: Namespaces,
}

/// What is said of one object, or of several.
#[derive(Debug, Default)]
pub struct Assessed {
    pub findings: Vec<Finding>,
    pub coverage: Vec<Coverage>,
}

/// Asks about objects on one thread.
#[derive(Debug)]
pub struct Assessment<'a> {
    assessor: &'a Assessor,
    judge: Judge<'a>,
}

impl Assessor {
    #[must_use]
    pub fn start(&self) -> Assessment<'_> {
        Assessment { assessor: self, judge: Judge::new(&self.checks) }
    }

    /// What can be said only when every object was seen, and what was never asked.
    #[must_use]
    pub fn finish<'a>(&'a self, parts: impl IntoIterator<Item = Assessment<'a>>) -> Assessed {
        let workloads = Workloads::merge(parts.into_iter().map(|part| part.judge.finish()));
        let mut coverage = self.checks.unassessed().to_vec();
        if self.policies.is_none() && self.checks.rules().next().is_none() {
            coverage.push(nothing_asked());
        }
        Assessed { findings: workloads.judge(&self.checks), coverage }
    }
}

impl Assessment<'_> {
    pub fn assess(&mut self, object: Object<'_>, file: &Arc<str>) -> Assessed {
        guarded(object, file, || self.judge(object, file)).unwrap_or_else(|unjudged| {
            // What the judge keeps may be half done.
            self.judge = Judge::new(&self.assessor.checks);
            unjudged
        })
    }

    fn judge(&mut self, object: Object<'_>, file: &Arc<str>) -> Assessed {
        let pods = find_pods(object, &self.assessor.pod_kinds);
        let credentials = kordon_secrets::facts(object, &pods);
        let subjects =
            Subjects { object, pods: &pods, subject: subject(object), file: Arc::clone(file) };
        let facts = kordon_posture::Facts { credentials: &credentials };
        let judged = self.judge.judge(&subjects, &facts);
        let mut assessed = Assessed { findings: judged.findings, coverage: judged.coverage };
        assessed.coverage.extend(malformed(&subjects));
        if let Some(policies) = &self.assessor.policies {
            policies::judge(self.assessor, policies, &subjects, &mut assessed);
        }
        assessed
    }
}

/// A run that asks nothing finds nothing, which is no clean bill.
fn nothing_asked() -> Coverage {
    Coverage {
        what: Covered::Check,
        file: None,
        line: 0,
        column: 0,
        id: None,
        state: State::NotAssessed,
        reason: "no check was asked: what was chosen and left out leaves none".into(),
    }
}

/// What makes an engine panic costs this object, not the scan: the error is what to say of it.
fn guarded(
    object: Object<'_>,
    file: &Arc<str>,
    judge: impl FnOnce() -> Assessed,
) -> Result<Assessed, Assessed> {
    catch_unwind(AssertUnwindSafe(judge)).map_err(|_panic| {
        let reason = format!("{}: could not be judged, by a fault of kordon", subject(object));
        let entry = object_entry(object.root(), file, State::NotAssessed, reason);
        Assessed { findings: Vec::new(), coverage: vec![entry] }
    })
}

/// Whom the findings are about. An object whose name the API server is to make goes by what it
/// will begin with.
fn subject(object: Object<'_>) -> Arc<Subject> {
    Arc::new(Subject {
        api_version: object.api_version().into(),
        kind: object.kind().into(),
        namespace: object.namespace().map(Into::into),
        name: object.display_name().into(),
    })
}

/// Fields of a wrong type: the API server would refuse the object, and what such a field means
/// cannot be judged.
fn malformed(subjects: &Subjects<'_>) -> Vec<Coverage> {
    let fields = subjects.pods.iter().flat_map(PodView::malformed);
    let entries = fields.map(|field| {
        let node = subjects.object.locate(&field.path).node;
        let reason = format!(
            "{}: {} must be {}; the API server refuses the object",
            subjects.subject, field.path, field.expected
        );
        object_entry(node, &subjects.file, State::Partial, reason)
    });
    entries.collect()
}

fn object_entry(node: NodeRef<'_>, file: &Arc<str>, state: State, reason: String) -> Coverage {
    let position = node.tree().source().position(node.span().start);
    Coverage {
        what: Covered::Object,
        file: Some(Arc::clone(file)),
        line: position.line,
        column: position.column,
        id: None,
        state,
        reason: reason.into(),
    }
}
