//! Renders a report: as JSON for programs, as SARIF for code hosts, as a table for people.

mod forecast;
mod json;
mod language;
mod missed;
mod sarif;
mod summary;
mod table;
#[cfg(test)]
mod testing;

pub use forecast::{Blocker, NamespaceForecast};
pub use json::write_json;
pub use language::Language;
pub use missed::missed;
pub use sarif::{Artifacts, Region, Replacement, write_sarif};
pub use summary::Summary;
pub use table::{Colour, TableOptions, clean, wrap, write_table};

use kordon_finding::{Coverage, Finding};

/// What one run of kordon has to say.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// Of kordon.
    pub version: &'a str,
    /// When the run began, as RFC 3339 has it.
    pub started: &'a str,
    pub target: Target<'a>,
    pub coverage: &'a [Coverage],
    pub findings: &'a [Finding],
}

/// What was looked at.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// `manifests`, `cluster`, `image`, …
    pub kind: &'a str,
    pub name: &'a str,
    /// Where a Pod Security level was judged.
    pub pod_security: Option<PodSecurity<'a>>,
}

/// The rules that `kordon pss` judged by.
#[derive(Clone, Copy, Debug)]
pub struct PodSecurity<'a> {
    /// `baseline` or `restricted`.
    pub level: &'a str,
    /// `v1.37`.
    pub version: &'a str,
    /// What would happen where the level were enforced.
    pub namespaces: &'a [NamespaceForecast],
}
