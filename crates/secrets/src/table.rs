//! The detector table. Adding a kind of credential is adding a row to one of its parts, and an
//! example to the tests.

mod cloud;
mod code;
mod generic;
mod service;

use crate::Detector;

/// All detectors by the format of the value.
pub fn detectors() -> impl Iterator<Item = &'static Detector> {
    PARTS.iter().copied().flatten()
}

const PARTS: [&[Detector]; 4] =
    [cloud::DETECTORS, code::DETECTORS, service::DETECTORS, generic::DETECTORS];

#[cfg(test)]
mod tests;
