//! Checks that are controls of the Pod Security Standards agree with the standards' own evaluation.

use std::{collections::BTreeSet, fs, sync::Arc};

use kordon_finding::Subject;
use kordon_manifest::{Limits, Manifest};
use kordon_model::{Object, PodKinds, find_pods};
use kordon_posture::{
    Catalogue, CheckSet, Configuration, Facts, Judge, Subjects,
    pss::{Control, Level, LevelVersion, Standard},
};
use kordon_testkit::{shared, skip};

/// Where a check asks for less than the standard: a user id that is not root is as good as
/// `runAsNonRoot`, more capabilities than NET_BIND_SERVICE may be added where all are dropped, and
/// in a user namespace all of /proc may be seen.
const WEAKER: [Control; 3] =
    [Control::RunAsNonRoot, Control::CapabilitiesRestricted, Control::ProcMountRestricted];

#[test]
fn checks_agree_with_the_standards() {
    let Some(folder) = shared() else { return skip("the shared test data is not there") };
    let cases = fs::read_to_string(folder.join("conformance/psa/cases.jsonl")).unwrap();
    let only = vec!["POD".to_owned()];
    let configuration = Configuration { only, ..Configuration::default() };
    let set = CheckSet::compile(&Catalogue::builtin(), &configuration).unwrap();
    let mut judge = Judge::new(&set);
    let restricted = LevelVersion { level: Level::Restricted, version: "v1.37".parse().unwrap() };
    let baseline = LevelVersion { level: Level::Baseline, ..restricted };
    let mut complaints = BTreeSet::new();
    for case in cases.lines() {
        let case: serde_json::Value = serde_json::from_str(case).unwrap();
        // Checks read the annotations that today's servers ignore.
        if case["pod"]["metadata"]["annotations"].to_string().contains("seccomp") {
            continue;
        }
        let text = case["pod"].to_string().into_bytes();
        let manifest = Manifest::new("pod.json", text, Limits::default());
        let document = manifest.read(&manifest.parts()[0]).unwrap();
        let object = Object::from_root(document.tree.root()).unwrap();
        let pods = find_pods(object, &PodKinds::default());
        let violated: BTreeSet<Control> = [restricted, baseline]
            .into_iter()
            .flat_map(|level| Standard::new(level).violations(&pods[0]))
            .map(|violation| violation.control)
            .collect();
        let subject = Arc::new(Subject {
            api_version: object.api_version().into(),
            kind: object.kind().into(),
            namespace: None,
            name: object.display_name().into(),
        });
        let file = Arc::from("pod.json");
        let subjects = Subjects { object, pods: &pods, subject, file };
        let judged = judge.judge(&subjects, &Facts::default());
        assert!(judged.coverage.is_empty(), "{:?}", judged.coverage);
        let found: BTreeSet<&str> = judged.findings.iter().map(|f| &*f.rule.id).collect();
        for control in Control::ALL {
            let is_found = checks(control).iter().any(|id| found.contains(id));
            let is_violated = violated.contains(&control);
            if is_found != is_violated && !(WEAKER.contains(&control) && is_violated) {
                let id = &case["id"];
                complaints.insert(format!("{id} {}: {is_violated}, {found:?}", control.id()));
            }
        }
    }
    let complaints: Vec<String> = complaints.into_iter().collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// All checks that may tell of a violation, those included that stand for a lesser one.
fn checks(control: Control) -> Vec<&'static str> {
    let more: &[&str] = match control {
        Control::CapabilitiesBaseline => &["POD-016", "POD-017", "POD-018", "POD-019"],
        Control::HostPathVolumes => &["POD-034", "POD-035", "POD-036", "POD-037"],
        Control::SeccompProfileRestricted => &["POD-021", "POD-024"],
        _ => &[],
    };
    control.catalogue_ids().iter().chain(more).copied().collect()
}
