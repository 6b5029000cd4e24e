//! Objects in, text out.

use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::testing::tree;

/// One line for the pod, one for each container, one for each malformed field.
fn describe(pod: &PodView<'_>) -> String {
    let mut text = format!("{} {}\n", pod.found().as_str(), pod.spec_path());
    for container in pod.containers() {
        let (kind, path) = (container.kind().as_str(), container.path());
        let image = container.image().unwrap_or("-");
        writeln!(text, "  {kind} {:?} {image} {path}", container.name()).expect("to a string");
    }
    for malformed in pod.malformed() {
        writeln!(text, "  {} is not {}", malformed.path, malformed.expected).expect("to a string");
    }
    text
}

fn check_with(kinds: &PodKinds, object: &Value, expected: &str) {
    let tree = tree(&object.to_string());
    let object = Object::from_root(tree.root()).expect("an object");
    let found: String = find_pods(object, kinds).iter().map(describe).collect();
    let lines = |text: &str| -> Vec<String> {
        text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    assert_eq!(lines(&found), lines(expected), "{found}");
}

fn check(object: &Value, expected: &str) {
    check_with(&PodKinds::default(), object, expected);
}

fn spec() -> Value {
    json!({
        "initContainers": [{"name": "i", "image": "a"}, {"name": "s", "restartPolicy": "Always"}],
        "containers": [{"name": "c", "image": "b"}],
        "ephemeralContainers": [{"name": "e", "image": "d"}],
    })
}

/// The object with the value at a dotted path.
fn object(api_version: &str, kind: &str, path: &str, value: Value) -> Value {
    let mut inner = value;
    for key in path.rsplit('.') {
        inner = match key.strip_suffix("[]") {
            Some(key) => json!({key: [inner]}),
            None => json!({key: inner}),
        };
    }
    inner["apiVersion"] = json!(api_version);
    inner["kind"] = json!(kind);
    inner
}

#[test]
fn built_in_kinds() {
    for (api_version, kind, path) in [
        ("v1", "Pod", "spec"),
        ("v1", "PodTemplate", "template.spec"),
        ("v1", "ReplicationController", "spec.template.spec"),
        ("apps/v1", "Deployment", "spec.template.spec"),
        ("extensions/v1beta1", "DaemonSet", "spec.template.spec"),
        ("apps/v1", "StatefulSet", "spec.template.spec"),
        ("batch/v1", "Job", "spec.template.spec"),
        ("batch/v1", "CronJob", "spec.jobTemplate.spec.template.spec"),
    ] {
        let expected = format!(
            r#"built-in {path}
            init "i" a {path}.initContainers[0]
            sidecar "s" - {path}.initContainers[1]
            container "c" b {path}.containers[0]
            ephemeral "e" d {path}.ephemeralContainers[0]"#
        );
        check(&object(api_version, kind, path, spec()), &expected);
    }
    check(&json!({"apiVersion": "v1", "kind": "ConfigMap", "data": spec()}), "");
    check(&json!({"apiVersion": "v1", "kind": "ReplicationController", "spec": {}}), "");
}

#[test]
fn custom_resources_of_the_table() {
    let one = json!({"containers": [{"name": "c", "image": "b"}]});
    for (api_version, kind, path, found) in [
        ("argoproj.io/v1alpha1", "Rollout", "spec.template.spec", "spec.template.spec"),
        ("agents.x-k8s.io/v1alpha1", "Sandbox", "spec.podTemplate.spec", "spec.podTemplate.spec"),
        ("kubeflow.org/v1", "PyTorchJob", "spec.pytorchReplicaSpecs.Worker.template.spec", ""),
        ("ray.io/v1", "RayCluster", "spec.workerGroupSpecs[].template.spec", "x"),
        ("serving.knative.dev/v1", "Revision", "spec", "spec"),
    ] {
        let path_found = match found {
            "" => path,
            "x" => "spec.workerGroupSpecs[0].template.spec",
            found => found,
        };
        let expected = format!("table {path_found}\ncontainer \"c\" b {path_found}.containers[0]");
        check(&object(api_version, kind, path, one.clone()), &expected);
    }
}

#[test]
fn steps_of_tekton() {
    let task = json!({
        "stepTemplate": {"securityContext": {"runAsUser": 0}, "image": "base"},
        "steps": [{"name": "a"}, {"image": "own", "securityContext": {"privileged": true}}],
        "sidecars": [{"name": "s", "image": "d"}],
    });
    let run = json!({
        "apiVersion": "tekton.dev/v1", "kind": "TaskRun",
        "spec": {
            "taskSpec": task, "serviceAccountName": "builder",
            "podTemplate": {"hostNetwork": true, "securityContext": {"runAsNonRoot": true}}},
    });
    check(
        &run,
        r#"table spec.taskSpec
        container "a" base spec.taskSpec.steps[0]
        container "" own spec.taskSpec.steps[1]
        container "s" d spec.taskSpec.sidecars[0]"#,
    );
    let tree = tree(&run.to_string());
    let object = Object::from_root(tree.root()).expect("an object");
    let pods = find_pods(object, &PodKinds::default());
    let pod = &pods[0];
    assert_eq!(pod.service_account_name(), "builder");
    assert_eq!(pod.setting("hostNetwork").as_bool(), Some(true));
    assert_eq!(pod.path_of("hostNetwork").to_string(), "spec.podTemplate.hostNetwork");
    let step = pod.container(1).expect("two steps");
    assert_eq!(step.security_setting("runAsUser").as_i64(), Some(0));
    assert_eq!(step.security_setting("privileged").as_bool(), Some(true));
    assert_eq!(step.security_setting("runAsNonRoot").origin(), Origin::Pod);
    check(&object_with_steps_only_by_reference(), "");
}

fn object_with_steps_only_by_reference() -> Value {
    json!({"apiVersion": "tekton.dev/v1", "kind": "TaskRun", "spec": {"taskRef": {"name": "t"}}})
}

#[test]
fn workflows_and_spark() {
    check(
        &json!({
            "apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow",
            "spec": {"templates": [
                {"name": "all", "steps": []},
                {"name": "one", "script": {"image": "a"}, "sidecars": [{"name": "s", "image": "b"}]}]},
        }),
        r#"table spec.templates[1]
        container "main" a spec.templates[1].script
        container "s" b spec.templates[1].sidecars[0]"#,
    );
    check(
        &json!({
            "apiVersion": "sparkoperator.k8s.io/v1beta2", "kind": "SparkApplication",
            "spec": {"image": "spark", "driver": {"cores": 1}, "executor": {"image": "own"}},
        }),
        r#"table spec.driver
        container "spark-kubernetes-driver" spark spec.driver
        table spec.executor
        container "spark-kubernetes-executor" own spec.executor"#,
    );
}

#[test]
fn pods_are_detected_where_nobody_knows_them() {
    check(
        &object("example.com/v1", "Worker", "spec.pools[].pod.spec", spec()),
        r#"detected spec.pools[0].pod.spec
        init "i" a spec.pools[0].pod.spec.initContainers[0]
        sidecar "s" - spec.pools[0].pod.spec.initContainers[1]
        container "c" b spec.pools[0].pod.spec.containers[0]
        ephemeral "e" d spec.pools[0].pod.spec.ephemeralContainers[0]"#,
    );
    // Patterns of policies run nothing, and a list of names is no pod.
    check(&object("kyverno.io/v1", "ClusterPolicy", "spec.rules[].pattern.spec", spec()), "");
    check(&object("example.com/v1", "Worker", "spec", json!({"containers": ["a", "b"]})), "");
}

#[test]
fn kinds_of_the_user() {
    let kind = PodKind::new("example.com", "Worker", "spec.pod", PodForm::Spec).expect("valid");
    let kinds = PodKinds::new(vec![kind]);
    let worker = object("example.com/v1", "Worker", "spec.pod", json!({"containers": []}));
    check_with(&kinds, &worker, "configured spec.pod");
    let bad = PodKind::new("", "X", "spec..pod", PodForm::Spec);
    assert_eq!(bad, Err(PodKindError::Path("spec..pod".into())));
}

#[test]
fn wrong_types_are_told() {
    check(&json!({"apiVersion": "v1", "kind": "Pod"}), "built-in \nspec is not a map");
    check(
        &json!({"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"template": []}}),
        "built-in spec.template\nspec.template.spec is not a map",
    );
    check(
        &json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"a": 1}}, "spec": {
            "hostNetwork": "true", "hostPID": null,
            "containers": [null, {"name": "c", "securityContext": {
                "privileged": "yes", "runAsUser": 1.5, "capabilities": {"add": "ALL"}}}],
            "initContainers": {}}}),
        r#"built-in spec
        container "" - spec.containers[0]
        container "c" - spec.containers[1]
        spec.containers[0] is not a map
        spec.containers[1].securityContext.capabilities.add is not a list
        spec.containers[1].securityContext.privileged is not true or false
        spec.containers[1].securityContext.runAsUser is not an integer
        spec.hostNetwork is not true or false
        spec.initContainers is not a list
        metadata.annotations.a is not text"#,
    );
}

#[test]
fn containers_inherit() {
    let tree = tree(
        r#"{"apiVersion": "v1", "kind": "Pod", "spec": {
            "serviceAccount": "old", "os": {"name": "windows"}, "hostUsers": false,
            "securityContext": {"runAsUser": 7, "privileged": true, "windowsOptions": {"hostProcess": true}},
            "containers": [
                {"name": "a", "image": "x", "securityContext": {"runAsUser": 8, "windowsOptions": {"runAsUserName": "u"}}},
                {"name": "b", "image": "x:1"}]}}"#,
    );
    let object = Object::from_root(tree.root()).expect("an object");
    let pods = find_pods(object, &PodKinds::default());
    let pod = &pods[0];
    assert_eq!((pod.service_account_name(), pod.is_windows()), ("old", true));
    assert!(pod.has_own_users());
    let [a, b] = [0, 1].map(|idx| pod.container(idx).expect("two containers"));
    assert_eq!(a.security_setting("runAsUser").as_i64(), Some(8));
    assert_eq!(b.security_setting("runAsUser").as_i64(), Some(7));
    let path = b.security_setting_path("runAsUser").to_string();
    assert_eq!(path, "spec.securityContext.runAsUser");
    // Not a field of pods: nothing to inherit.
    assert_eq!(b.security_setting("privileged").as_bool(), Some(false));
    assert_eq!(b.security_setting("procMount").as_str(), Some("Default"));
    assert_eq!(a.windows_setting("hostProcess").origin(), Origin::Pod);
    assert_eq!((a.image_pull_policy(), b.image_pull_policy()), ("Always", "IfNotPresent"));
}

#[test]
fn pull_policies() {
    let digest = format!("a@sha256:{}", "0".repeat(64));
    for (image, expected) in [
        ("a", "Always"),
        ("a:latest", "Always"),
        ("r:5000/a", "Always"),
        ("a:1", "IfNotPresent"),
        (digest.as_str(), "IfNotPresent"),
        ("", "IfNotPresent"),
    ] {
        assert_eq!(default_pull_policy(image), expected, "{image}");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-z]{0,3}".prop_map(Value::from),
    ];
    let key = prop::sample::select(vec![
        "spec",
        "template",
        "containers",
        "initContainers",
        "image",
        "name",
        "securityContext",
        "capabilities",
        "add",
        "metadata",
        "annotations",
        "volumes",
        "steps",
        "x",
    ]);
    leaf.prop_recursive(6, 48, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(key.clone(), inner, 0..5).prop_map(|map| {
                Value::Object(map.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
            }),
        ]
    })
}

proptest! {
    /// Whatever stands in an object, it is read without a panic, and every path that is told
    /// leads as far as there is something.
    #[test]
    fn no_object_is_too_odd(
        value in any_json(),
        kind in prop::sample::select(vec![
            ("v1", "Pod"), ("apps/v1", "Deployment"), ("tekton.dev/v1", "Task"),
            ("argoproj.io/v1", "Workflow"), ("example.com/v1", "X"),
        ]),
    ) {
        let mut object = match value {
            Value::Object(map) => Value::Object(map),
            other => json!({"spec": other}),
        };
        object["apiVersion"] = json!(kind.0);
        object["kind"] = json!(kind.1);
        let tree = tree(&object.to_string());
        let object = Object::from_root(tree.root()).expect("an object");
        for pod in find_pods(object, &PodKinds::default()) {
            for container in pod.containers() {
                let path = container.path();
                let place = object.locate(&path);
                prop_assert_eq!(place.n_segments, path.segments().len());
                prop_assert_eq!(place.node.id(), container.node().id());
                let _setting = container.security_setting("runAsUser");
            }
            for malformed in pod.malformed() {
                let place = object.locate(&malformed.path);
                prop_assert!(place.n_segments + 1 >= malformed.path.segments().len());
            }
        }
    }
}
