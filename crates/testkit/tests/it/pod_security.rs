//! The Pod Security Standards held against a real kube-apiserver: for each pod of the suite `psa`,
//! alone and in a Deployment, kordon says letter by letter what the server warns of.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use kordon_manifest::{Limits, Manifest};
use kordon_model::{Object, PodKinds, find_pods};
use kordon_posture::pss::{Admission, LevelVersion, NamespacePolicy};
use kordon_testkit::{Client, Cluster, Setup, shared, skip};
use serde_json::{Value, json};

#[test]
fn the_api_server_warns_of_the_same() {
    let Some(mut cases) = cases() else {
        skip("no suite psa");
        return;
    };
    cases.extend(own_cases());
    let Some(cluster) = Cluster::start(Setup::default()) else { return };
    let client = cluster.client();
    let mut namespaces = BTreeSet::new();
    let (mut n_compared, mut n_warned, mut different) = (0, 0, Vec::new());
    let mut refused = BTreeMap::<String, usize>::new();
    for case in &cases {
        for level_version in levels(case) {
            let namespace = format!("pss-{level_version}").replace([':', '.'], "-");
            if namespaces.insert(namespace.clone()) {
                create_namespace(client, &namespace, level_version);
            }
            for object in [pod(case), deployment(case)] {
                let answer = client.create(&path(&object, &namespace), &object);
                if !answer.is_success() {
                    *refused.entry(answer.message().to_owned()).or_default() += 1;
                    continue;
                }
                let theirs = answer.warnings.into_iter().find(|text| text.contains("PodSecurity"));
                let ours = warning(&object, level_version);
                n_compared += 1;
                n_warned += usize::from(theirs.is_some());
                if ours != theirs {
                    let id = &case["id"];
                    different.push(format!("{id} {level_version}\n  {ours:?}\n  {theirs:?}"));
                }
            }
        }
    }
    assert_eq!(different, Vec::<String>::new());
    // The one thing that cannot be created at all.
    for message in refused.keys() {
        assert!(message.contains("`hostUsers` must be false to use `Unmasked`"), "{message}");
    }
    let n_refused: usize = refused.values().sum();
    assert!(n_refused < n_compared / 20, "{n_refused} refused, {n_compared} compared");
    assert!(
        n_compared > 1_000 && n_warned > 700,
        "{n_compared} compared, {n_warned} with a warning"
    );
}

fn cases() -> Option<Vec<Value>> {
    let file = shared()?.join("conformance/psa/cases.jsonl");
    let text = fs::read_to_string(file).expect("the suite can be read");
    let cases = text.lines().map(|line| serde_json::from_str(line).expect("a case is JSON"));
    Some(cases.collect())
}

/// What the API server fills in before it judges, which the suite's pods do not have.
fn own_cases() -> Vec<Value> {
    const ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/c";
    let pod = |annotations: Value, spec: Value| {
        let mut pod = json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": annotations},
            "spec": {"containers": [{"name": "c", "image": "i"}]},
        });
        for (key, value) in spec.as_object().expect("a map") {
            pod["spec"][key] = value.clone();
        }
        let id = pod.to_string();
        json!({"id": id, "holds": [["baseline", "v1.18"], ["restricted", "v1.36"]], "pod": pod})
    };
    let ports = |host| json!([{"name": "c", "image": "i", "ports": [{"containerPort": 80, "hostPort": host}]}]);
    let unconfined = json!({"type": "Unconfined"});
    vec![
        pod(json!({ANNOTATION: "unconfined"}), json!({})),
        pod(json!({ANNOTATION: "unconfined"}), json!({"os": {"name": "windows"}})),
        pod(
            json!({ANNOTATION: "unconfined"}),
            json!({"securityContext": {"appArmorProfile": unconfined}}),
        ),
        pod(json!({ANNOTATION: "runtime/default"}), json!({})),
        pod(json!({ANNOTATION: "localhost/a"}), json!({})),
        pod(json!({}), json!({"hostNetwork": true, "containers": ports(Value::Null)})),
        pod(json!({}), json!({"hostNetwork": true, "containers": ports(json!(80))})),
        pod(json!({}), json!({"containers": ports(json!(0))})),
        pod(json!({}), json!({"volumes": [{"name": "a"}, {"name": "b", "nfs": null}]})),
        pod(json!({}), json!({"securityContext": {"seccompProfile": null, "sysctls": []}})),
        pod(json!({}), json!({"hostUsers": false, "os": {"name": "linux"}})),
        pod(json!({"seccomp.security.alpha.kubernetes.io/pod": "unconfined"}), json!({})),
    ]
}

/// What the case is about, and the newest rules.
fn levels(case: &Value) -> BTreeSet<LevelVersion> {
    let pairs = case["holds"].as_array().expect("a list of pairs").iter();
    let own = pairs.map(|pair| (pair[0].as_str(), pair[1].as_str()));
    let newest = [(Some("baseline"), Some("latest")), (Some("restricted"), Some("latest"))];
    own.chain(newest)
        .map(|(level, version)| LevelVersion {
            level: level.expect("text").parse().expect("a level"),
            version: version.expect("text").parse().expect("a version"),
        })
        .collect()
}

fn create_namespace(client: &Client, name: &str, level_version: LevelVersion) {
    let labels = json!({
        "pod-security.kubernetes.io/warn": level_version.level.to_string(),
        "pod-security.kubernetes.io/warn-version": level_version.version.to_string(),
    });
    let namespace = json!({
        "apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels},
    });
    assert!(client.create("/api/v1/namespaces", &namespace).is_success(), "{name}");
    // Nobody else makes it where no controllers run, and pods are refused without it.
    let account = json!({
        "apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default"},
    });
    let path = format!("/api/v1/namespaces/{name}/serviceaccounts");
    assert!(client.create(&path, &account).is_success(), "{name}");
}

fn pod(case: &Value) -> Value {
    let mut pod = case["pod"].clone();
    // Some names of the suite are no names.
    pod["metadata"]["name"] = json!("case");
    pod
}

fn deployment(case: &Value) -> Value {
    let mut metadata = case["pod"]["metadata"].clone();
    metadata["labels"] = json!({"a": "b"});
    metadata.as_object_mut().expect("a map").remove("name");
    json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "case"},
        "spec": {
            "selector": {"matchLabels": {"a": "b"}},
            "template": {"metadata": metadata, "spec": case["pod"]["spec"]},
        },
    })
}

fn path(object: &Value, namespace: &str) -> String {
    match object["kind"].as_str() {
        Some("Pod") => format!("/api/v1/namespaces/{namespace}/pods?dryRun=All"),
        _ => format!("/apis/apps/v1/namespaces/{namespace}/deployments?dryRun=All"),
    }
}

fn warning(object: &Value, warn: LevelVersion) -> Option<String> {
    let manifest = Manifest::new("case", object.to_string().into(), Limits::default());
    let document = manifest.read(&manifest.parts()[0]).expect("the case is JSON");
    let object = Object::from_root(document.tree.root()).expect("an object");
    let pods = find_pods(object, &PodKinds::default());
    let policy = NamespacePolicy { warn, ..NamespacePolicy::DEFAULT };
    Admission::new(policy).judge(&pods[0]).warning
}
