use crate::testing::verdicts;

const DEPLOYMENT: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, labels: {tier: front}}
spec:
  replicas: 7
  template:
    spec:
      containers:
      - {name: a, image: a:1}
      - {name: b, image: b:1, securityContext: {privileged: true}}
";

/// A ValidatingAdmissionPolicy on Deployments with the given rest of its spec (2 spaces deep).
fn policy(rest: &str) -> String {
    let head = "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: p}
spec:
  matchConstraints:
    resourceRules:
    - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}
";
    format!("{head}{rest}")
}

#[track_caller]
fn check(rest: &str, expected: &str) {
    let found = verdicts(&policy(rest), DEPLOYMENT);
    assert_eq!(found.trim_end(), expected.trim_start_matches('\n').trim_end());
}

#[test]
fn a_false_validation_is_a_violation_with_its_message_and_evidence() {
    check(
        "
  validations:
  - expression: object.spec.replicas <= 5
    messageExpression: \"'at most 5, not ' + string(object.spec.replicas)\"
",
        "
ValidatingAdmissionPolicy/p -: Fail
  spec.validations[0].expression: at most 5, not 7
    spec.replicas = 7
",
    );
}

#[test]
fn without_a_message_the_expression_is_the_message() {
    check(
        "
  validations:
  - {expression: object.spec.replicas <= 5, message: ''}
",
        "
ValidatingAdmissionPolicy/p -: Fail
  spec.validations[0].expression: failed expression: object.spec.replicas <= 5
    spec.replicas = 7
",
    );
}

#[test]
fn a_false_match_condition_skips_even_beside_an_error() {
    check(
        "
  matchConditions:
  - {name: error, expression: object.spec.missing == 1}
  - {name: other, expression: object.metadata.name != 'web'}
  validations:
  - {expression: 'false'}
",
        "ValidatingAdmissionPolicy/p -: Skip",
    );
}

#[test]
fn an_error_is_what_failure_policy_says() {
    let rest = "
  validations:
  - {expression: object.spec.missing == 1}
";
    check(
        rest,
        "
ValidatingAdmissionPolicy/p -: Fail
  spec.validations[0].expression: could not be evaluated: no such key: missing
    spec = \"a map of 2 entries\"
",
    );
    check(
        &format!("{rest}  failurePolicy: Ignore"),
        "
ValidatingAdmissionPolicy/p -: Pass
  ignored: spec.validations[0].expression: no such key: missing
",
    );
}

#[test]
fn what_reads_the_user_is_not_assessed() {
    check(
        "
  validations:
  - {expression: request.userInfo.username == 'admin'}
  - {expression: object.spec.replicas == 7 || request.userInfo.username == 'admin'}
",
        "
ValidatingAdmissionPolicy/p -: NotAssessed
  spec.validations[0].expression: depends on request.userInfo.username, which is not known here
",
    );
}

#[test]
fn variables_are_lazy_and_may_use_earlier_ones() {
    check(
        "
  variables:
  - {name: bad, expression: object.spec.missing}
  - {name: containers, expression: object.spec.template.spec.containers}
  - {name: names, expression: 'variables.containers.map(c, c.name)'}
  validations:
  - {expression: \"variables.names == ['a', 'b']\"}
  - {expression: \"true || variables.bad == 1\"}
",
        "ValidatingAdmissionPolicy/p -: Pass",
    );
}

#[test]
fn audit_annotations_are_given_with_the_verdict() {
    check(
        "
  auditAnnotations:
  - {key: replicas, valueExpression: 'string(object.spec.replicas)'}
  - {key: none, valueExpression: 'null'}
",
        "
ValidatingAdmissionPolicy/p -: Pass
  replicas: 7
",
    );
}

#[test]
fn a_request_is_seen_as_what_the_policy_matched() {
    let policies = "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: p}
spec:
  matchConstraints:
    resourceRules:
    - {apiGroups: [autoscaling], apiVersions: [v1], operations: ['*'], resources: ['*']}
  validations:
  - expression: request.kind.version == 'v1' && request.requestKind.version == 'v2'
";
    let object = "
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
";
    assert_eq!(verdicts(policies, object), "ValidatingAdmissionPolicy/p -: Pass\n");
}

#[test]
fn bindings_choose_objects_and_parameters() {
    let policies = "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: p}
spec:
  paramKind: {apiVersion: v1, kind: ConfigMap}
  matchConstraints:
    resourceRules:
    - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}
  validations:
  - {expression: object.spec.replicas <= int(params.data.max), message: too many}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: front}
spec:
  policyName: p
  validationActions: [Deny]
  paramRef: {selector: {matchLabels: {for: front}}, parameterNotFoundAction: Deny}
  matchResources: {objectSelector: {matchLabels: {tier: front}}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: back}
spec:
  policyName: p
  validationActions: [Deny]
  paramRef: {name: nothing, parameterNotFoundAction: Deny}
  matchResources: {objectSelector: {matchLabels: {tier: back}}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: missing}
spec:
  policyName: p
  validationActions: [Audit]
  paramRef: {name: nothing, parameterNotFoundAction: Deny}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: low, namespace: shop, labels: {for: front}}
data: {max: '5'}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: high, namespace: shop, labels: {for: front}}
data: {max: '50'}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: elsewhere, namespace: other, labels: {for: front}}
data: {max: '1'}
";
    let expected = "ValidatingAdmissionPolicy/p front: Fail
  spec.validations[0].expression: too many
    spec.replicas = 7
ValidatingAdmissionPolicy/p front: Pass
ValidatingAdmissionPolicy/p missing: Fail
  spec.paramKind: failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction
";
    assert_eq!(verdicts(policies, DEPLOYMENT), expected);
}

#[test]
fn own_policies_take_inline_params_and_judge_pod_templates() {
    let policies = "
apiVersion: kordon.dev/v1
kind: Policy
metadata: {name: registries}
spec:
  subject: Object
  params: {max: 5}
  matchConstraints:
    resourceRules:
    - {apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: [deployments]}
  validations:
  - {expression: object.spec.replicas <= params.max, message: too many}
";
    let expected = "Policy/registries -: Fail
  spec.validations[0].expression: too many
    spec.replicas = 7
";
    assert_eq!(verdicts(policies, DEPLOYMENT), expected);
}
