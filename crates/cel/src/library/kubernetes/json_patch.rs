//! `jsonpatch.escapeKey`, which expressions of MutatingAdmissionPolicy have.

use super::super::{Function, Library, Overload, args};
use crate::Type;

impl Library {
    /// What a MutatingAdmissionPolicy has beyond the libraries of its version.
    #[must_use]
    pub fn kubernetes_json_patch() -> Self {
        let escape = Overload::global(
            "string_jsonpatch_escapeKey_string",
            &[Type::String],
            Type::String,
            |_, values| {
                let key = args::text(values, 0)?;
                Ok(key.replace('~', "~0").replace('/', "~1").into())
            },
        );
        let functions = vec![Function::new("jsonpatch.escapeKey").overload(escape)];
        Self::of("kubernetes.jsonpatch", functions)
    }
}
