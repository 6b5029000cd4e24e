use serde_json::Value;

use crate::{Report, testing::Sample, write_json};

const SCHEMA: &str = include_str!("../../../../docs/report.schema.json");

fn render(report: &Report<'_>) -> (String, Value) {
    let mut bytes = Vec::new();
    write_json(report, &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let value = serde_json::from_str(&text).unwrap();
    (text, value)
}

fn problems(report: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::draft202012::options().should_validate_formats(true);
    let validator = validator.build(&schema).unwrap();
    validator.iter_errors(report).map(|error| format!("{error} at {}", error.instance_path())).collect()
}

#[test]
fn one_finding_a_line() {
    let sample = Sample::new();
    insta::assert_snapshot!(render(&sample.report()).0, @"");
}

#[test]
fn what_is_written_is_what_the_schema_says() {
    let sample = Sample::new();
    assert_eq!(problems(&render(&sample.report()).1), Vec::<String>::new());
    let empty = Report { coverage: &[], findings: &[], ..sample.report() };
    assert_eq!(problems(&render(&empty).1), Vec::<String>::new());
}

#[test]
fn the_schema_refuses_what_is_no_report() {
    let sample = Sample::new();
    let mut report = render(&sample.report()).1;
    report["findings"][0]["severity"] = "dreadful".into();
    report["findings"][1]["surprise"] = 1.into();
    report["coverage"][0]["state"] = Value::Null;
    assert_eq!(problems(&report).len(), 3);
}
