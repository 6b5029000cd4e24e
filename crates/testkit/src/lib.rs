//! Real servers for tests: started on a free port of 127.0.0.1 with a temporary folder, and gone
//! with the test.
//!
//! A test asks for a [`Cluster`] and gets `None`, with a line on standard error, where the
//! machine has no server binary; under `CI=true` that fails instead.

mod client;
mod cluster;

pub use client::{Answer, Client};
pub use cluster::{Cluster, Setup};

use std::{io::Write as _, path::PathBuf};

/// The folder of shared test data: `KORDON_SHARED`, or `../shared` beside the project. `None`
/// where it is absent, which the test then says and ends.
#[must_use]
pub fn shared() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let folder = match std::env::var_os("KORDON_SHARED") {
        Some(named) if named.is_empty() => return None,
        Some(named) => PathBuf::from(named),
        None => PathBuf::from(beside),
    };
    folder.is_dir().then_some(folder)
}

/// Tells that a test did nothing, past the harness that swallows the output of passing tests.
///
/// # Panics
///
/// Under `CI=true` beside the shared test data, with which everything must be there. A clone that
/// stands alone has to pass, too.
pub fn skip(reason: &str) {
    let is_ci = std::env::var_os("CI").is_some_and(|value| value == "true");
    assert!(!is_ci || shared().is_none(), "cannot run under CI: {reason}");
    tell(&format!("skipped: {reason}"));
}

fn tell(line: &str) {
    writeln!(std::io::stderr(), "{line}").expect("standard error is open");
}
