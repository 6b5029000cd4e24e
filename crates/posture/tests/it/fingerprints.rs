//! Fingerprints are the same after a second scan, in another order and on other lines.

use std::{collections::BTreeSet, sync::LazyLock};

use kordon_posture::CheckSet;
use proptest::{prelude::*, sample::subsequence, test_runner::Config};

use crate::support::{builtin, judge_all, trees};

const CONTAINERS: [&str; 5] = [
    "      - {name: a, image: a, securityContext: {privileged: true}, ports: [{containerPort: 80}, {containerPort: 22, hostPort: 22}]}\n",
    "      - {name: b, image: b, securityContext: {capabilities: {add: [NET_ADMIN, SYS_TIME, ALL]}}}\n",
    "      - {name: c, image: c, command: [sudo, x], tty: true}\n",
    "      - {name: d, image: d, volumeMounts: [{name: v, mountPath: /v}, {name: w, mountPath: /w}]}\n",
    "      - {name: e, image: e, env: [{name: P, valueFrom: {secretKeyRef: {name: s, key: p}}}]}\n",
];
const VOLUMES: [&str; 3] = [
    "      - {name: v, hostPath: {path: /srv}}\n",
    "      - {name: w, hostPath: {path: /etc}}\n",
    "      - {name: x, emptyDir: {}}\n",
];

fn deployment(containers: &[&str], volumes: &[&str], n_lines: usize) -> String {
    let lines = "# a comment\n".repeat(n_lines);
    format!(
        "{lines}apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec:\n  template:\n    \
         spec:\n      volumes:\n{}      containers:\n{}",
        volumes.concat(),
        containers.concat()
    )
}

fn fingerprints(set: &CheckSet, text: &str) -> Vec<String> {
    let judged = judge_all(set, &trees("a.yaml", text));
    judged.findings.iter().map(|finding| finding.fingerprint.to_string()).collect()
}

static ALL: LazyLock<CheckSet> = LazyLock::new(|| builtin(&[]));
static SOME: LazyLock<CheckSet> =
    LazyLock::new(|| builtin(&["POD-001", "POD-007", "POD-015", "POD-029", "POD-049"]));

proptest! {
    #![proptest_config(Config::with_cases(64))]

    #[test]
    fn order_and_lines_do_not_matter(
        containers in Just(CONTAINERS.to_vec()).prop_shuffle(),
        volumes in Just(VOLUMES.to_vec()).prop_shuffle(),
        n_lines in 0_usize..5,
    ) {
        let plain = fingerprints(&ALL, &deployment(&CONTAINERS, &VOLUMES, 0));
        let unique: BTreeSet<&String> = plain.iter().collect();
        prop_assert_eq!(unique.len(), plain.len(), "two findings have one fingerprint");
        let moved = fingerprints(&ALL, &deployment(&containers, &volumes, n_lines));
        let plain: BTreeSet<String> = plain.into_iter().collect();
        prop_assert_eq!(plain, moved.into_iter().collect::<BTreeSet<_>>());
    }

    #[test]
    fn findings_of_one_container_do_not_depend_on_the_others(
        containers in subsequence(CONTAINERS.to_vec(), 1..=5),
    ) {
        let all: BTreeSet<String> =
            fingerprints(&SOME, &deployment(&CONTAINERS, &VOLUMES, 0)).into_iter().collect();
        let some = fingerprints(&SOME, &deployment(&containers, &VOLUMES, 0));
        prop_assert!(some.iter().all(|fingerprint| all.contains(fingerprint)));
    }
}
