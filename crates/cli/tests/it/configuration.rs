//! `kordon.yaml`.

use insta::assert_snapshot;

use crate::{kordon::Kordon, scan::PRIVILEGED};

const HEAD: &str = "apiVersion: kordon.dev/v1\nkind: Configuration\n";

#[test]
fn the_nearest_file_upwards_holds() {
    let folder = Kordon::new()
        .file(
            "kordon.yaml",
            format!("{HEAD}only: [POD-001]\nchecks: {{KSV-0017: {{severity: low}}}}\n"),
        )
        .file("cart.yaml", PRIVILEGED);
    let report = folder.json(&["scan", "cart.yaml"]);
    assert_eq!(report["findings"].as_array().unwrap().len(), 1);
    assert_eq!(report["findings"][0]["severity"], "low");
    assert_eq!(folder.exit(&["scan", "cart.yaml"]), 0);
    assert_eq!(folder.exit(&["scan", "cart.yaml", "--fail-on", "low"]), 1);
}

#[test]
fn a_scanned_folder_does_not_judge_itself() {
    let folder = Kordon::new()
        .file("theirs/kordon.yaml", format!("{HEAD}skip: [POD-001]\n"))
        .file("theirs/cart.yaml", PRIVILEGED);
    let report = folder.json(&["scan", "theirs", "--checks", "POD-001"]);
    assert_eq!(report["findings"].as_array().unwrap().len(), 1);
    let chosen = ["scan", "theirs", "--checks", "POD-001", "--config", "theirs/kordon.yaml"];
    assert_eq!(folder.json(&chosen)["findings"].as_array().unwrap().len(), 0);
}

#[test]
fn settings_reach_their_check() {
    let pod = PRIVILEGED.replace("nginx", "registry.example.com/a:1");
    let settings = "checks: {IMG-004: {settings: {registries: [ghcr.io]}}}\n";
    let folder =
        Kordon::new().file("cart.yaml", pod).file("conf/kordon.yaml", format!("{HEAD}{settings}"));
    let arguments = ["scan", "cart.yaml", "--checks", "IMG-004"];
    let without = folder.json(&arguments);
    let entries = without["coverage"].as_array().unwrap();
    assert!(entries.iter().any(|one| one["id"] == "IMG-004" && one["state"] == "not-assessed"));
    let with = folder.json(&[&arguments[..], &["--config", "conf/kordon.yaml"]].concat());
    assert_eq!(with["findings"][0]["id"], "IMG-004");
}

#[test]
fn mistakes_are_told_before_anything_is_scanned() {
    let folder = Kordon::new()
        .file("kordon.yaml", format!("{HEAD}failOn: always\nskp: [a]\n"))
        .file("cart.yaml", PRIVILEGED);
    assert_snapshot!(folder.run(&["scan", "cart.yaml"]), @"
    exit: 2
    --- stderr
    kordon: kordon.yaml:3:9: Configuration: failOn: `always` is no severity; use critical, high, medium, low or info
    kordon.yaml:4:1: Configuration: skp: unknown field; did you mean `skip`?
    hint: docs/configuration.md says what kordon.yaml has
    ");
    let folder = Kordon::new().file("cart.yaml", PRIVILEGED);
    assert_snapshot!(folder.run(&["scan", "cart.yaml", "--skip", "POD-0001"]), @"
    exit: 2
    --- stderr
    kordon: no check is called `POD-0001`; did you mean `POD-001`?
    hint: `kordon checks` lists all
    ");
    assert_snapshot!(folder.run(&["scan", "cart.yaml", "--config", "no.yaml"]), @"
    exit: 2
    --- stderr
    kordon: cannot read no.yaml: No such file or directory (os error 2)
    ");
}
