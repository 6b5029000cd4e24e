//! One cause is one finding, at the field that decides.

use insta::assert_snapshot;

use crate::support::{builtin, judge_all, line, trees};

fn check(only: &[&str], text: &str) -> String {
    let judged = judge_all(&builtin(only), &trees("a.yaml", text));
    let findings = judged.findings.iter().map(line);
    let coverage = judged.coverage.iter().map(|part| format!("unjudged: {}", part.reason));
    findings.chain(coverage).collect::<Vec<_>>().join("\n")
}

const INHERITED: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      securityContext:
        runAsUser: 0
      containers:
      - {name: a, image: a}
      - {name: b, image: b, securityContext: {runAsUser: 7}}
      - {name: c, image: c}
";

#[test]
fn a_field_that_containers_inherit_is_one_cause() {
    assert_snapshot!(check(&["POD-009"], INHERITED), @"POD-009 high Deployment/web - 8:20 spec.template.spec.securityContext.runAsUser: the pod is told to run as root (user 0)");
}

#[test]
fn a_missing_field_is_a_cause_for_each_container() {
    assert_snapshot!(check(&["POD-007"], INHERITED), @r"
    POD-007 medium Deployment/web a 10:9 spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation: container a may gain more privileges than it starts with
    POD-007 medium Deployment/web b 11:46 spec.template.spec.containers[1].securityContext.allowPrivilegeEscalation: container b may gain more privileges than it starts with
    POD-007 medium Deployment/web c 12:9 spec.template.spec.containers[2].securityContext.allowPrivilegeEscalation: container c may gain more privileges than it starts with
    ");
}

const VOLUMES: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: agent}
spec:
  volumes:
  - {name: socket, hostPath: {path: /var/run/docker.sock}}
  - {name: etc, hostPath: {path: /etc}}
  - {name: data, hostPath: {path: /srv}}
  - {name: more, hostPath: {path: /opt}}
  containers:
  - name: agent
    image: a
    volumeMounts:
    - {name: socket, mountPath: /a}
    - {name: etc, mountPath: /b}
    - {name: data, mountPath: /c}
    - {name: more, mountPath: /d, readOnly: true}
";
const HOST_PATHS: [&str; 4] = ["POD-033", "POD-034", "POD-035", "POD-036"];

#[test]
fn the_worst_of_one_cause_is_told() {
    assert_snapshot!(check(&HOST_PATHS, VOLUMES), @r"
    POD-033 high Pod/agent - 9:28 spec.volumes[3].hostPath: volume more is the directory /opt of the node
    POD-035 critical Pod/agent - 7:34 spec.volumes[1].hostPath.path: the pod mounts /etc of its node, where the node keeps its own
    POD-036 critical Pod/agent - 6:37 spec.volumes[0].hostPath.path: the pod reaches the container runtime of its node through /run/docker.sock
    POD-034 high Pod/agent agent 16:7 spec.containers[0].volumeMounts[2].readOnly: container agent may write to a directory of the node (volume data)
    ");
}

#[test]
fn what_is_off_covers_nothing() {
    assert_snapshot!(check(&["POD-033"], VOLUMES).lines().count(), @"4");
}

#[test]
fn questions_about_one_field_are_one_finding() {
    let text = "\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  securityContext: {seccompProfile: {type: Unconfined}}
  containers: [{name: a, image: a}, {name: b, image: b}]
";
    assert_snapshot!(check(&["POD-020", "POD-021"], text), @"POD-021 medium Pod/a - 5:44 spec.securityContext.seccompProfile.type: the pod switches seccomp off");
}

#[test]
fn a_field_of_the_wrong_type_is_not_called_good() {
    let text = "\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers: [{name: a, image: a, ports: [{containerPort: high}]}]
";
    assert_snapshot!(check(&["POD-030"], text), @"unjudged: Pod/a: no such overload");
}
