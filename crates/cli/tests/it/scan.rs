//! What people see of a scan, and the gate.

use std::{io::Read as _, process::Stdio};

use insta::assert_snapshot;

use crate::kordon::Kordon;

pub(crate) const PRIVILEGED: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: cart, namespace: shop}
spec:
  containers:
    - name: app
      image: nginx
      securityContext:
        privileged: true
";

const HARMLESS: &str = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";

#[test]
fn a_table() {
    let folder = Kordon::new().file("cart.yaml", PRIVILEGED);
    assert_snapshot!(folder.run(&["scan", ".", "--checks", "POD-001"]), @"
    exit: 1
    --- stdout
    Pod/shop/cart  cart.yaml
      critical  POD-001  9:21  container app runs privileged: it has every capability and every device
                               of the node

    What to do
      POD-001  Privileged container  × 1
        Remove `privileged` and grant what the program really needs: a single capability, a single
        device through a device plugin, or a read-only mount.

    Coverage
      Files: 1 assessed, 0 in part, 0 not

    Findings: 1 (1 critical · 0 high · 0 medium · 0 low · 0 info), objects: 1
    ");
}

#[test]
fn in_the_language_of_the_environment() {
    let folder = Kordon::new().file("a.yaml", HARMLESS).variable("LANG", "zh_CN.UTF-8");
    assert_snapshot!(folder.run(&["scan", ".", "--checks", "POD-001"]), @"
    exit: 0
    --- stdout
    覆盖范围
      已评估 1 个文件，部分评估 0 个，未评估 0 个

    未发现问题。
    ");
    let english = folder.run(&["scan", ".", "--checks", "POD-001", "--lang", "en"]);
    assert!(english.contains("No findings."), "{english}");
}

#[test]
fn standard_input() {
    let folder = Kordon::new().stdin(PRIVILEGED);
    let report = folder.json(&["scan", "-", "--checks", "KSV-0017"]);
    assert_eq!(report["findings"][0]["location"]["file"], "-");
    assert_eq!(report["findings"][0]["location"]["line"], 9);
    assert_eq!(report["findings"][0]["location"]["column"], 21);
}

#[test]
fn the_gate() {
    let folder = Kordon::new().file("cart.yaml", PRIVILEGED).file("other/a.yaml", HARMLESS);
    let check = |arguments: &[&str], exit: i32| {
        let arguments = [arguments, &["--checks", "POD-001"]].concat();
        assert_eq!(folder.exit(&arguments), exit, "{arguments:?}");
    };
    check(&["scan", "other"], 0);
    check(&["scan", "cart.yaml"], 1);
    check(&["scan", "cart.yaml", "--fail-on", "critical"], 1);
    check(&["scan", "cart.yaml", "--fail-on", "never"], 0);
    check(&["scan", "cart.yaml", "--fail-on", "often"], 2);
    check(&["scan", "cart.yaml", "nothing-there.yaml"], 2);
    check(&["scan"], 2);
}

#[test]
fn what_is_hidden_still_counts_at_the_gate() {
    let folder = Kordon::new().file("cart.yaml", PRIVILEGED);
    let arguments = ["scan", "cart.yaml", "--checks", "IMG-001", "--severity", "high"];
    let said = folder.run(&[&arguments[..], &["--fail-on", "medium"]].concat());
    assert!(said.starts_with("exit: 1\n"), "{said}");
    assert!(said.contains("1 below the chosen severity are not shown"), "{said}");
}

#[test]
fn coverage_counts_on_demand() {
    let folder = Kordon::new().file("a.yaml", format!("{HARMLESS}---\na: [\n---\n{HARMLESS}"));
    let check = |flag: &[&str], exit: i32| {
        let arguments = [&["scan", "a.yaml", "--checks", "POD-001"], flag].concat();
        let said = folder.run(&arguments);
        assert!(said.starts_with(&format!("exit: {exit}\n")), "{flag:?} {said}");
        assert!(said.contains("not-assessed: a.yaml:"), "{said}");
    };
    check(&[], 0);
    check(&["--fail-on-coverage"], 1);
    check(&["--strict"], 2);
    check(&["--fail-on-coverage", "--strict"], 2);
}

#[test]
fn duplicate_keys_are_told_and_are_no_gap() {
    let folder = Kordon::new().file("a.yaml", format!("{HARMLESS}kind: Namespace\n"));
    assert_snapshot!(folder.run(&["scan", ".", "--checks", "POD-001", "--strict"]), @"
    exit: 0
    --- stdout
    Coverage
      Files: 1 assessed, 0 in part, 0 not

    No findings.
    --- stderr
    note: a.yaml:2:1: the key is there twice; the last value counts
    ");
}

#[test]
fn a_report_in_a_file() {
    let folder = Kordon::new().file("cart.yaml", PRIVILEGED);
    let arguments = ["scan", ".", "--checks", "POD-001", "--format", "json", "-o", "out.json"];
    assert_snapshot!(folder.run(&arguments), @"
    exit: 1
    --- stderr
    report: out.json
    ");
    let text = std::fs::read_to_string(folder.path().join("out.json")).unwrap();
    assert!(text.starts_with("{\"schema\":\"kordon.report/v1\""), "{text}");
    let nowhere = folder.run(&["scan", ".", "--output", "no/such/folder/out.json"]);
    assert!(nowhere.starts_with("exit: 2\n"), "{nowhere}");
}

#[test]
fn a_report_is_saved_beside_the_table() {
    let folder = Kordon::new().file("cart.yaml", PRIVILEGED);
    let scan = ["scan", ".", "--checks", "POD-001", "--save"];
    let said = folder.run(&[&scan[..], &["r.sarif"]].concat());
    assert!(said.contains("Pod/shop/cart  cart.yaml"), "{said}");
    assert!(said.ends_with("report: r.sarif\n"), "{said}");
    let text = std::fs::read_to_string(folder.path().join("r.sarif")).unwrap();
    assert!(text.contains("sarif-schema-2.1.0.json"), "{text}");
}

#[test]
fn the_reader_of_a_scan_may_go() {
    let folder = Kordon::new().file("cart.yaml", PRIVILEGED);
    let mut command = folder.command(&["scan", ".", "--checks", "POD-001"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut child = command.stdout(Stdio::from(writer)).spawn().unwrap();
    let mut said = String::new();
    child.stderr.take().expect("it is piped").read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}

#[test]
fn the_order_of_threads_does_not_show() {
    let mut folder = Kordon::new();
    for n in 0..40 {
        folder = folder.file(&format!("f{n}/a.yaml"), PRIVILEGED.replace("cart", &format!("c{n}")));
    }
    let scan = |jobs: &str| {
        let mut report = folder.json(&["scan", ".", "--jobs", jobs]);
        report["started"] = "".into();
        report
    };
    assert_eq!(scan("1"), scan("4"));
}

#[test]
fn a_scan_that_asks_nothing_is_not_clean() {
    let folder = Kordon::new().file("cart.yaml", PRIVILEGED);
    let text = folder.run(&["scan", ".", "--skip", "*", "--strict"]);
    assert!(text.starts_with("exit: 2\n"), "{text}");
    assert!(text.contains("not-assessed: no check was asked"), "{text}");
}
