//! The report for people: by workload, worst first, then what to do, then what was not looked at.

mod coverage;
mod forecast;
mod layout;
mod remedies;
mod style;
mod workloads;

use std::io::{self, Write};

use kordon_finding::Severity;

use crate::{Language, Report, Summary};
use style::Style;

pub use layout::{clean, wrap};
pub use style::Colour;

#[derive(Clone, Copy, Debug)]
pub struct TableOptions {
    pub columns: usize,
    pub colour: Colour,
    pub language: Language,
    /// Findings that the user did not want to see.
    pub n_hidden: usize,
}

impl Default for TableOptions {
    fn default() -> Self {
        Self { columns: 100, colour: Colour::Never, language: Language::English, n_hidden: 0 }
    }
}

pub fn write_table(
    report: &Report<'_>,
    options: TableOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page { out, options };
    let order = workloads::Order::of(report.findings);
    page.workloads(report.findings, &order)?;
    page.remedies(report.findings)?;
    if let Some(rules) = report.target.pod_security {
        page.forecast(rules)?;
    }
    page.coverage(report.coverage)?;
    page.counts(report, order.n_groups())
}

struct Page<'o> {
    out: &'o mut dyn Write,
    options: TableOptions,
}

impl Page<'_> {
    fn styled(&mut self, style: Style, text: &str) -> io::Result<()> {
        self.options.colour.write(self.out, style, text)
    }

    fn text(&self, key: &str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
        self.options.language.text(key, values)
    }

    fn heading(&mut self, key: &str) -> io::Result<()> {
        let text = self.text(key, &[]);
        self.styled(Style::Heading, &text)?;
        writeln!(self.out)
    }

    /// A text from the column that the cursor is in, its further lines below its first.
    fn wrapped(&mut self, text: &str, indent: usize) -> io::Result<()> {
        let columns = self.options.columns.saturating_sub(indent);
        for (line_idx, line) in layout::wrap(&layout::clean(text), columns).iter().enumerate() {
            if line_idx > 0 {
                layout::pad(self.out, indent)?;
            }
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    fn counts(&mut self, report: &Report<'_>, n_groups: usize) -> io::Result<()> {
        let summary = Summary::of(report.findings);
        if summary.total() == 0 && summary.excepted == 0 {
            let text = self.text("findings.none", &[]);
            writeln!(self.out, "{text}")?;
        } else {
            let mut counts = Vec::new();
            for severity in Severity::ALL {
                let key = format!("count.{severity}");
                counts.push(self.text(&key, &[("n", &summary.count(severity))]));
            }
            if summary.excepted > 0 {
                counts.push(self.text("count.excepted", &[("n", &summary.excepted)]));
            }
            let counts = counts.join(" · ");
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("shown", &summary.total()), ("n", &n_groups), ("counts", &counts)];
            let text = self.text("findings.of", &values);
            self.styled(Style::Heading, &text)?;
            writeln!(self.out)?;
        }
        if self.options.n_hidden > 0 {
            let text = self.text("findings.hidden", &[("n", &self.options.n_hidden)]);
            writeln!(self.out, "{text}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
