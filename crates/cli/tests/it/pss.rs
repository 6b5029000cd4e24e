//! `kordon pss`: the levels of the Pod Security Standards, and what enforcing one would stop.

use insta::assert_snapshot;

use crate::kordon::Kordon;

const SHOP: &str = "\
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/enforce: privileged}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  template:
    spec:
      containers:
      - name: app
        image: cart:1
        ports: [{containerPort: 80, hostPort: 80}]
---
apiVersion: v1
kind: Pod
metadata: {name: good, namespace: shop}
spec:
  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
  containers:
  - name: app
    image: good:1
    securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
---
apiVersion: v1
kind: Pod
metadata: {name: odd, namespace: infra}
spec: {hostPID: 'yes', containers: [{name: app, image: odd}]}
";

fn shop() -> Kordon {
    let kordon = Kordon::new();
    std::fs::write(kordon.path().join("shop.yaml"), SHOP).unwrap();
    kordon
}

#[test]
fn what_a_level_would_stop() {
    assert_snapshot!(shop().run(&["pss", "shop.yaml", "--level", "baseline"]), @r#"
    exit: 1
    --- stdout
    Deployment/shop/cart  shop.yaml
      high      pss/hostPorts  16:47  would violate PodSecurity "baseline:latest": hostPort (container
                                      "app" uses hostPort 80)

    What to do
      pss/hostPorts  a port of the node is taken  × 1
        remove hostPort and expose the port by a Service

    If baseline:latest were enforced
      infra: 0 of 1 workloads would be refused
        Pod/odd: cannot be judged, its fields have wrong types
      shop: 1 of 2 workloads would be refused; enforced today: privileged:latest
        Deployment/cart
          hostPorts: spec.template.spec.containers[0].ports[0].hostPort

    Coverage
      Files: 0 assessed, 1 in part, 0 not
      Not assessed, or only in part:
      - object: Pod/infra/odd: spec.hostPID must be true or false; the API server refuses the object
          shop.yaml:31:17

    Findings: 1 (0 critical · 1 high · 0 medium · 0 low · 0 info), objects: 1
    --- stderr
    partial: shop.yaml:31:17: Pod/infra/odd: spec.hostPID must be true or false; the API server refuses the object
    "#);
}

#[test]
fn a_document_for_programs() {
    let kordon = shop();
    let output = kordon.output(&["pss", "shop.yaml", "--pss-version", "v1.21", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["target"]["level"], "restricted");
    assert_eq!(report["target"]["version"], "v1.21");
    let ids: Vec<String> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let subject = &finding["subject"];
            format!("{} {} {}", subject["name"], finding["id"], finding["controls"][0])
        })
        .collect();
    assert_snapshot!(ids.join("\n"), @r#"
    "cart" "pss/hostPorts" "pod-security-standards/baseline.host-ports"
    "cart" "pss/allowPrivilegeEscalation" "pod-security-standards/restricted.escalation"
    "cart" "pss/runAsNonRoot" "pod-security-standards/restricted.non-root"
    "cart" "pss/seccompProfile_restricted" "pod-security-standards/restricted.seccomp"
    "odd" "pss/allowPrivilegeEscalation" "pod-security-standards/restricted.escalation"
    "odd" "pss/runAsNonRoot" "pod-security-standards/restricted.non-root"
    "odd" "pss/seccompProfile_restricted" "pod-security-standards/restricted.seccomp"
    "#);
    assert_eq!(
        report["findings"][0]["message"],
        "would violate PodSecurity \"restricted:v1.21\": hostPort (container \"app\" uses hostPort 80)"
    );
    let [infra, shop] = [0, 1].map(|idx| &report["target"]["namespaces"][idx]);
    assert_eq!(infra["malformed"], serde_json::json!(["Pod/odd"]));
    assert_eq!((&shop["workloads"], &shop["ready"]), (&2.into(), &false.into()));
    let controls = &shop["blocking"][0]["controls"];
    assert_eq!(
        controls[1],
        serde_json::json!({
            "control": "allowPrivilegeEscalation",
            "fields": [
                "spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation",
            ],
        })
    );
}

#[test]
fn exit_codes() {
    let kordon = shop();
    let code = |arguments: &[&str]| kordon.output(arguments).status.code();
    assert_eq!(code(&["pss", "shop.yaml", "--level", "privileged"]), Some(0));
    assert_eq!(code(&["pss", "shop.yaml", "--level", "privileged", "--strict"]), Some(2));
    assert_eq!(code(&["pss", "shop.yaml"]), Some(1));
    assert_eq!(code(&["pss", "shop.yaml", "--fail-on", "never"]), Some(0));
    assert_eq!(code(&["pss", "shop.yaml", "--exempt-namespaces", "shop,infra"]), Some(0));
    assert_eq!(code(&["pss", "shop.yaml", "--level", "strict"]), Some(2));
    assert_eq!(code(&["pss", "shop.yaml", "--pss-version", "1.25"]), Some(2));
    assert_eq!(code(&["pss", "nothing.yaml"]), Some(2));
}
