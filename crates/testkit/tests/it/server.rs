//! The server answers, warns and refuses.

use kordon_testkit::{Cluster, Setup};
use serde_json::json;

#[test]
fn the_api_server_answers_warns_and_refuses() {
    let Some(cluster) = Cluster::start(Setup::default()) else { return };
    let client = cluster.client();
    assert_eq!(client.get("/version").body["major"], "1");
    let namespace = json!({
        "apiVersion": "v1", "kind": "Namespace",
        "metadata": {"name": "strict", "labels": {"pod-security.kubernetes.io/warn": "restricted"}},
    });
    assert!(client.create("/api/v1/namespaces", &namespace).is_success());
    let deployment = json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
        "spec": {
            "selector": {"matchLabels": {"a": "b"}},
            "template": {
                "metadata": {"labels": {"a": "b"}},
                "spec": {"containers": [{"name": "c", "image": "i"}]},
            },
        },
    });
    let path = "/apis/apps/v1/namespaces/strict/deployments?dryRun=All";
    let answer = client.create(path, &deployment);
    assert!(answer.is_success(), "{}", answer.message());
    assert!(answer.warnings[0].starts_with("would violate PodSecurity"), "{:?}", answer.warnings);
    let answer = client.post(path, "application/yaml", b"a: [");
    assert_eq!(answer.status, 400, "{:?}", answer.body);
}
