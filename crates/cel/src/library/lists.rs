//! The lists extension by version: 0 has `slice`, 1 `flatten`, 2 `sort`, `sortBy`, `distinct`,
//! `reverse` and `lists.range`; 3 has costs of its own.

mod shape;
mod sort;

use super::{Library, MacroSet};

impl Library {
    #[must_use]
    pub fn lists(version: u32) -> Self {
        let mut functions = vec![shape::slice_function()];
        if version >= 1 {
            functions.push(shape::flatten_function());
        }
        let mut macros = Vec::new();
        if version >= 2 {
            functions.extend(shape::functions());
            functions.extend(sort::functions());
            macros.push(MacroSet::SortBy);
        }
        Self { macros, ..Self::of("lists", functions) }
    }
}
