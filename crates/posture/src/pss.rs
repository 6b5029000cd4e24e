//! The Pod Security Standards as Pod Security admission judges them: every version from v1.0 to
//! v1.37, at the levels baseline and restricted.
//!
//! A [`Standard`] is a level in one version; [`Standard::violations`] tells what a pod violates and
//! by which fields. Text is made on demand, in the words of the API server, so that judging a
//! large cluster costs no more than the reading of its fields.

mod admission;
mod check;
mod control;
mod field;
mod finding;
mod forecast;
mod level;
mod message;
mod registry;

pub use admission::{
    Admission, Exemption, Exemptions, LabelError, Mode, NamespacePolicy, Outcome, labels,
};
pub use control::Control;
pub use field::{BadField, Site};
pub use finding::{Place, finding, rule};
pub use forecast::{Blocking, BlockingField, Forecast, NamespaceForecast};
pub use level::{Level, LevelVersion, ParseLevelError, ParsePssVersionError, PssVersion};
pub use registry::Standard;

use kordon_model::PodView;

/// One control that a pod violates.
#[derive(Clone, Debug)]
pub struct Violation<'t> {
    pub control: Control,
    /// In the order in which the API server meets them; never empty.
    pub fields: Vec<BadField<'t>>,
}

impl<'t> Violation<'t> {
    /// The API server's short reason: `host namespaces`.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        message::reason(self)
    }

    /// The API server's words about this pod: `container "a" must not set …`.
    #[must_use]
    pub fn detail(&self, pod: &PodView<'t>) -> String {
        message::detail(self, pod)
    }
}

/// All violations in one sentence, as the API server's warning has them after its colon.
#[must_use]
pub fn summary<'t>(violations: &[Violation<'t>], pod: &PodView<'t>) -> String {
    let parts: Vec<String> = violations
        .iter()
        .map(|violation| format!("{} ({})", violation.reason(), violation.detail(pod)))
        .collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests;
