//! From text to trees, sets and verdicts, for the tests of this crate.

use std::{fmt::Write as _, sync::Arc};

use kordon_base::KubernetesVersion;
use kordon_manifest::{Limits, Manifest};
use kordon_model::{
    Tree,
    resources::{Resources, group_version},
};

use crate::{Facts, PolicySet, PolicySetBuilder, Problem, Request, Verdict};

pub(crate) fn trees(file: &str, text: &str) -> Vec<Arc<Tree>> {
    let manifest = Manifest::new(file, text.as_bytes().to_vec(), Limits::default());
    let read = |part| Arc::new(manifest.read(part).expect("the test's YAML is fine").tree);
    manifest.parts().iter().map(read).collect()
}

/// The set of all documents of a text, and what is wrong with them.
pub(crate) fn set(text: &str) -> (PolicySet, Vec<Problem>) {
    let mut builder = PolicySetBuilder::new(KubernetesVersion::NEWEST);
    for tree in trees("policy.yaml", text) {
        builder.add(&tree, tree.root());
    }
    builder.build(Arc::new(Resources::default()))
}

/// The problems of a text, one a line.
pub(crate) fn problems(text: &str) -> String {
    let (_, problems) = set(text);
    problems.iter().map(|problem| format!("{problem}\n")).collect()
}

/// The verdicts on the creation of an object, in words.
pub(crate) fn verdicts(policies: &str, object: &str) -> String {
    let (set, problems) = set(policies);
    let errors: Vec<_> =
        problems.iter().filter(|problem| problem.level == crate::Level::Error).collect();
    assert!(errors.is_empty(), "the policies do not load: {errors:?}");
    let resources = Resources::default();
    let mut text = String::new();
    for tree in trees("object.yaml", object) {
        let root = tree.root();
        let word = |key| root.get(key).and_then(|node| node.as_str()).expect("an object");
        let (group, version) = group_version(word("apiVersion"));
        let row = resources.by_kind(group, version, word("kind")).expect("a built-in kind");
        let request = Request::create(root, row);
        for verdict in set.judge(&request, &Facts::default()) {
            describe(&mut text, &verdict);
        }
    }
    text
}

fn describe(text: &mut String, verdict: &Verdict<'_>) {
    let binding = verdict.binding.map_or("-", |binding| &binding.name);
    let (id, state) = (&verdict.policy.rule.id, verdict.state);
    writeln!(text, "{id} {binding}: {state:?}").expect("a String takes everything");
    for violation in &verdict.violations {
        writeln!(text, "  {}: {}", violation.path, violation.message).expect("as before");
        for evidence in &violation.evidence {
            writeln!(text, "    {} = {}", evidence.path, evidence.value).expect("as before");
        }
    }
    for unassessed in &verdict.unassessed {
        writeln!(text, "  {}: {}", unassessed.path, unassessed.reason).expect("as before");
    }
    for ignored in &verdict.ignored {
        writeln!(text, "  ignored: {}: {}", ignored.path, ignored.message).expect("as before");
    }
    for (key, value) in &verdict.audit_annotations {
        writeln!(text, "  {key}: {value}").expect("as before");
    }
}
