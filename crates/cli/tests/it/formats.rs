//! What programs read of a scan, held against the schemas.

use serde_json::Value;

use crate::{kordon::Kordon, scan::PRIVILEGED};

const REPORT: &str = include_str!("../../../../docs/report.schema.json");
const SARIF: &str = include_str!("../../../report/testdata/sarif-2.1.0.schema.json");

fn folder() -> Kordon {
    Kordon::new()
        .file("a/cart.yaml", PRIVILEGED)
        .file(
            "a b/é.yaml",
            "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {hostPID: yes}\n",
        )
        .file("broken.yaml", "a: [\n")
        .file("chart/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n")
        .file("chart/templates/a.yaml", "apiVersion: v1\nkind: {{ .Values.kind }}\n")
        .file(
            "kustomization.yaml",
            "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n",
        )
}

fn problems(schema: &str, document: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    let validator = options.build(&schema).unwrap();
    let errors = validator.iter_errors(document);
    errors.map(|error| format!("{error} at {}", error.instance_path())).collect()
}

#[test]
fn json_is_what_its_schema_says() {
    let report = folder().json(&["scan", "."]);
    assert_eq!(problems(REPORT, &report), Vec::<String>::new());
    assert_eq!(report["target"]["name"], ".");
    let total: u64 = ["critical", "high", "medium", "low", "info"]
        .iter()
        .map(|level| report["summary"][level].as_u64().unwrap())
        .sum();
    assert_eq!(total, report["findings"].as_array().unwrap().len() as u64);
    let unread = |file: &str| {
        let entries = report["coverage"].as_array().unwrap().iter();
        entries.filter(|entry| entry["file"] == file && entry["state"] != "assessed").count()
    };
    assert_eq!(unread("a/cart.yaml"), 0);
    assert!(unread("broken.yaml") > 0);
    assert!(unread("chart/templates/a.yaml") > 0);
    assert!(unread("kustomization.yaml") > 0);
}

#[test]
fn sarif_is_what_its_schema_says() {
    let output = folder().output(&["scan", ".", "--format", "sarif"]);
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(problems(SARIF, &log), Vec::<String>::new());
    let results = log["runs"][0]["results"].as_array().unwrap();
    let privileged = results.iter().find(|result| result["ruleId"] == "POD-001").unwrap();
    let place = &privileged["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a/cart.yaml");
    assert_eq!(place["region"]["startLine"], 9);
    assert_eq!(place["region"]["startColumn"], 21);
    let change = &privileged["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(change["deletedRegion"]["endColumn"], 25);
    assert_eq!(change["insertedContent"]["text"], "false");
    let rule = privileged["ruleIndex"].as_u64().unwrap();
    let rule = &log["runs"][0]["tool"]["driver"]["rules"][usize::try_from(rule).unwrap()];
    assert_eq!(rule["id"], "POD-001");
    let notes = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert!(notes.to_string().contains("chart/templates/a.yaml"), "{notes}");
}
