//! The examples in check files are their tests: each failing one gives a finding of its check, each
//! passing one gives none, and nothing stays unjudged.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use kordon_finding::{Finding, Subject};
use kordon_manifest::{Limits, Manifest};
use kordon_model::{NodeRef, Object, PodKinds, Tree, find_pods};
use kordon_posture::{
    Catalogue, CheckDocument, CheckSet, Configuration, Facts, Judge, Override, Profile, Subjects,
    Workloads,
};

#[test]
fn examples_hold() {
    let files = files();
    assert!(files.len() > 50, "only {} check files were found", files.len());
    let trees: Vec<Tree> = files.iter().map(|file| tree(file)).collect();
    let mut catalogue = Catalogue::new();
    for tree in &trees {
        catalogue.add(tree.root()).unwrap_or_else(|problems| panic!("{}", lines(&problems)));
    }
    let mut complaints = Vec::new();
    for (check, tree) in catalogue.checks().iter().zip(&trees) {
        complaints.extend(complaints_about(&catalogue, check, tree));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn files_are_named_by_what_they_hold() {
    for file in files() {
        let tree = tree(&file);
        let text = |key| tree.root().get(key).and_then(NodeRef::as_str).unwrap_or_default();
        let name = format!("{}-{}.yaml", text("id"), text("name"));
        assert!(file.ends_with(&name), "{} should be {name}", file.display());
    }
}

#[test]
fn the_program_has_them_all() {
    let catalogue = Catalogue::builtin();
    assert_eq!(catalogue.checks().len(), files().len());
    let everything = Configuration {
        profiles: vec![Profile::Security, Profile::Reliability],
        ..Configuration::default()
    };
    CheckSet::compile(&catalogue, &everything).unwrap_or_else(|errors| panic!("{errors}"));
}

fn complaints_about(catalogue: &Catalogue, check: &CheckDocument, tree: &Tree) -> Vec<String> {
    let id = &*check.rule.id;
    let mut complaints = Vec::new();
    for (kind, fails) in [("failing", true), ("passing", false)] {
        let examples = tree.root().at(&["examples", kind]);
        let examples: Vec<_> = examples.into_iter().flat_map(NodeRef::items).collect();
        if examples.is_empty() {
            complaints.push(format!("{id}: there is no {kind} example"));
        }
        for (idx, example) in examples.into_iter().enumerate() {
            let (findings, unjudged) = judge(catalogue, id, example);
            complaints.extend(unjudged.iter().map(|reason| format!("{id} {kind} {idx}: {reason}")));
            if findings.is_empty() == fails {
                let found: Vec<_> = findings.iter().map(|finding| &*finding.message).collect();
                complaints.push(format!("{id} {kind} {idx}: found {found:?}"));
            }
        }
    }
    complaints
}

/// Only this check is asked, so that no other one covers its findings.
fn judge(catalogue: &Catalogue, id: &str, example: NodeRef<'_>) -> (Vec<Finding>, Vec<String>) {
    let settings = example.get("settings").into_iter().flat_map(NodeRef::entries);
    let settings: BTreeMap<String, serde_json::Value> = settings
        .map(|(key, value)| (key.as_str().unwrap_or_default().to_owned(), json(value)))
        .collect();
    let mut configuration = Configuration { only: vec![id.to_owned()], ..Configuration::default() };
    configuration.overrides.insert(id.to_owned(), Override { settings, ..Override::default() });
    let set = CheckSet::compile(catalogue, &configuration).unwrap_or_else(|e| panic!("{id}: {e}"));
    let objects = match example.get("objects") {
        Some(objects) => objects.items().collect(),
        None => vec![example],
    };
    let mut judge = Judge::new(&set);
    let mut findings = Vec::new();
    let mut unjudged: Vec<String> =
        set.unassessed().iter().map(|part| part.reason.to_string()).collect();
    for root in objects {
        let object = Object::from_root(root).unwrap_or_else(|| panic!("{id}: {root:?}"));
        let pods = find_pods(object, &PodKinds::default());
        let credentials = kordon_secrets::facts(object, &pods);
        let subject = Subject {
            api_version: object.api_version().into(),
            kind: object.kind().into(),
            namespace: object.namespace().map(Box::from),
            name: object.display_name().into(),
        };
        let (subject, file) = (Arc::new(subject), Arc::from("example"));
        let subjects = Subjects { object, pods: &pods, subject, file };
        let judged = judge.judge(&subjects, &Facts { credentials: &credentials });
        findings.extend(judged.findings);
        unjudged.extend(judged.coverage.iter().map(|part| part.reason.to_string()));
    }
    findings.extend(Workloads::merge([judge.finish()]).judge(&set));
    (findings, unjudged)
}

fn json(node: NodeRef<'_>) -> serde_json::Value {
    serde_json::from_str(&format!("{node:?}")).expect("a node prints as JSON")
}

fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../checks");
    let mut files = Vec::new();
    for folder in fs::read_dir(root).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            files.push(file.unwrap().path());
        }
    }
    files.sort();
    files
}

pub(crate) fn tree(file: &Path) -> Tree {
    let name = file.display().to_string();
    let manifest = Manifest::new(&name, fs::read(file).unwrap(), Limits::default());
    let [part] = manifest.parts() else { panic!("{name}: one document was expected") };
    manifest.read(part).unwrap_or_else(|problem| panic!("{problem}")).tree
}

fn lines(problems: &[kordon_policy::Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
