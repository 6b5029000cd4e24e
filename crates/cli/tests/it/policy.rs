//! `kordon policy` and `kordon scan --policy`.

use crate::kordon::Kordon;

const POLICY: &str = "\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: replicas}
spec:
  matchConstraints:
    resourceRules:
    - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}
  validations:
  - expression: object.spec.replicas <= 5
    messageExpression: \"'at most 5, not ' + string(object.spec.replicas)\"
  - expression: request.userInfo.username != 'nobody'
  - expression: authorizer.group('apps').resource('deployments').namespace('shop').check('create').allowed()
    message: must be allowed
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: everywhere}
spec: {policyName: replicas, validationActions: [Deny]}
";
const DEPLOYMENT: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 7
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec:
      containers:
      - {name: c, image: web:1}
";

fn kordon() -> Kordon {
    let kordon = Kordon::new();
    std::fs::write(kordon.path().join("policy.yaml"), POLICY).unwrap();
    std::fs::write(kordon.path().join("web.yaml"), DEPLOYMENT).unwrap();
    kordon
}

#[test]
fn eval_tells_verdicts_with_evidence_and_what_is_unknown() {
    let text = kordon().run(&["policy", "eval", "--policy", "policy.yaml", "web.yaml"]);
    assert!(text.starts_with("exit: 1\n"), "{text}");
    for part in [
        "Deployment/shop/web  web.yaml",
        "fail          ValidatingAdmissionPolicy/replicas with binding everywhere",
        "spec.validations[0].expression: at most 5, not 7",
        "spec.replicas is 7",
        "depends on request.userInfo.username, which is not known here",
        "depends on authorizer, which is not known here",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_request_supplies_the_user_and_the_authorizer() {
    let kordon = kordon();
    let request = "\
request:
  operation: UPDATE
  userInfo: {username: nobody}
authorizer:
- {verbs: [create], apiGroups: [apps], resources: [deployments], namespaces: [other]}
";
    std::fs::write(kordon.path().join("request.yaml"), request).unwrap();
    let arguments = ["policy", "eval", "--policy", "policy.yaml", "--request", "request.yaml"];
    let text = kordon.run(&[&arguments[..], &["--format", "json", "web.yaml"]].concat());
    assert!(text.starts_with("exit: 1\n"), "{text}");
    assert!(text.contains("\"message\": \"must be allowed\""), "{text}");
    assert!(text.contains("failed expression: request.userInfo.username != 'nobody'"), "{text}");
    assert!(text.contains("\"unassessed\": []"), "{text}");
}

#[test]
fn lint_names_every_mistake_with_its_place() {
    let kordon = kordon();
    let text = kordon.run(&["policy", "lint", "policy.yaml"]);
    assert!(text.starts_with("exit: 0\n"), "{text}");
    let broken = POLICY.replace("object.spec.replicas <= 5", "objekt.spec.replicas <= 5");
    std::fs::write(kordon.path().join("policy.yaml"), broken).unwrap();
    let text = kordon.run(&["policy", "lint", "policy.yaml"]);
    assert!(text.starts_with("exit: 1\n"), "{text}");
    assert!(text.contains("policy.yaml:9:17: ValidatingAdmissionPolicy/replicas"), "{text}");
}

#[test]
fn a_scan_judges_by_policies_too() {
    let kordon = kordon();
    let arguments = ["scan", "--policy", "policy.yaml", "--format", "json", "web.yaml"];
    let text = kordon.run(&arguments);
    assert!(text.contains("\"id\":\"ValidatingAdmissionPolicy/replicas\""), "{text}");
    assert!(text.contains("\"line\":5,\"column\":13,\"path\":\"spec.replicas\""), "{text}");
    assert!(text.contains("depends on authorizer"), "{text}");
}

#[test]
fn eval_does_not_hide_what_it_could_not_read() {
    let kordon = kordon();
    let list = "apiVersion: v1\nkind: List\nitems: [{a: b}]\n";
    std::fs::write(kordon.path().join("list.yaml"), list).unwrap();
    std::fs::write(kordon.path().join("broken.yaml"), "a: [").unwrap();
    let arguments = ["policy", "eval", "--policy", "policy.yaml", "list.yaml", "broken.yaml"];
    let text = kordon.run(&arguments);
    assert!(text.starts_with("exit: 0\n"), "{text}");
    assert!(
        text.contains("not-assessed: list.yaml:3:9: items[0]: no apiVersion and kind"),
        "{text}"
    );
    assert!(text.contains("not-assessed: broken.yaml:1:"), "{text}");
    let strict = kordon.run(&[&arguments[..], &["--strict", "--format", "json"]].concat());
    assert!(strict.starts_with("exit: 2\n"), "{strict}");
    assert!(strict.contains("\"unread\": [\n    \"broken.yaml:1:"), "{strict}");
}
