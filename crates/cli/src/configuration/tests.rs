use std::path::Path;

use kordon_manifest::{Limits, Manifest};
use serde_json::Value;

use super::read::read;

const SCHEMA: &str = include_str!("../../../../docs/kordon.schema.json");

const EVERYTHING: &str = include_str!("../../../../docs/kordon.example.yaml");

fn with_tree<T>(text: &str, then: impl FnOnce(kordon_model::NodeRef<'_>) -> T) -> T {
    let bytes = text.as_bytes().to_vec();
    let manifest = Manifest::new("kordon.yaml", bytes, Limits::default());
    then(manifest.read(&manifest.parts()[0]).unwrap().tree.root())
}

fn problems(text: &str) -> String {
    with_tree(text, |root| match read(root, Path::new("conf")) {
        Ok(_) => String::new(),
        Err(problems) => problems.iter().map(|problem| format!("{problem}\n")).collect(),
    })
}

fn schema_accepts(text: &str) -> bool {
    let value: Value = with_tree(text, |root| serde_json::from_str(&root.to_string()).unwrap());
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    jsonschema::draft202012::new(&schema).unwrap().is_valid(&value)
}

#[test]
fn the_example_has_every_field() {
    assert_eq!(problems(EVERYTHING), "");
    assert!(schema_accepts(EVERYTHING));
    let file = with_tree(EVERYTHING, |root| read(root, Path::new("conf")).unwrap());
    insta::assert_snapshot!(format!("{file:#?}"), @r#"
    ConfigurationFile {
        checks: {
            "IMG-004": Override {
                enabled: None,
                severity: None,
                settings: {
                    "registries": Array [
                        String("registry.example.com"),
                        String("ghcr.io/shop"),
                    ],
                },
            },
            "KSV-0011": Override {
                enabled: Some(
                    false,
                ),
                severity: None,
                settings: {},
            },
            "RES": Override {
                enabled: None,
                severity: Some(
                    Info,
                ),
                settings: {},
            },
        },
        only: [],
        skip: [
            "POD-005",
        ],
        profiles: Some(
            [
                Security,
            ],
        ),
        kubernetes_version: Some(
            KubernetesVersion {
                minor: 36,
            },
        ),
        severity: Some(
            Low,
        ),
        fail_on: Some(
            From(
                High,
            ),
        ),
        fail_on_coverage: Some(
            false,
        ),
        strict: Some(
            false,
        ),
        language: Some(
            English,
        ),
        files: Files {
            include: [],
            exclude: [
                "third_party",
            ],
            ignore_files: Some(
                true,
            ),
            max_bytes: Some(
                536870912,
            ),
            max_documents: Some(
                1000000,
            ),
            max_depth: Some(
                1000,
            ),
        },
        pods: [
            PodKind {
                group: "shop.example",
                kind: "Worker",
                path: "spec.workers[].template",
                form: Template,
            },
        ],
        policies: [
            "conf/policies",
        ],
        checks_from: [],
    }
    "#);
}

#[test]
fn every_mistake_is_told() {
    let text = "\
apiVersion: kordon.dev/v2
kind: Configuration
cheks: {}
checks:
  POD-001: {severity: dreadful, settings: [], enabled: 3}
failOn: often
files: {maxBytes: 0, exlude: []}
pods: [{path: 'a['}]
profiles: [security, speed]
strict: 'no'
";
    insta::assert_snapshot!(problems(text), @"
    kordon.yaml:1:13: Configuration: apiVersion: must be kordon.dev/v1
    kordon.yaml:3:1: Configuration: cheks: unknown field; did you mean `checks`?
    kordon.yaml:5:23: Configuration: checks.POD-001.severity: `dreadful` is no severity; use critical, high, medium, low or info
    kordon.yaml:5:43: Configuration: checks.POD-001.settings: must be an object, is a list
    kordon.yaml:5:56: Configuration: checks.POD-001.enabled: must be true or false
    kordon.yaml:6:9: Configuration: failOn: `often` is no severity; use critical, high, medium, low or info
    kordon.yaml:7:19: Configuration: files.maxBytes: must be a whole number above 0
    kordon.yaml:7:22: Configuration: files.exlude: unknown field; did you mean `exclude`?
    kordon.yaml:8:8: Configuration: pods[0].kind: is required
    kordon.yaml:9:22: Configuration: profiles[1]: `speed` is not one of security, reliability
    kordon.yaml:10:9: Configuration: strict: must be true or false
    ");
    assert!(!schema_accepts(text));
}
