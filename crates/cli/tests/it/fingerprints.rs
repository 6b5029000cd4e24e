//! A finding keeps its fingerprint when the file is scanned again, when its documents change their
//! order and when lines move.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::kordon::Kordon;

fn document(name: &str, n_containers: usize) -> String {
    let container = |n: usize| {
        format!(
            "    - name: c{n}\n      image: nginx\n      env:\n        - {{name: DB_PASSWORD, value: \
             Tr0ub4dor-{n}x}}\n        - {{name: API_PASSWORD, value: c0rrect-h0rse-{n}}}\n"
        )
    };
    let containers: String = (0..n_containers).map(container).collect();
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\nspec:\n  volumes:\n    - {{name: h, \
         hostPath: {{path: /etc}}}}\n  containers:\n{containers}"
    )
}

/// What identifies the findings, each once.
fn fingerprints(text: &str) -> BTreeSet<String> {
    let report = Kordon::new().file("a.yaml", text).json(&["scan", "a.yaml"]);
    let findings = report["findings"].as_array().unwrap();
    let identity = |one: &serde_json::Value| {
        format!("{} {} {}", one["id"], one["subject"], one["fingerprint"])
    };
    let found: BTreeSet<String> = findings.iter().map(identity).collect();
    assert_eq!(found.len(), findings.len(), "no two findings share a fingerprint");
    found
}

proptest! {
    // Each case runs the program twice.
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..Default::default() })]

    #[test]
    fn stay(
        sizes in prop::collection::vec(1..3_usize, 1..5),
        order in any::<prop::sample::Index>(),
        n_lines in prop::collection::vec(0..4_usize, 5),
    ) {
        let documents: Vec<String> =
            sizes.iter().enumerate().map(|(n, size)| document(&format!("p{n}"), *size)).collect();
        let first = documents.join("---\n");
        let mut moved = documents.clone();
        moved.rotate_left(order.index(documents.len()));
        let moved: Vec<String> = moved
            .iter()
            .zip(&n_lines)
            .map(|(text, n)| format!("{}{text}", "# moved\n".repeat(*n)))
            .collect();
        prop_assert_eq!(fingerprints(&first), fingerprints(&moved.join("---\n")));
    }
}
