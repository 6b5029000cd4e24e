//! The control matrix: which checks decide which control of which framework.

use std::collections::{BTreeMap, BTreeSet};

use super::Page;

pub(super) fn matrix(pages: &[Page<'_>]) -> String {
    let mut rows: BTreeMap<(&str, Key<'_>), BTreeSet<&str>> = BTreeMap::new();
    for page in pages {
        for control in &page.check.rule.controls {
            let (framework, id) = control.split_once('/').unwrap_or((control, ""));
            rows.entry((framework, Key::of(id))).or_default().insert(&page.check.rule.id);
        }
    }
    let mut text = "framework,control,checks\n".to_owned();
    for ((framework, control), checks) in rows {
        let checks: Vec<_> = checks.into_iter().collect();
        text.push_str(&format!("{framework},{},{}\n", control.id, checks.join(" ")));
    }
    text
}

/// Sorts `5.2.10` after `5.2.9`.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    numbers: Vec<u32>,
    id: &'a str,
}

impl<'a> Key<'a> {
    fn of(id: &'a str) -> Self {
        let numbers = id.split(['.', '-']).map_while(|part| part.parse().ok()).collect();
        Self { numbers, id }
    }
}
