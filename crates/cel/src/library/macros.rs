//! Libraries that are syntax alone.

use super::{Library, MacroSet};

impl Library {
    /// `cel.bind`
    #[must_use]
    pub fn bindings() -> Self {
        Self { name: "bindings", macros: vec![MacroSet::Bindings], ..Self::default() }
    }

    /// `cel.block`, `cel.index`, `cel.iterVar`, `cel.accuVar`
    #[must_use]
    pub fn block() -> Self {
        Self { name: "block", macros: vec![MacroSet::Block], ..Self::default() }
    }

    /// `all(i, v, …)`, `transformMap(k, v, …)` and the like
    #[must_use]
    pub fn two_variables() -> Self {
        Self { name: "two_variables", macros: vec![MacroSet::TwoVariables], ..Self::default() }
    }
}
