//! Manifests in, the API server's words out. The suite `psa` has the breadth; here stands what it
//! does not have: paths, other kinds than Pods, labels of namespaces, forecasts.

use kordon_manifest::{Document, Limits, Manifest};
use kordon_model::{Object, PodKinds, find_pods};
use proptest::prelude::*;

use super::*;

fn read(yaml: &str) -> Document {
    let manifest = Manifest::new("test.yaml", yaml.as_bytes().to_vec(), Limits::default());
    manifest.read(&manifest.parts()[0]).expect("a test's YAML is valid")
}

fn standard(text: &str) -> Standard {
    let (level, version) = text.split_once(':').expect("level:version");
    let level = level.parse().expect("a level");
    Standard::new(LevelVersion { level, version: version.parse().expect("a version") })
}

/// One line a violation: its control, the API server's words, and the paths.
fn check(standard_text: &str, yaml: &str, expected: &str) {
    let document = read(yaml);
    let object = Object::from_root(document.tree.root()).expect("an object");
    let mut text = String::new();
    for pod in find_pods(object, &PodKinds::default()) {
        for violation in standard(standard_text).violations(&pod) {
            let paths: Vec<String> =
                violation.fields.iter().map(|field| field.path(&pod).to_string()).collect();
            let (id, reason) = (violation.control.id(), violation.reason());
            let detail = violation.detail(&pod);
            text.push_str(&format!("{id}: {reason} ({detail}) @ {}\n", paths.join(" ")));
        }
    }
    let trimmed = |text: &str| text.trim().lines().map(str::trim).collect::<Vec<_>>().join("\n");
    assert_eq!(trimmed(&text), trimmed(expected));
}

#[test]
fn every_field_has_its_path() {
    check(
        "baseline:latest",
        r#"
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: a}
spec:
  template:
    metadata:
      annotations: {container.apparmor.security.beta.kubernetes.io/c: unconfined}
    spec:
      hostPID: true
      securityContext:
        sysctls: [{name: net.ipv4.tcp_rmem, value: "1"}, {name: kernel.msgmax, value: "1"}]
        windowsOptions: {hostProcess: true}
      volumes: [{name: a}, {name: b, hostPath: {path: /}}]
      initContainers:
      - name: i
        securityContext: {privileged: true, capabilities: {add: [CHOWN, NET_ADMIN]}}
      containers:
      - name: c
        ports: [{containerPort: 1}, {containerPort: 2, hostPort: 8080}]
        livenessProbe: {httpGet: {port: 80, host: other}}
        lifecycle: {preStop: {tcpSocket: {port: 1, host: other}}}
        securityContext: {seLinuxOptions: {type: spc_t, user: u}, procMount: Unmasked}
"#,
        r#"
appArmorProfile: forbidden AppArmor profile (annotation must not set AppArmor profile type to "container.apparmor.security.beta.kubernetes.io/c="unconfined"") @ spec.template.metadata.annotations["container.apparmor.security.beta.kubernetes.io/c"]
capabilities_baseline: non-default capabilities (container "i" must not include "NET_ADMIN" in securityContext.capabilities.add) @ spec.template.spec.initContainers[0].securityContext.capabilities.add[1]
hostNamespaces: host namespaces (hostPID=true) @ spec.template.spec.hostPID
hostPathVolumes: hostPath volumes (volume "b") @ spec.template.spec.volumes[1].hostPath
hostPorts: hostPort (container "c" uses hostPort 8080) @ spec.template.spec.containers[0].ports[1].hostPort
hostProbesAndHostLifecycle: probe or lifecycle host (container "c" uses probe or lifecycle host "other") @ spec.template.spec.containers[0].livenessProbe.httpGet.host spec.template.spec.containers[0].lifecycle.preStop.tcpSocket.host
privileged: privileged (container "i" must not set securityContext.privileged=true) @ spec.template.spec.initContainers[0].securityContext.privileged
procMount: procMount (container "c" must not set securityContext.procMount to "Unmasked") @ spec.template.spec.containers[0].securityContext.procMount
seLinuxOptions: seLinuxOptions (container "c" set forbidden securityContext.seLinuxOptions: type "spc_t"; user may not be set) @ spec.template.spec.containers[0].securityContext.seLinuxOptions.type spec.template.spec.containers[0].securityContext.seLinuxOptions.user
sysctls: forbidden sysctls (kernel.msgmax) @ spec.template.spec.securityContext.sysctls[1].name
windowsHostProcess: hostProcess (pod must not set securityContext.windowsOptions.hostProcess=true) @ spec.template.spec.securityContext.windowsOptions.hostProcess
"#,
    );
}

#[test]
fn missing_fields_are_named_where_they_would_stand() {
    check(
        "restricted:latest",
        "{apiVersion: v1, kind: Pod, spec: {containers: [{name: a}, {name: b}]}}",
        r#"
allowPrivilegeEscalation: allowPrivilegeEscalation != false (containers "a", "b" must set securityContext.allowPrivilegeEscalation=false) @ spec.containers[0].securityContext.allowPrivilegeEscalation spec.containers[1].securityContext.allowPrivilegeEscalation
capabilities_restricted: unrestricted capabilities (containers "a", "b" must set securityContext.capabilities.drop=["ALL"]) @ spec.containers[0].securityContext.capabilities.drop spec.containers[1].securityContext.capabilities.drop
runAsNonRoot: runAsNonRoot != true (pod or containers "a", "b" must set securityContext.runAsNonRoot=true) @ spec.containers[0].securityContext.runAsNonRoot spec.containers[1].securityContext.runAsNonRoot
seccompProfile_restricted: seccompProfile (pod or containers "a", "b" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost") @ spec.containers[0].securityContext.seccompProfile.type spec.containers[1].securityContext.seccompProfile.type
"#,
    );
}

/// The API server makes host ports of the ports of a Pod on the node's network, and of a Pod's
/// only.
#[test]
fn ports_on_the_nodes_network() {
    let spec = "{hostNetwork: true, containers: [{name: a, ports: [{containerPort: 80}]}]}";
    check(
        "baseline:v1.37",
        &format!("{{apiVersion: v1, kind: Pod, spec: {spec}}}"),
        r#"
hostNamespaces: host namespaces (hostNetwork=true) @ spec.hostNetwork
hostPorts: hostPort (container "a" uses hostPort 80) @ spec.containers[0].ports[0].containerPort
"#,
    );
    check(
        "baseline:v1.37",
        &format!("{{apiVersion: batch/v1, kind: Job, spec: {{template: {{spec: {spec}}}}}}}"),
        "hostNamespaces: host namespaces (hostNetwork=true) @ spec.template.spec.hostNetwork",
    );
}

#[test]
fn custom_resources_have_their_own_paths() {
    check(
        "baseline:latest",
        r#"
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
spec:
  image: spark
  driver:
    podSecurityContext: {seccompProfile: {type: Unconfined}}
    securityContext: {privileged: true}
"#,
        r#"
privileged: privileged (container "spark-kubernetes-driver" must not set securityContext.privileged=true) @ spec.driver.securityContext.privileged
seccompProfile_baseline: seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined") @ spec.driver.podSecurityContext.seccompProfile.type
"#,
    );
}

#[test]
fn versions_are_read_as_the_api_server_reads_them() {
    for (text, minor) in [("latest", 37), ("v1.0", 0), ("v1.25", 25), ("v1.99", 37)] {
        assert_eq!(text.parse::<PssVersion>().map(PssVersion::minor), Ok(minor), "{text}");
    }
    for text in ["", "1.25", "v1", "v1.", "v1.01", "v1.2.3", "v2.0", "Latest", "v1.-1", "v1.+1"] {
        assert_eq!(text.parse::<PssVersion>(), Err(ParsePssVersionError), "{text}");
    }
}

fn policy(labels: &[(&str, &str)]) -> String {
    let find = |name: &str| {
        let found = labels.iter().find(|(key, _)| name.ends_with(&format!("/{key}")));
        found.map(|(_, value)| (*value).to_owned())
    };
    let (policy, errors) = NamespacePolicy::from_labels(find, NamespacePolicy::DEFAULT);
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    format!("{} {} {} {}", policy.enforce, policy.audit, policy.warn, errors.join("; "))
}

#[test]
fn labels_of_namespaces() {
    let all_privileged = "privileged:latest privileged:latest privileged:latest ";
    assert_eq!(policy(&[]), all_privileged);
    // Who enforces is warned likewise unless the labels say otherwise.
    assert_eq!(
        policy(&[("enforce", "baseline"), ("enforce-version", "v1.30")]),
        "baseline:v1.30 privileged:latest baseline:v1.30 "
    );
    assert_eq!(
        policy(&[("enforce", "restricted"), ("warn", "baseline"), ("audit-version", "v1.1")]),
        "restricted:latest privileged:v1.1 baseline:latest "
    );
    assert_eq!(
        policy(&[("enforce", "restricted"), ("warn-version", "v1.2")]),
        "restricted:latest privileged:latest restricted:v1.2 "
    );
    assert_eq!(
        policy(&[("enforce", "strict"), ("warn", "x")]),
        "restricted:latest privileged:latest privileged:latest \
         metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"strict\": must be \
         one of privileged, baseline, restricted; \
         metadata.labels[pod-security.kubernetes.io/warn]: Invalid value: \"x\": must be one of \
         privileged, baseline, restricted"
    );
}

#[test]
fn pods_are_refused_and_workloads_are_warned_of() {
    let baseline = LevelVersion { level: Level::Baseline, version: PssVersion::V1(30) };
    let admission = Admission::new(NamespacePolicy {
        enforce: baseline,
        warn: baseline,
        ..NamespacePolicy::DEFAULT
    });
    let judged = |yaml: &str| {
        let document = read(yaml);
        let object = Object::from_root(document.tree.root()).expect("an object");
        admission.judge(&find_pods(object, &PodKinds::default())[0])
    };
    let spec = "{hostIPC: true, containers: [{name: a, image: b}]}";
    let denied = judged(&format!("{{apiVersion: v1, kind: Pod, spec: {spec}}}"));
    let text = r#"violates PodSecurity "baseline:v1.30": host namespaces (hostIPC=true)"#;
    assert_eq!(denied, Outcome { denied: Some(text.to_owned()), ..Outcome::default() });
    let warned = judged(&format!(
        "{{apiVersion: apps/v1, kind: Deployment, spec: {{template: {{spec: {spec}}}}}}}"
    ));
    let text = r#"would violate PodSecurity "baseline:v1.30": host namespaces (hostIPC=true)"#;
    assert_eq!(warned, Outcome { warning: Some(text.to_owned()), ..Outcome::default() });
    let custom = judged(&format!(
        "{{apiVersion: argoproj.io/v1, kind: Rollout, spec: {{template: {{spec: {spec}}}}}}}"
    ));
    assert_eq!(custom, Outcome::default());
}

#[test]
fn exemptions_are_exact() {
    let document = read("{apiVersion: v1, kind: Pod, spec: {runtimeClassName: kata}}");
    let object = Object::from_root(document.tree.root()).expect("an object");
    let pods = find_pods(object, &PodKinds::default());
    let names = |name: &str| vec![name.to_owned()];
    let exemptions = Exemptions {
        namespaces: names("infra"),
        usernames: names("root"),
        ..Exemptions::default()
    };
    assert_eq!(exemptions.find(&pods[0], Some("infra"), None), Some(Exemption::Namespace));
    assert_eq!(exemptions.find(&pods[0], Some("infra2"), Some("root")), Some(Exemption::User));
    assert_eq!(exemptions.find(&pods[0], None, None), None);
    let classes = Exemptions { runtime_classes: names("kata"), ..Exemptions::default() };
    assert_eq!(classes.find(&pods[0], None, None), Some(Exemption::RuntimeClass));
}

#[test]
fn a_forecast_counts_by_namespace() {
    let owner = "ownerReferences: [{kind: Pod, name: made-it, controller: true}]";
    let yaml = [
        "{apiVersion: v1, kind: Pod, metadata: {name: x, namespace: b}, spec: {hostPID: true}}",
        "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: a}, spec: {containers: []}}",
        "{apiVersion: v1, kind: Pod, metadata: {name: y, namespace: b}, spec: {hostPID: 'yes'}}",
        "{apiVersion: v1, kind: Pod, metadata: {name: made-it, namespace: c}, spec: {}}",
        &format!(
            "{{apiVersion: v1, kind: Pod, metadata: {{name: z, namespace: c, {owner}}}, \
             spec: {{hostIPC: true}}}}"
        ),
        "{apiVersion: v1, kind: Namespace, metadata: {name: a, labels: \
         {pod-security.kubernetes.io/enforce: restricted}}}",
    ];
    let standard = standard("baseline:latest");
    let mut forecast = Forecast::default();
    for yaml in yaml {
        let document = read(yaml);
        let object = Object::from_root(document.tree.root()).expect("an object");
        let mut one = Forecast::default();
        if object.kind() == "Namespace" {
            one.add_namespace(object);
        } else {
            let pods = find_pods(object, &PodKinds::default());
            let violations: Vec<_> = pods.iter().map(|pod| standard.violations(pod)).collect();
            let judged = pods.iter().zip(violations.iter().map(Vec::as_slice));
            one.add(&subject(object), object, judged);
        }
        forecast.merge(one);
    }
    let text: Vec<String> = forecast
        .finish()
        .iter()
        .map(|(name, namespace)| {
            let blocking: Vec<String> = namespace
                .blocking
                .iter()
                .map(|one| format!("{} {}", one.subject.name, one.fields[0].path))
                .collect();
            let n_unjudged = namespace.unjudged.len();
            let is_enforced = namespace.is_enforced(standard.level_version());
            format!("{name} {} {blocking:?} {n_unjudged} {is_enforced}", namespace.n_workloads)
        })
        .collect();
    let expected = ["a 1 [] 0 true", "b 2 [\"x spec.hostPID\"] 1 false", "c 1 [] 0 false"];
    assert_eq!(text, expected);
}

fn subject(object: Object<'_>) -> std::sync::Arc<kordon_finding::Subject> {
    std::sync::Arc::new(kordon_finding::Subject {
        api_version: object.api_version().into(),
        kind: object.kind().into(),
        namespace: object.namespace().map(Into::into),
        name: object.display_name().into(),
    })
}

#[test]
fn violations_are_findings() {
    let document = read(
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {spec: \
         {containers: [{name: c}, {name: d, securityContext: {privileged: true}}]}}}}",
    );
    let object = Object::from_root(document.tree.root()).expect("an object");
    let pods = find_pods(object, &PodKinds::default());
    let standard = standard("baseline:v1.30");
    let violations = standard.violations(&pods[0]);
    let (subject, file) = (subject(object), "a.yaml".into());
    let place = Place { subject: &subject, file: &file };
    let finding = finding(&pods[0], &violations[0], standard.level_version(), place);
    assert_eq!(&*finding.rule.id, "pss/privileged");
    assert_eq!(&*finding.rule.controls[0], "pod-security-standards/baseline.privileged");
    assert_eq!(finding.container.as_deref(), Some("d"));
    let path = "spec.template.spec.containers[1].securityContext.privileged";
    assert_eq!((&*finding.location.path, finding.location.column), (path, 151));
    assert_eq!(finding.evidence[0].value, serde_json::Value::Bool(true));
    assert_eq!(
        &*finding.message,
        "would violate PodSecurity \"baseline:v1.30\": privileged (container \"d\" must not set \
         securityContext.privileged=true)"
    );
}

/// A pod made of the words that the standards look at.
fn any_pod() -> impl Strategy<Value = String> {
    let security = prop::sample::select(vec![
        "{}",
        "{privileged: true}",
        "{runAsNonRoot: true, allowPrivilegeEscalation: false}",
        "{capabilities: {add: [NET_RAW], drop: [ALL]}}",
        "{seccompProfile: {type: RuntimeDefault}, runAsUser: 0}",
        "{seLinuxOptions: {type: container_engine_t}, procMount: Unmasked}",
    ]);
    let pod = prop::sample::select(vec![
        "",
        "hostUsers: false, ",
        "os: {name: windows}, ",
        "hostNetwork: true, ",
        "volumes: [{name: v, nfs: {}}], ",
        "securityContext: {sysctls: [{name: net.ipv4.tcp_rmem}]}, ",
    ]);
    (pod, prop::collection::vec(security, 0..3)).prop_map(|(pod, containers)| {
        let containers: Vec<String> = containers
            .iter()
            .enumerate()
            .map(|(idx, security)| format!("{{name: c{idx}, securityContext: {security}}}"))
            .collect();
        let containers = containers.join(", ");
        format!("{{apiVersion: v1, kind: Pod, spec: {{{pod}containers: [{containers}]}}}}")
    })
}

proptest! {
    /// What baseline forbids restricted forbids too, by the same control or by the one that
    /// stands for it; every violation has fields, and words.
    #[test]
    fn restricted_is_stricter(yaml in any_pod(), minor in 0_u32..40) {
        let document = read(&yaml);
        let object = Object::from_root(document.tree.root()).expect("an object");
        let pods = find_pods(object, &PodKinds::default());
        let judge = |level| {
            let version = PssVersion::V1(minor);
            Standard::new(LevelVersion { level, version }).violations(&pods[0])
        };
        prop_assert!(judge(Level::Privileged).is_empty());
        let (baseline, restricted) = (judge(Level::Baseline), judge(Level::Restricted));
        // A pod for Windows is excused from what stands for the baseline controls.
        if !pods[0].is_windows() {
            prop_assert!(baseline.len() <= restricted.len());
        }
        for violation in baseline.iter().chain(&restricted) {
            prop_assert!(!violation.fields.is_empty());
            prop_assert!(!violation.detail(&pods[0]).is_empty());
            for field in &violation.fields {
                let path = field.path(&pods[0]);
                let place = object.locate(&path);
                prop_assert_eq!(place.n_segments == path.segments().len(), field.value.is_some());
            }
        }
    }
}
