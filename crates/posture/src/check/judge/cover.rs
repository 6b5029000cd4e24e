//! One cause, one finding: a hit goes where a hit of a check that covers it has the same cause.

use super::ask::Hit;
use crate::check::CheckSet;

pub(super) fn uncovered<'a>(set: &CheckSet, hits: Vec<Hit<'a>>) -> Vec<Hit<'a>> {
    let is_covered = |hit: &Hit<'a>| {
        let covers = &set.checks[hit.question.check].covered_by;
        !covers.is_empty()
            && hits
                .iter()
                .any(|other| covers.contains(&other.question.check) && is_same_cause(hit, other))
    };
    let keep: Vec<bool> = hits.iter().map(|hit| !is_covered(hit)).collect();
    hits.into_iter().zip(keep).filter_map(|(hit, keep)| keep.then_some(hit)).collect()
}

/// A hit on the whole pod has the cause of those on its containers; items are compared where both
/// hits have one.
fn is_same_cause(hit: &Hit<'_>, other: &Hit<'_>) -> bool {
    let agree = |own: Option<usize>, other: Option<usize>| match (own, other) {
        (Some(own), Some(other)) => own == other,
        _ => true,
    };
    let same_item = match (&hit.item, &other.item) {
        (Some(_), Some(_)) => hit.key == other.key,
        _ => true,
    };
    agree(hit.pod, other.pod) && agree(hit.container, other.container) && same_item
}
