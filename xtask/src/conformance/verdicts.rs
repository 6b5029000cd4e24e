//! The suite `verdicts`: real policies on real objects.

use std::path::PathBuf;

use super::{Outcome, Runner};

pub(crate) fn runner(_paths: &[PathBuf]) -> anyhow::Result<Runner> {
    Ok(Box::new(|_case| Outcome::Failed("this suite cannot be run yet".to_owned())))
}
