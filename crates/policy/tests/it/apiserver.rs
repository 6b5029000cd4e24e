//! Every policy of `specs.yaml` on every object of `objects.yaml`, by a real kube-apiserver and by
//! kordon: the same decision, and the same message.

use std::{fmt::Write as _, sync::Arc};

use kordon_base::KubernetesVersion;
use kordon_manifest::{Limits, Manifest};
use kordon_model::{
    Tree,
    resources::{ResourceRef, Resources, group_version},
};
use kordon_policy::{
    Attributes, Facts, Level, PolicySet, PolicySetBuilder, Request, User, Violation,
};
use kordon_testkit::{Client, Cluster, Setup};
use serde_json::{Value, json};

const SPECS: &str = include_str!("specs.yaml");
const OBJECTS: &str = include_str!("objects.yaml");
/// Judged by nobody: gives the objects their defaults.
const FREE: &str = "free";
const ADMIN: &str =
    r#"{"username": "admin", "groups": ["system:masters", "system:authenticated"]}"#;

#[test]
fn policies_decide_as_the_api_server_does() {
    let setup =
        Setup { arguments: &["--apiserver-arg=--disable-admission-plugins=ServiceAccount"] };
    let Some(cluster) = Cluster::start(setup) else { return };
    let client = cluster.client();
    let specs = documents(SPECS);
    let objects = documents(OBJECTS);
    create_namespace(client, FREE);
    for (idx, spec) in specs.iter().enumerate() {
        create_policy(client, idx, spec);
    }
    wait_until_effective(&cluster, specs.len());
    let resources = Resources::default();
    let user = tree("user.json", ADMIN);
    let (mut wrong, mut n_compared) = (String::new(), 0);
    for object in &objects {
        let row = row(&resources, object);
        let written = with_defaults(client, row, object);
        for (idx, spec) in specs.iter().enumerate() {
            let expected = by_server(client, row, (idx, object));
            let found = by_kordon(&set(idx, spec), row, (idx, &written), &user);
            n_compared += 1;
            if !agrees(&expected, &found) {
                let name = &object["metadata"]["name"];
                writeln!(
                    wrong,
                    "policy {idx} on {} {name}:\n  {expected:?}\n  {found:?}",
                    row.kind
                )
                .expect("a String takes everything");
            }
        }
    }
    assert!(wrong.is_empty(), "of {n_compared} verdicts differ:\n{wrong}");
    assert!(n_compared >= 150, "only {n_compared} were compared");
}

fn documents(text: &str) -> Vec<Value> {
    let manifest = Manifest::new("test.yaml", text.as_bytes().to_vec(), Limits::default());
    let read = |part| {
        let document = manifest.read(part).expect("the test's YAML is fine");
        serde_json::from_str(&document.tree.root().to_string()).expect("a tree prints as JSON")
    };
    manifest.parts().iter().map(read).collect()
}

fn tree(name: &str, text: &str) -> Arc<Tree> {
    let manifest = Manifest::new(name, text.as_bytes().to_vec(), Limits::default());
    let part = manifest.parts().first().expect("one document");
    Arc::new(manifest.read(part).expect("JSON of the server").tree)
}

fn create_namespace(client: &Client, name: &str) {
    let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
    let answer = client.create("/api/v1/namespaces", &namespace);
    assert!(answer.is_success(), "{}", answer.message());
}

fn policy(idx: usize, spec: &Value) -> [Value; 2] {
    let name = format!("p{idx}");
    let api_version = "admissionregistration.k8s.io/v1";
    let selector = json!({"matchLabels": {"kubernetes.io/metadata.name": name}});
    [
        json!({
            "apiVersion": api_version, "kind": "ValidatingAdmissionPolicy",
            "metadata": {"name": name}, "spec": spec,
        }),
        json!({
            "apiVersion": api_version, "kind": "ValidatingAdmissionPolicyBinding",
            "metadata": {"name": name},
            "spec": {
                "policyName": name, "validationActions": ["Deny"],
                "matchResources": {"namespaceSelector": selector},
            },
        }),
    ]
}

fn create_policy(client: &Client, idx: usize, spec: &Value) {
    create_namespace(client, &format!("p{idx}"));
    let plurals = ["validatingadmissionpolicies", "validatingadmissionpolicybindings"];
    for (plural, object) in plurals.iter().zip(policy(idx, spec)) {
        let path = format!("/apis/admissionregistration.k8s.io/v1/{plural}");
        let answer = client.create(&path, &object);
        assert!(answer.is_success(), "policy {idx}: {}", answer.message());
    }
}

/// A last policy that refuses everything in its namespace: when it does, the others are in force.
fn wait_until_effective(cluster: &Cluster, idx: usize) {
    let rules = json!([{
        "apiGroups": [""], "apiVersions": ["v1"], "operations": ["*"], "resources": ["configmaps"],
    }]);
    let spec = json!({
        "matchConstraints": {"resourceRules": rules}, "validations": [{"expression": "false"}],
    });
    create_policy(cluster.client(), idx, &spec);
    let map = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "sentinel"}});
    cluster.wait_for("the last policy to take effect", |client| {
        let path = format!("/api/v1/namespaces/p{idx}/configmaps?dryRun=All");
        !client.create(&path, &map).is_success()
    });
}

fn row<'a>(resources: &'a Resources, object: &'a Value) -> ResourceRef<'a> {
    let (group, version) = group_version(object["apiVersion"].as_str().expect("an apiVersion"));
    let kind = object["kind"].as_str().expect("a kind");
    resources.by_kind(group, version, kind).expect("a built-in kind")
}

fn path(row: ResourceRef<'_>, namespace: &str) -> String {
    let base = match row.group {
        "" => format!("/api/{}", row.version),
        group => format!("/apis/{group}/{}", row.version),
    };
    format!("{base}/namespaces/{namespace}/{}?dryRun=All", row.plural)
}

/// The object as the server would store it.
fn with_defaults(client: &Client, row: ResourceRef<'_>, object: &Value) -> Value {
    let answer = client.create(&path(row, FREE), object);
    assert!(answer.is_success(), "{}", answer.message());
    answer.body
}

/// The message of a refusal.
fn by_server(
    client: &Client,
    row: ResourceRef<'_>,
    (idx, object): (usize, &Value),
) -> Option<String> {
    let answer = client.create(&path(row, &format!("p{idx}")), object);
    if answer.is_success() {
        return None;
    }
    let message = answer.message();
    let (_, reason) = message.split_once("denied request: ").unwrap_or(("", message));
    Some(reason.to_owned())
}

fn set(idx: usize, spec: &Value) -> PolicySet {
    let mut builder = PolicySetBuilder::new(KubernetesVersion::NEWEST);
    for object in policy(idx, spec) {
        let tree = tree("policy.json", &object.to_string());
        builder.add(&tree, tree.root());
    }
    let (set, problems) = builder.build(Arc::new(Resources::default()));
    let errors: Vec<_> = problems.iter().filter(|problem| problem.level == Level::Error).collect();
    assert!(errors.is_empty(), "policy {idx}: {errors:?}");
    set
}

fn by_kordon(
    set: &PolicySet,
    row: ResourceRef<'_>,
    (idx, written): (usize, &Value),
    user: &Tree,
) -> Vec<Violation> {
    let namespace = format!("p{idx}");
    let mut object = written.clone();
    object["metadata"]["namespace"] = json!(namespace);
    let tree = tree("object.json", &object.to_string());
    let name = object["metadata"]["name"].as_str().expect("a name").to_owned();
    let attributes = Attributes {
        operation: "CREATE",
        resource: row,
        subresource: "",
        name: &name,
        namespace: &namespace,
    };
    let request = Request {
        attributes,
        user: User::Known(user.root()),
        dry_run: Some(true),
        options: None,
        object: Some(tree.root()),
        old_object: None,
        namespace_object: None,
    };
    let verdicts = set.judge(&request, &Facts::default());
    assert!(verdicts.iter().all(|verdict| verdict.unassessed.is_empty()), "{verdicts:?}");
    verdicts.into_iter().flat_map(|verdict| verdict.violations).collect()
}

/// The server tells the first violation only, and words evaluation errors in its own way.
fn agrees(expected: &Option<String>, found: &[Violation]) -> bool {
    match (expected, found) {
        (None, []) => true,
        (Some(message), [first, ..]) => first.error.is_some() || *message == *first.message,
        _ => false,
    }
}
