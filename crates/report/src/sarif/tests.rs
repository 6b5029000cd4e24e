use serde_json::Value;

use super::{Artifacts, Region, Replacement, write_sarif};
use crate::{Report, testing::Sample};

const SCHEMA: &str = include_str!("../../testdata/sarif-2.1.0.schema.json");

/// The second finding of the sample can be mended.
struct Mended(Vec<Replacement>);

impl Artifacts for Mended {
    fn replacements(&self, finding_idx: usize) -> &[Replacement] {
        if finding_idx == 1 { &self.0 } else { &[] }
    }
}

fn render(report: &Report<'_>) -> (String, Value) {
    let region = Region { start: (21, 15), end: (21, 19) };
    let mended = Mended(vec![Replacement { region, text: "false".into() }]);
    let mut bytes = Vec::new();
    write_sarif(report, &mended, &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let value = serde_json::from_str(&text).unwrap();
    (text, value)
}

fn problems(log: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    let validator = options.build(&schema).unwrap();
    validator
        .iter_errors(log)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect()
}

#[test]
fn the_official_schema_holds() {
    let sample = Sample::new();
    assert_eq!(problems(&render(&sample.report()).1), Vec::<String>::new());
    let empty = Report { coverage: &[], findings: &[], ..sample.report() };
    assert_eq!(problems(&render(&empty).1), Vec::<String>::new());
    let mut broken = render(&sample.report()).1;
    broken["runs"][0]["results"][0]["level"] = "dreadful".into();
    broken["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["region"]["startLine"] =
        0.into();
    assert_eq!(problems(&broken).len(), 2);
}

#[test]
fn rules_results_and_what_was_not_looked_at() {
    let sample = Sample::new();
    insta::assert_snapshot!(render(&sample.report()).0, @r#"
    {"$schema":"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json","version":"2.1.0","runs":[{
    "tool":{"driver":{"name":"kordon","informationUri":"https://kordon.dev","version":"0.1.0","rules":[
    {"defaultConfiguration":{"level":"error"},"fullDescription":{"text":"Why it matters."},"help":{"markdown":"Set `privileged` to false; add the single capability that is needed instead.","text":"Set `privileged` to false; add the single capability that is needed instead."},"id":"POD-001","name":"some-bad-state","properties":{"aliases":["KSV-0017"],"security-severity":"9.5","tags":["security","misconfiguration","cis-kubernetes-1.12/5.2.2"]},"shortDescription":{"text":"Privileged container"}},
    {"defaultConfiguration":{"level":"note"},"fullDescription":{"text":"Why it matters."},"help":{"markdown":"Set a memory limit.","text":"Set a memory limit."},"id":"RES-001","name":"some-bad-state","properties":{"aliases":["KSV-0017"],"security-severity":"3.0","tags":["security","misconfiguration","cis-kubernetes-1.12/5.2.2"]},"shortDescription":{"text":"No memory limit"}}]}},
    "columnKind":"unicodeCodePoints",
    "invocations":[{"executionSuccessful":true,"startTimeUtc":"2026-11-25T07:10:00Z","toolExecutionNotifications":[{"descriptor":{"id":"coverage/file"},"level":"warning","locations":[{"physicalLocation":{"artifactLocation":{"uri":"shop/bro%20ken.yaml"}}}],"message":{"text":"not-assessed: not readable: permission denied"}},{"descriptor":{"id":"coverage/document"},"level":"warning","locations":[{"physicalLocation":{"artifactLocation":{"uri":"shop/cart.yaml"},"region":{"startColumn":1,"startLine":40}}}],"message":{"text":"not-assessed: a Helm template"}},{"descriptor":{"id":"coverage/check"},"level":"warning","message":{"text":"IMG-003 not-assessed: no allowed registries in kordon.yaml"}}]}],
    "results":[
    {"level":"note","locations":[{"logicalLocations":[{"fullyQualifiedName":"Deployment/shop/cart/app","kind":"resource","name":"cart"}],"physicalLocation":{"artifactLocation":{"uri":"shop/cart.yaml"},"region":{"startColumn":15,"startLine":19}}}],"message":{"text":"container app has no memory limit"},"partialFingerprints":{"kordon/v1":"1b4ea559e98242c5fa9776802e00dba2"},"properties":{"evidence":[{"path":"spec.template.spec.containers[0].securityContext.privileged","value":true}],"path":"spec.template.spec.containers[0].securityContext.privileged","remediation":"Set a memory limit.","severity":"low"},"ruleId":"RES-001","ruleIndex":1},
    {"fixes":[{"artifactChanges":[{"artifactLocation":{"uri":"shop/cart.yaml"},"replacements":[{"deletedRegion":{"endColumn":19,"endLine":21,"startColumn":15,"startLine":21},"insertedContent":{"text":"false"}}]}],"description":{"text":"Set `privileged` to false; add the single capability that is needed instead."}}],"level":"error","locations":[{"logicalLocations":[{"fullyQualifiedName":"Deployment/shop/cart/app","kind":"resource","name":"cart"}],"physicalLocation":{"artifactLocation":{"uri":"shop/cart.yaml"},"region":{"startColumn":15,"startLine":21}}}],"message":{"text":"container app is privileged"},"partialFingerprints":{"kordon/v1":"ca70171b64979482aa8c7c2e0e2b475b"},"properties":{"evidence":[{"path":"spec.template.spec.containers[0].securityContext.privileged","value":true}],"path":"spec.template.spec.containers[0].securityContext.privileged","remediation":"Set `privileged` to false; add the single capability that is needed instead.","severity":"critical"},"ruleId":"POD-001","ruleIndex":0},
    {"level":"note","locations":[{"logicalLocations":[{"fullyQualifiedName":"Deployment/shop/订单服务/app","kind":"resource","name":"订单服务"}],"physicalLocation":{"artifactLocation":{"uri":"shop/cart.yaml"},"region":{"startColumn":15,"startLine":7}}}],"message":{"text":"容器没有内存限制"},"partialFingerprints":{"kordon/v1":"ec3d01b5aac0a95621171b90a5d1a450"},"properties":{"evidence":[{"path":"spec.template.spec.containers[0].securityContext.privileged","value":true}],"path":"spec.template.spec.containers[0].securityContext.privileged","remediation":"Set a memory limit.","severity":"low"},"ruleId":"RES-001","ruleIndex":1},
    {"level":"note","locations":[{"physicalLocation":{"artifactLocation":{"uri":"shop/cart.yaml"}}}],"message":{"text":"the cluster has no limits"},"partialFingerprints":{"kordon/v1":"fee3cb71f7e35ebe4c1c5edb6a59adcd"},"properties":{"evidence":[{"path":"spec.template.spec.containers[0].securityContext.privileged","value":true}],"path":"spec.template.spec.containers[0].securityContext.privileged","remediation":"Set a memory limit.","severity":"low"},"ruleId":"RES-001","ruleIndex":1},
    {"level":"note","locations":[{"logicalLocations":[{"fullyQualifiedName":"Deployment/shop/cart/app","kind":"resource","name":"cart"}],"physicalLocation":{"artifactLocation":{"uri":"shop/cart.yaml"},"region":{"startColumn":15,"startLine":18}}}],"message":{"text":"container app has no memory limit"},"partialFingerprints":{"kordon/v1":"1b4ea559e98242c5fa9776802e00dba2"},"properties":{"evidence":[{"path":"spec.template.spec.containers[0].securityContext.privileged","value":true}],"path":"spec.template.spec.containers[0].securityContext.privileged","remediation":"Set a memory limit.","severity":"low"},"ruleId":"RES-001","ruleIndex":1,"suppressions":[{"justification":"batch only","kind":"external"}]}]
    }]}
    "#);
}
