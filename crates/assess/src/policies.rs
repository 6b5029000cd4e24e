//! From verdicts of policies to findings and coverage.

use std::{collections::HashMap, sync::Arc};

use foldhash::fast::FixedState;
use kordon_finding::{
    Coverage, Covered, Finding, FindingKind, Fingerprint, Location, Rule, Severity, State,
};
use kordon_model::{
    NodeId, NodeRef, Object, PodView, Tree,
    resources::{CustomResource, ResourceRef},
};
use kordon_policy::{Facts, PodTemplate, PolicySet, Request, Verdict, Violation};
use kordon_posture::Subjects;

use crate::{Assessed, Assessor};

/// The Namespaces among the files, by name: what `namespaceObject` is.
#[derive(Default, Debug)]
pub struct Namespaces {
    by_name: HashMap<Box<str>, (Arc<Tree>, NodeId), FixedState>,
}

impl Namespaces {
    pub fn insert(&mut self, name: &str, tree: &Arc<Tree>, id: NodeId) {
        self.by_name.insert(name.into(), (Arc::clone(tree), id));
    }

    fn get(&self, name: &str) -> Option<NodeRef<'_>> {
        let (tree, id) = self.by_name.get(name)?;
        Some(tree.node(*id))
    }
}

pub(crate) fn judge(
    assessor: &Assessor,
    policies: &PolicySet,
    subjects: &Subjects<'_>,
    assessed: &mut Assessed,
) {
    let object = subjects.object;
    let guessed;
    let known = assessor.resources.by_kind(object.group(), object.version(), object.kind());
    let resource: ResourceRef<'_> = match known {
        Some(row) => row,
        None => {
            guessed = CustomResource::guess(object.group(), object.version(), object.kind());
            guessed.in_version(object.version())
        }
    };
    let mut request = Request::create(object.root(), resource);
    request.namespace_object = assessor.namespaces.get(request.attributes.namespace);
    let pod_template = subjects.pods.first().and_then(|pod| pod_template(object, pod));
    let facts = Facts { pod_template, ..Facts::default() };
    for verdict in policies.judge(&request, &facts) {
        report(subjects, &verdict, assessed);
    }
}

/// Where the Pod is that comes of an object, for policies of the subject `Pod`.
#[must_use]
pub fn pod_template<'t>(object: Object<'t>, pod: &PodView<'t>) -> Option<PodTemplate<'t>> {
    if object.is("", "Pod") {
        return Some(PodTemplate::Itself);
    }
    let mut path = pod.spec_path().clone();
    path.pop()?;
    Some(PodTemplate::Template(object.locate(&path).node))
}

fn report(subjects: &Subjects<'_>, verdict: &Verdict<'_>, assessed: &mut Assessed) {
    let rule = &verdict.policy.rule;
    for violation in &verdict.violations {
        assessed.findings.push(finding(subjects, verdict, violation));
    }
    for failed in &verdict.ignored {
        let message =
            format!("could not be evaluated, and failurePolicy is Ignore: {}", failed.message);
        let mut of_nothing = at_root(subjects, rule, &failed.path, &message);
        of_nothing.severity = Severity::Info;
        assessed.findings.push(of_nothing);
    }
    for unassessed in &verdict.unassessed {
        let root = subjects.object.root();
        let position = root.tree().source().position(root.span().start);
        assessed.coverage.push(Coverage {
            what: Covered::Policy,
            file: Some(Arc::clone(&subjects.file)),
            line: position.line,
            column: position.column,
            id: Some(Arc::from(&*rule.id)),
            state: State::NotAssessed,
            reason: format!("{}: {}", subjects.subject, unassessed.reason).into(),
        });
    }
}

fn finding(subjects: &Subjects<'_>, verdict: &Verdict<'_>, violation: &Violation) -> Finding {
    let rule = &verdict.policy.rule;
    let mut found = at_root(subjects, rule, &violation.path, &violation.message);
    let (Some(span), Some(first)) = (violation.span, violation.evidence.first()) else {
        return found;
    };
    let source = subjects.object.source();
    let position = source.position(span.start);
    found.location.line = position.line;
    found.location.column = position.column;
    found.location.path = Arc::clone(&first.path);
    found.evidence = violation.evidence.clone();
    found
}

/// A finding about the whole object. `part` is the policy's expression, which tells the findings
/// of one policy apart.
fn at_root(subjects: &Subjects<'_>, rule: &Arc<Rule>, part: &str, message: &str) -> Finding {
    debug_assert_eq!(rule.kind, FindingKind::Policy, "policies have rules of that kind");
    let root = subjects.object.root();
    let position = root.tree().source().position(root.span().start);
    Finding {
        rule: Arc::clone(rule),
        severity: rule.severity,
        subject: Some(Arc::clone(&subjects.subject)),
        container: None,
        principal: None,
        location: Location {
            file: Arc::clone(&subjects.file),
            line: position.line,
            column: position.column,
            path: Arc::from(""),
        },
        evidence: Vec::new(),
        message: Arc::from(message),
        fix: None,
        excepted: None,
        fingerprint: Fingerprint::new(&rule.id, Some(&subjects.subject), None, part),
    }
}
