use crate::testing::problems;

#[track_caller]
fn check(document: &str, expected: &[&str]) {
    let found = problems(document);
    let found: Vec<_> = found.lines().collect();
    assert_eq!(found, expected);
}

#[test]
fn mistakes_are_named_with_place_and_hint() {
    check(
        "apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: p}
spec:
  failurePolicy: Maybe
  matchConstraint: {}
  validations:
  - {expression: 'true', reason: Why}
",
        &[
            "policy.yaml:5:3: ValidatingAdmissionPolicy/p: spec.matchConstraints: is required",
            "policy.yaml:5:18: ValidatingAdmissionPolicy/p: spec.failurePolicy: `Maybe` is not one of Fail, Ignore",
            "policy.yaml:6:3: ValidatingAdmissionPolicy/p: spec.matchConstraint: unknown field; did you mean `matchConstraints`?",
            "policy.yaml:8:34: ValidatingAdmissionPolicy/p: spec.validations[0].reason: `Why` is not one of Forbidden, Invalid, RequestEntityTooLarge, Unauthorized",
        ],
    );
}

#[test]
fn kinds_that_cannot_be_judged_are_refused_by_name() {
    let found = problems("apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: p}\n");
    assert!(found.contains("ClusterPolicy (kyverno.io/v1) cannot be judged"), "{found}");
}

#[test]
fn an_expression_that_does_not_compile_is_placed_in_its_line() {
    let found = problems(
        "apiVersion: kordon.dev/v1
kind: Policy
metadata: {name: p}
spec:
  matchConstraints:
    resourceRules:
    - {apiGroups: [''], apiVersions: [v1], operations: ['*'], resources: [pods]}
  validations:
  - expression: object.spec.x == 1 && reqest.name == 'a'
",
    );
    assert!(found.contains("policy.yaml:9:39: Policy/p: spec.validations[0].expression: undeclared reference to 'reqest'"), "{found}");
}

#[test]
fn a_field_that_no_matched_kind_has_is_a_warning() {
    let found = problems(
        "apiVersion: kordon.dev/v1
kind: Policy
metadata: {name: p}
spec:
  matchConstraints:
    resourceRules:
    - {apiGroups: [apps], apiVersions: [v1], operations: ['*'], resources: [deployments, daemonsets]}
  variables:
  - {name: cs, expression: object.spec.template.spec.containers}
  validations:
  - expression: object.spec.replicas > 1 || variables.cs.all(c, c.imagePullPolice == 'Always')
  - expression: object.metadata.labels.anything == 'x'
",
    );
    assert_eq!(
        found,
        "policy.yaml:11:67: Policy/p: spec.validations[0].expression: no matched kind has the field `imagePullPolice` here; did you mean `imagePullPolicy`?\n"
    );
}
