//! What the tests of checks share: manifests as text in, findings out.

use std::sync::Arc;

use kordon_finding::{Finding, Subject};
use kordon_manifest::{Limits, Manifest};
use kordon_model::{Object, PodKinds, Tree, find_pods, objects};
use kordon_posture::{
    Catalogue, CheckSet, Configuration, Facts, Judge, Judged, Subjects, Workloads,
};

/// All documents of a text.
pub(crate) fn trees(name: &str, text: &str) -> Vec<Tree> {
    let manifest = Manifest::new(name, text.as_bytes().to_vec(), Limits::default());
    let read = |part| manifest.read(part).unwrap_or_else(|problem| panic!("{problem}")).tree;
    manifest.parts().iter().map(read).collect()
}

pub(crate) fn compile(catalogue: &Catalogue, configuration: &Configuration) -> CheckSet {
    CheckSet::compile(catalogue, configuration).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The built-in checks with one of these ids; all that are on where the list is empty.
pub(crate) fn builtin(only: &[&str]) -> CheckSet {
    let only = only.iter().map(|id| (*id).to_owned()).collect();
    compile(&Catalogue::builtin(), &Configuration { only, ..Configuration::default() })
}

pub(crate) fn judge_all(set: &CheckSet, trees: &[Tree]) -> Judged {
    let mut judge = Judge::new(set);
    let mut all = Judged::default();
    for tree in trees {
        for object in objects(tree.root()) {
            let judged = judge_one(&mut judge, object.expect("an object"));
            all.findings.extend(judged.findings);
            all.coverage.extend(judged.coverage);
        }
    }
    all.findings.extend(Workloads::merge([judge.finish()]).judge(set));
    all
}

fn judge_one(judge: &mut Judge<'_>, object: Object<'_>) -> Judged {
    let pods = find_pods(object, &PodKinds::default());
    let subject = Arc::new(Subject {
        api_version: object.api_version().into(),
        kind: object.kind().into(),
        namespace: object.namespace().map(Box::from),
        name: object.display_name().into(),
    });
    let file = Arc::from(object.source().name());
    judge.judge(&Subjects { object, pods: &pods, subject, file }, &Facts::default())
}

/// `POD-001 high Deployment/web app 12:9 spec.…: message`
pub(crate) fn line(finding: &Finding) -> String {
    let location = &finding.location;
    let subject = finding.subject.as_ref().map(ToString::to_string).unwrap_or_default();
    let container = finding.container.as_deref().unwrap_or("-");
    format!(
        "{} {} {subject} {container} {}:{} {}: {}",
        finding.rule.id,
        finding.severity,
        location.line,
        location.column,
        location.path,
        finding.message
    )
}
