//! `kordon explain` and `kordon checks`.

use insta::assert_snapshot;

use crate::{kordon::Kordon, scan::PRIVILEGED};

#[test]
fn a_check_by_any_of_its_names() {
    let by_id = Kordon::new().run(&["explain", "POD-001"]);
    assert!(by_id.starts_with("exit: 0\n--- stdout\nPOD-001  Privileged container\n"), "{by_id}");
    for alias in ["KSV-0017", "ksv017", "C-0057", "privileged-container"] {
        assert_eq!(Kordon::new().run(&["explain", alias]), by_id, "{alias}");
    }
}

#[test]
fn what_is_not_there() {
    assert_snapshot!(Kordon::new().run(&["explain", "privileged-containr"]), @"
    exit: 2
    --- stderr
    kordon: nothing is called `privileged-containr`
    hint: did you mean `privileged-container`?
    ");
}

#[test]
fn a_finding_of_a_report() {
    let folder = Kordon::new().file("cart.yaml", PRIVILEGED);
    let scan = ["scan", ".", "--checks", "POD-001", "--format", "json"];
    folder.output(&[&scan[..], &["--output", "r.json"]].concat());
    let report = folder.json(&scan[..4]);
    let fingerprint = report["findings"][0]["fingerprint"].as_str().unwrap();
    let said = folder.run(&["explain", fingerprint, "--report", "r.json"]);
    assert!(said.contains("Pod/shop/cart\n  cart.yaml:9:21\n"), "{said}");
    assert!(said.contains("securityContext.privileged is true"), "{said}");
    assert!(said.contains("Why it matters"), "{said}");
    assert_eq!(folder.exit(&["explain", fingerprint]), 2);
}

#[test]
fn a_list_of_checks() {
    let all = Kordon::new().run(&["checks"]);
    assert!(all.lines().count() > 60, "{all}");
    assert_snapshot!(Kordon::new().run(&["checks", "list", "C-0057", "POD-002"]), @"
    exit: 0
    --- stdout
    POD-001   critical  Privileged container
    POD-002   high      Host PID namespace shared
    ");
}

#[test]
fn a_control_is_what_serves_it() {
    let said = Kordon::new().run(&["explain", "pod-security-standards/baseline.privileged"]);
    assert!(said.contains("POD-001  Privileged container (critical)"), "{said}");
}
