//! What was looked at, and what was not: always shown, for silence would pass for safety.

use std::{collections::BTreeMap, io};

use kordon_finding::{Coverage, Covered, State};

use crate::missed;

use super::{Page, layout, style::Style};

/// Places that are named for one reason; the other formats name all of them.
const MAX_PLACES: usize = 8;

impl Page<'_> {
    pub(super) fn coverage(&mut self, coverage: &[Coverage]) -> io::Result<()> {
        self.heading("coverage.heading")?;
        let n_files = |state| {
            let is_it = |entry: &&Coverage| entry.what == Covered::File && entry.state == state;
            coverage.iter().filter(is_it).count()
        };
        let values: [(&str, &dyn std::fmt::Display); 3] = [
            ("assessed", &n_files(State::Assessed)),
            ("partial", &n_files(State::Partial)),
            ("missed", &n_files(State::NotAssessed)),
        ];
        let text = self.text("coverage.files", &values);
        writeln!(self.out, "  {text}")?;
        self.missed(coverage)?;
        writeln!(self.out)
    }

    fn missed(&mut self, coverage: &[Coverage]) -> io::Result<()> {
        let mut by_reason: BTreeMap<(Covered, &str), Vec<&Coverage>> = BTreeMap::new();
        for entry in missed(coverage) {
            by_reason.entry((entry.what, &entry.reason)).or_default().push(entry);
        }
        if by_reason.is_empty() {
            return Ok(());
        }
        let text = self.text("coverage.missed", &[]);
        writeln!(self.out, "  {text}")?;
        for ((what, reason), entries) in by_reason {
            let what = self.text(&format!("coverage.{}", what.as_str()), &[]);
            let line = format!("{what}: {reason}");
            write!(self.out, "  - ")?;
            self.wrapped(&line, 4)?;
            for entry in entries.iter().take(MAX_PLACES) {
                write!(self.out, "      ")?;
                self.styled(Style::Dim, &layout::clean(&place(entry)))?;
                writeln!(self.out)?;
            }
            if entries.len() > MAX_PLACES {
                let n = entries.len() - MAX_PLACES;
                let text = self.text("coverage.more", &[("n", &n)]);
                writeln!(self.out, "      {text}")?;
            }
        }
        Ok(())
    }
}

/// `POD-001 shop/cart.yaml:3:1`, with the parts that apply.
fn place(entry: &Coverage) -> String {
    let file = entry.file.as_deref().map(|file| match (entry.line, entry.column) {
        (0, _) => file.to_owned(),
        (line, column) => format!("{file}:{line}:{column}"),
    });
    let id = entry.id.as_deref().map(str::to_owned);
    [id, file].into_iter().flatten().collect::<Vec<_>>().join("  ")
}
