//! What people are told of the coverage.

use kordon_finding::{Coverage, Covered, State};

/// What was not or only in part assessed. A file whose parts are named behind it is not named
/// itself: it would be told twice.
pub fn missed(coverage: &[Coverage]) -> impl Iterator<Item = &Coverage> {
    let is_told_by_parts = |idx: usize| {
        let entry = &coverage[idx];
        let next = coverage.get(idx + 1);
        entry.what == Covered::File
            && next.is_some_and(|next| next.what != Covered::File && next.file == entry.file)
    };
    let missed = coverage.iter().enumerate().filter(|(_, entry)| entry.state != State::Assessed);
    missed.filter(move |(idx, _)| !is_told_by_parts(*idx)).map(|(_, entry)| entry)
}
