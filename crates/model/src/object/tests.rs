use super::*;
use crate::testing::tree;

fn check(json: &str, expected: &[&str]) {
    let tree = tree(json);
    let found: Vec<_> = objects(tree.root())
        .into_iter()
        .map(|object| match object {
            Ok(object) => {
                format!("{} {} {}", object.api_version(), object.kind(), object.display_name())
            }
            Err(error) => format!("{}: {}", error.path, error.reason),
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn lists_are_unwrapped() {
    check(r#"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}"#, &["v1 Pod a"]);
    check(
        r#"{"apiVersion": "v1", "kind": "List", "items": [
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"generateName": "a-"}},
            {"apiVersion": "apps/v1", "kind": "DeploymentList", "items": [
                {"metadata": {"name": "b"}}, 7]},
            {"metadata": {"name": "c"}}]}"#,
        &[
            "v1 Pod a-",
            "apps/v1 Deployment b",
            "items[1].items[1]: no apiVersion and kind",
            "items[2]: no apiVersion and kind",
        ],
    );
    check(r#"{"apiVersion": "v1", "kind": "PodList", "items": null}"#, &[]);
    check(r#"{"apiVersion": "a/v1", "kind": "AllowList", "spec": {}}"#, &["a/v1 AllowList "]);
    check("[]", &[": no apiVersion and kind"]);
}

#[test]
fn metadata_of_the_wrong_type_is_absent() {
    let tree = tree(
        r#"{"apiVersion": "apps/v1", "kind": "X", "metadata":
            {"name": 7, "namespace": "", "labels": {"a": "b", "c": 1}, "annotations": []}}"#,
    );
    let object = Object::from_root(tree.root()).expect("an object");
    assert_eq!((object.name(), object.namespace()), (None, None));
    assert_eq!(object.labels().collect::<Vec<_>>(), [("a", "b")]);
    assert_eq!(object.annotation("a"), None);
    assert_eq!((object.group(), object.version()), ("apps", "v1"));
}
