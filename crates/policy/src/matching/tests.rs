use crate::testing::verdicts;

/// Whether a policy with these match constraints (6 spaces deep) is for the object.
#[track_caller]
fn check(constraints: &str, object: &str, expected: bool) {
    let policy = format!(
        "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {{name: p}}
spec:
  matchConstraints:
{constraints}
  validations:
  - expression: 'true'
"
    );
    let found = verdicts(&policy, object);
    assert_eq!(!found.is_empty(), expected, "{constraints} on {object}: {found:?}");
}

const PODS: &str = "    resourceRules:
    - {apiGroups: [''], apiVersions: ['*'], operations: [CREATE], resources: [pods]}";
const POD: &str =
    "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop, labels: {x: '1'}}}";
const NODE: &str = "{apiVersion: v1, kind: Node, metadata: {name: a}}";

#[test]
fn rules_name_resources() {
    check(PODS, POD, true);
    check(PODS, NODE, false);
    let rule = |resources: &str, scope: &str| {
        format!(
            "    resourceRules:
    - {{apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: [{resources}], scope: '{scope}'}}"
        )
    };
    check(&rule("'*'", "*"), NODE, true);
    check(&rule("'*/*'", "*"), NODE, true);
    check(&rule("'*/status'", "*"), NODE, false);
    check(&rule("pods/status", "*"), POD, false);
    check(&rule("'*'", "Cluster"), POD, false);
    check(&rule("'*'", "Namespaced"), POD, true);
    check(&rule("'*'", "Cluster"), NODE, true);
}

#[test]
fn selectors_and_exclusions_narrow() {
    let with = |rest: &str| format!("{PODS}\n    {rest}");
    check(&with("objectSelector: {matchLabels: {x: '1'}}"), POD, true);
    check(&with("objectSelector: {matchLabels: {x: '2'}}"), POD, false);
    check(
        &with("objectSelector: {matchExpressions: [{key: z, operator: DoesNotExist}]}"),
        POD,
        true,
    );
    check(
        &with("objectSelector: {matchExpressions: [{key: x, operator: NotIn, values: ['1']}]}"),
        POD,
        false,
    );
    let by_name = "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}";
    check(&with(by_name), POD, true);
    check(&with("namespaceSelector: {matchLabels: {team: a}}"), POD, false);
    let excluded = "excludeResourceRules:
    - {apiGroups: [''], apiVersions: ['*'], operations: ['*'], resources: [pods]}";
    check(&with(excluded), POD, false);
}
