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
    validator
        .iter_errors(report)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect()
}

#[test]
fn one_finding_a_line() {
    let sample = Sample::new();
    insta::assert_snapshot!(render(&sample.report()).0, @r#"
    {"schema":"kordon.report/v1","tool":{"version":"0.1.0"},"started":"2026-11-25T07:10:00Z","target":{"kind":"manifests","name":"shop"},
    "coverage":[
    {"what":"file","file":"shop/cart.yaml","state":"assessed"},
    {"what":"file","file":"shop/bro ken.yaml","state":"not-assessed","reason":"not readable: permission denied"},
    {"what":"document","file":"shop/cart.yaml","line":40,"column":1,"state":"not-assessed","reason":"a Helm template"},
    {"what":"check","id":"IMG-003","state":"not-assessed","reason":"no allowed registries in kordon.yaml"}],
    "findings":[
    {"id":"RES-001","aliases":["KSV-0017"],"kind":"misconfiguration","title":"No memory limit","severity":"low","subject":{"kind":"Deployment","apiVersion":"apps/v1","namespace":"shop","name":"cart","container":"app"},"principal":null,"location":{"file":"shop/cart.yaml","line":19,"column":15,"path":"spec.template.spec.containers[0].securityContext.privileged"},"evidence":[{"path":"spec.template.spec.containers[0].securityContext.privileged","value":true}],"message":"container app has no memory limit","remediation":"Set a memory limit.","fix":null,"controls":["cis-kubernetes-1.12/5.2.2"],"excepted":null,"fingerprint":"1b4ea559e98242c5fa9776802e00dba2"},
    {"id":"POD-001","aliases":["KSV-0017"],"kind":"misconfiguration","title":"Privileged container","severity":"critical","subject":{"kind":"Deployment","apiVersion":"apps/v1","namespace":"shop","name":"cart","container":"app"},"principal":null,"location":{"file":"shop/cart.yaml","line":21,"column":15,"path":"spec.template.spec.containers[0].securityContext.privileged"},"evidence":[{"path":"spec.template.spec.containers[0].securityContext.privileged","value":true}],"message":"container app is privileged","remediation":"Set `privileged` to false; add the single capability that is needed instead.","fix":{"safety":"review","edits":[{"op":"set","path":"spec.template.spec.containers[0].securityContext.privileged","value":false}]},"controls":["cis-kubernetes-1.12/5.2.2"],"excepted":null,"fingerprint":"ca70171b64979482aa8c7c2e0e2b475b"},
    {"id":"RES-001","aliases":["KSV-0017"],"kind":"misconfiguration","title":"No memory limit","severity":"low","subject":{"kind":"Deployment","apiVersion":"apps/v1","namespace":"shop","name":"订单服务","container":"app"},"principal":null,"location":{"file":"shop/cart.yaml","line":7,"column":15,"path":"spec.template.spec.containers[0].securityContext.privileged"},"evidence":[{"path":"spec.template.spec.containers[0].securityContext.privileged","value":true}],"message":"容器没有内存限制","remediation":"Set a memory limit.","fix":null,"controls":["cis-kubernetes-1.12/5.2.2"],"excepted":null,"fingerprint":"ec3d01b5aac0a95621171b90a5d1a450"},
    {"id":"RES-001","aliases":["KSV-0017"],"kind":"misconfiguration","title":"No memory limit","severity":"low","subject":null,"principal":null,"location":{"file":"shop/cart.yaml","column":15,"path":"spec.template.spec.containers[0].securityContext.privileged"},"evidence":[{"path":"spec.template.spec.containers[0].securityContext.privileged","value":true}],"message":"the cluster has no limits","remediation":"Set a memory limit.","fix":null,"controls":["cis-kubernetes-1.12/5.2.2"],"excepted":null,"fingerprint":"fee3cb71f7e35ebe4c1c5edb6a59adcd"},
    {"id":"RES-001","aliases":["KSV-0017"],"kind":"misconfiguration","title":"No memory limit","severity":"low","subject":{"kind":"Deployment","apiVersion":"apps/v1","namespace":"shop","name":"cart","container":"app"},"principal":null,"location":{"file":"shop/cart.yaml","line":18,"column":15,"path":"spec.template.spec.containers[0].securityContext.privileged"},"evidence":[{"path":"spec.template.spec.containers[0].securityContext.privileged","value":true}],"message":"container app has no memory limit","remediation":"Set a memory limit.","fix":null,"controls":["cis-kubernetes-1.12/5.2.2"],"excepted":"batch only","fingerprint":"1b4ea559e98242c5fa9776802e00dba2"}],
    "controls":[],
    "summary":{"critical":1,"high":0,"medium":0,"low":3,"info":0,"excepted":1}}
    "#);
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

#[test]
fn a_forecast_fits_the_schema() {
    let namespaces = [crate::NamespaceForecast {
        namespace: "shop".into(),
        workloads: 3,
        enforced: Some("baseline:latest".into()),
        blocking: vec![crate::Blocker {
            workload: "Deployment/cart".into(),
            controls: vec![("hostPorts".into(), vec!["spec.x".into()])],
        }],
        malformed: vec!["Pod/odd".into()],
    }];
    let sample = Sample::new();
    let mut report = sample.report();
    report.target.pod_security =
        Some(crate::PodSecurity { level: "restricted", version: "v1.37", namespaces: &namespaces });
    let (_, value) = render(&report);
    assert_eq!(problems(&value), Vec::<String>::new());
    assert_eq!(
        value["target"]["namespaces"][0]["blocking"][0]["controls"][0]["control"],
        "hostPorts"
    );
}
