//! The suite `cel`: expressions of the CEL specification.

use super::{Outcome, Runner};

pub(crate) fn runner() -> anyhow::Result<Runner> {
    Ok(Box::new(|_case| Outcome::Failed("this suite cannot be run yet".to_owned())))
}
