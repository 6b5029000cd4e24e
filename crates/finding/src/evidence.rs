//! What proves a finding, and where it stands.

use std::sync::Arc;

use serde_json::Value;

/// A place in a file. `line` and `column` count from 1 (columns in Unicode characters); 0 where a
/// finding has no place in a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Location {
    /// As it is reached from the working directory, with `/`; `-` for standard input.
    pub file: Arc<str>,
    pub line: u32,
    pub column: u32,
    /// From the object's root: `spec.template.spec.containers[0].securityContext.privileged`. A
    /// field that is missing is named in full; line and column are then those of its nearest
    /// parent that is there.
    /// Shared: the objects of a scan have the same fields.
    pub path: Arc<str>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Evidence {
    /// As in [`Location::path`].
    pub path: Arc<str>,
    /// `null` where the field is missing. Secrets are redacted before they get here.
    pub value: Value,
}
