//! The one place where engines, policies and facts meet: objects in, findings and coverage out.
//!
//! An [`Assessor`] holds what a run asks, compiled; an [`Assessment`] asks it about one object
//! after the other, one assessment for each thread; [`Assessor::finish`] joins them and asks what
//! needs several objects.

mod pod_security;
mod policies;

use std::sync::Arc;

use kordon_finding::{Coverage, Covered, Finding, State, Subject};
use kordon_model::{Object, PodKinds, PodView, find_pods, resources::Resources};
use kordon_policy::PolicySet;
use kordon_posture::{CheckSet, Judge, Subjects, Workloads};

pub use pod_security::{PodSecurity, PodSecurityAssessment};
pub use policies::Namespaces;

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
        Assessed {
            findings: workloads.judge(&self.checks),
            coverage: self.checks.unassessed().to_vec(),
        }
    }
}

impl Assessment<'_> {
    pub fn assess(&mut self, object: Object<'_>, file: &Arc<str>) -> Assessed {
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
    let of_pod = |pod: &PodView<'_>| -> Vec<Coverage> {
        let entries = pod.malformed().iter().map(|field| {
            let position = subjects.object.locate(&field.path).position();
            Coverage {
                what: Covered::Object,
                file: Some(Arc::clone(&subjects.file)),
                line: position.line,
                column: position.column,
                id: None,
                state: State::Partial,
                reason: format!("{}: {} must be {}", subjects.subject, field.path, field.expected)
                    .into(),
            }
        });
        entries.collect()
    };
    subjects.pods.iter().flat_map(of_pod).collect()
}
