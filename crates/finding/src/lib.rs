//! Words: what every engine says. One cause gives one [`Finding`]; what was not looked at gives
//! [`Coverage`].

mod coverage;
mod evidence;
mod fingerprint;
mod fix;
mod rule;
mod severity;
mod subject;

pub use coverage::{Coverage, Covered, State};
pub use evidence::{Evidence, Location};
pub use fingerprint::Fingerprint;
pub use fix::{Edit, EditValue, Fix, Safety};
pub use rule::{FindingKind, Rule};
pub use severity::{ParseSeverityError, Severity};
pub use subject::{Principal, Subject};

use std::sync::Arc;

/// One cause at one place. What is the same for all findings of a check stands once in its
/// [`Rule`]; a scan of a large cluster holds hundreds of thousands of these.
#[derive(Clone, Debug)]
pub struct Finding {
    pub rule: Arc<Rule>,
    /// The rule's severity unless the configuration or the facts changed it.
    pub severity: Severity,
    pub subject: Option<Arc<Subject>>,
    pub container: Option<Arc<str>>,
    /// In findings about rights.
    pub principal: Option<Arc<Principal>>,
    pub location: Location,
    /// The first one is the deciding field.
    pub evidence: Vec<Evidence>,
    pub message: Arc<str>,
    pub fix: Option<Arc<Fix>>,
    /// The reason of the exception that holds for it.
    pub excepted: Option<Arc<str>>,
    pub fingerprint: Fingerprint,
}
