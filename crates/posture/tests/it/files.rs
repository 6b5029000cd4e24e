//! Check files of users: what is wrong with one is told with place and hint.

use insta::assert_snapshot;
use kordon_posture::{Catalogue, CheckSet, Configuration};

use crate::support::{compile, judge_all, line, trees};

const GOOD: &str = r#"
id: ACME-001
name: team-label-missing
title: No team label
severity: low
subject: object
kinds: [apps/Deployment]
fails: '!(object.metadata.?labels[?settings.label].hasValue())'
at: object.metadata.labels
message: "{kind} {name} has no label {settings.label}"
why: Nobody knows whom to ask.
attack: None.
remediation: Add the label.
settings:
  label: {type: string, default: team, about: The label.}
"#;

fn check(text: &str) -> String {
    let trees = trees("acme.yaml", text);
    let mut catalogue = Catalogue::new();
    if let Err(problems) = catalogue.add(trees[0].root()) {
        return problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    }
    match CheckSet::compile(&catalogue, &Configuration::default()) {
        Ok(set) => set.unassessed().iter().map(|part| part.reason.to_string()).collect(),
        Err(errors) => errors.to_string(),
    }
}

#[test]
fn mistakes_are_named_with_their_place() {
    assert_snapshot!(check(GOOD), @"");
    assert_snapshot!(check(&GOOD.replace("severity: low", "severity: lo\nfailz: x")), @r"
    acme.yaml:5:11: ACME-001: severity: `lo` is not one of critical, high, medium, low, info; did you mean `low`?
    acme.yaml:6:1: ACME-001: failz: unknown field; did you mean `fails`?
    ");
    assert_snapshot!(check(&GOOD.replace("title: No team label\n", "")), @"acme.yaml:2:1: ACME-001: title: is required");
    assert_snapshot!(check(&GOOD.replace("settings.label]", "settings.labl]")), @"acme.yaml:8:8: ACME-001: fails: undefined field 'labl' of kordon.Settings at `labl].hasValue())` in `!(object.metadata.?labels[?settings.labl].hasValue())`; did you mean 'label'?");
    assert_snapshot!(check(&GOOD.replace("at: object.", "at: spec.")), @"acme.yaml:9:5: ACME-001: at: a path begins with object, pod, container, item or credentials, not `spec`");
    assert_snapshot!(check(&GOOD.replace("{settings.label}\"", "{settings.label\"")), @"acme.yaml:10:10: ACME-001: message: a `{` is not closed");
    assert_snapshot!(check(&GOOD.replace("subject: object", "subject: pod")), @"acme.yaml:2:1: ACME-001: `kinds` is for the subject `object`");
    assert_snapshot!(check(&GOOD.replace("why:", "coveredBy: [ACME-002]\nwhy:")), @"acme.yaml:11:13: ACME-001: coveredBy[0]: no check is called `ACME-002`; did you mean `ACME-001`?");
    assert_snapshot!(check(&GOOD.replace("fails: '!(", "fails: 'string(")), @"acme.yaml:8:8: ACME-001: fails: must be of type bool, is string");
    assert_snapshot!(check(&GOOD.replace("default: team, ", "")), @"needs the setting label, which the configuration does not give");
}

#[test]
fn a_check_of_the_user_judges() {
    let mut catalogue = Catalogue::builtin();
    catalogue.add(trees("acme.yaml", GOOD)[0].root()).expect("a good file");
    let only = vec!["acme-*".to_owned()];
    let set = compile(&catalogue, &Configuration { only, ..Configuration::default() });
    let text = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}";
    let judged = judge_all(&set, &trees("a.yaml", text));
    let found: Vec<_> = judged.findings.iter().map(line).collect();
    assert_snapshot!(found.join("\n"), @"ACME-001 low Deployment/web - 1:51 metadata.labels: Deployment web has no label team");
}

#[test]
fn an_id_is_taken_once() {
    let mut catalogue = Catalogue::builtin();
    let tree = &trees("mine.yaml", &GOOD.replace("ACME-001", "POD-001"))[0];
    let problems = catalogue.add(tree.root()).expect_err("the id is taken");
    assert_snapshot!(problems[0].to_string(), @"mine.yaml:2:5: POD-001: id: `POD-001` is taken by checks/POD/POD-001-privileged-container.yaml");
}

#[test]
fn peers_names_select() {
    let catalogue = Catalogue::builtin();
    let ids = |word: &str| -> Vec<String> {
        catalogue.select(word).iter().map(|check| check.rule.id.to_string()).collect()
    };
    for word in ["POD-001", "pod-001", "privileged-container", "KSV-0017", "avd-ksv-0017", "KSV017"]
    {
        assert_eq!(ids(word), ["POD-001"], "{word}");
    }
    assert_eq!(ids("kubescape:C-0045"), ["POD-034", "POD-035"]);
    assert_eq!(ids("SA").len(), ids("SA-*").len());
    assert!(ids("nothing").is_empty());
}
