//! How many findings of which severity.

use kordon_finding::{Finding, Severity};
use serde::Serialize;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Summary {
    pub critical: usize,
    pub high: usize,
    pub medium: usize,
    pub low: usize,
    pub info: usize,
    /// Findings that an exception holds for; they are in none of the other numbers.
    pub excepted: usize,
}

impl Summary {
    #[must_use]
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut summary = Self::default();
        for finding in findings {
            match &finding.excepted {
                Some(_) => summary.excepted += 1,
                None => *summary.slot(finding.severity) += 1,
            }
        }
        summary
    }

    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        match severity {
            Severity::Critical => self.critical,
            Severity::High => self.high,
            Severity::Medium => self.medium,
            Severity::Low => self.low,
            Severity::Info => self.info,
        }
    }

    /// Without the excepted ones.
    #[must_use]
    pub fn total(&self) -> usize {
        Severity::ALL.into_iter().map(|severity| self.count(severity)).sum()
    }

    fn slot(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Critical => &mut self.critical,
            Severity::High => &mut self.high,
            Severity::Medium => &mut self.medium,
            Severity::Low => &mut self.low,
            Severity::Info => &mut self.info,
        }
    }
}
