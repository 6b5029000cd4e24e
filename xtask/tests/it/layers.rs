//! The dependency rule: a crate may depend only on crates of a lower layer, and the lower layers
//! must not reach the network, the database or the cluster, not even transitively.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Layer of every crate in the workspace: L0 is 0, L2a 20, L2b 25, L3a 30, L3b 35, and so on.
/// A crate that is missing here fails the test.
const LAYERS: &[(u8, &[&str])] = &[
    (0, &["kordon-base"]),
    (10, &["kordon-model", "kordon-finding"]),
    (20, &["kordon-cel"]),
    (25, &["kordon-policy"]),
    (30, &["kordon-posture", "kordon-secrets"]),
    (35, &["kordon-assess"]),
    (40, &["kordon-manifest", "kordon-report"]),
    (60, &["kordon-cli"]),
    (90, &["xtask", "kordon-testkit"]),
];

/// Crates that nothing at or below `PURE` may pull in.
const IMPURE: &[&str] =
    &["tokio", "hyper", "kube", "axum", "rusqlite", "tokio-postgres", "reqwest", "aya"];
const PURE: u8 = 35;

#[test]
fn dependencies_point_down() {
    let metadata = MetadataCommand::new().exec().unwrap();
    let layer: BTreeMap<&str, u8> =
        LAYERS.iter().flat_map(|(n, names)| names.iter().map(move |name| (*name, *n))).collect();
    let mut violations = Vec::new();
    for package in metadata.workspace_packages() {
        let Some(own) = layer.get(package.name.as_str()) else {
            violations.push(format!("{} has no layer", package.name));
            continue;
        };
        for dependency in &package.dependencies {
            if dependency.kind != DependencyKind::Normal {
                continue;
            }
            if layer.get(dependency.name.as_str()).is_some_and(|other| own <= other) {
                violations.push(format!("{} must not depend on {}", package.name, dependency.name));
            }
        }
    }
    let resolve = metadata.resolve.as_ref().unwrap();
    let edges: BTreeMap<_, Vec<_>> = resolve
        .nodes
        .iter()
        .map(|node| {
            (
                &node.id,
                node.deps
                    .iter()
                    .filter(|d| d.dep_kinds.iter().any(|k| k.kind == DependencyKind::Normal))
                    .map(|d| &d.pkg)
                    .collect(),
            )
        })
        .collect();
    let name = |id: &cargo_metadata::PackageId| metadata[id].name.to_string();
    for package in metadata.workspace_packages() {
        if layer.get(package.name.as_str()).is_some_and(|own| *own <= PURE) {
            let mut seen = BTreeSet::new();
            let mut todo = vec![&package.id];
            while let Some(id) = todo.pop() {
                if seen.insert(id) {
                    todo.extend(&edges[id]);
                    if IMPURE.contains(&name(id).as_str()) {
                        violations.push(format!("{} pulls in {}", package.name, name(id)));
                    }
                }
            }
        }
    }
    assert!(violations.is_empty(), "dependency rule broken:\n{}", violations.join("\n"));
}
