//! The string extension of cel-go, by version: 0 has the basics, 1 `format` and `strings.quote`, 2 a
//! `join` of dynamic lists, 3 `reverse`, 4 a `format` without locale. Positions count characters.

mod format;
mod quote;
mod search;
mod transform;

pub(crate) use quote::go_quoted;

use super::Library;

impl Library {
    /// The string extension; Kubernetes has version 0 up to 1.28 and version 2 since.
    #[must_use]
    pub fn strings(version: u32) -> Self {
        let mut functions = search::functions();
        functions.extend(transform::functions());
        if version >= 1 {
            functions.push(format::function(version));
            functions.push(quote::function());
        }
        if version >= 3 {
            functions.push(transform::reverse());
        }
        Self::of("strings", functions)
    }
}
