//! Findings by the object that they are about.

use std::{cmp::Reverse, io, ops::Range};

use kordon_finding::{Finding, Severity, Subject};

use super::{Page, layout, style::Style};

/// Findings in the order in which they are shown: indices, since a large cluster has hundreds of
/// thousands.
pub(super) struct Order {
    by_object: Vec<u32>,
    /// Ranges of `by_object`, the worst first.
    groups: Vec<Range<usize>>,
}

impl Order {
    /// Excepted findings are counted and not shown.
    pub(super) fn of(findings: &[Finding]) -> Self {
        let mut by_object: Vec<u32> = (0..)
            .zip(findings)
            .filter(|(_, finding)| finding.excepted.is_none())
            .map(|(idx, _)| idx)
            .collect();
        let at = |idx: &u32| &findings[*idx as usize];
        by_object.sort_by(|a, b| {
            let (a, b) = (at(a), at(b));
            let within = |finding: &Finding| {
                (Reverse(finding.severity), finding.location.line, finding.location.column)
            };
            object(a)
                .cmp(&object(b))
                .then_with(|| within(a).cmp(&within(b)))
                .then_with(|| a.rule.id.cmp(&b.rule.id))
        });
        let mut groups: Vec<Range<usize>> = Vec::new();
        for (place, idx) in by_object.iter().enumerate() {
            match groups.last_mut() {
                Some(group) if object(at(&by_object[group.start])) == object(at(idx)) => {
                    group.end = place + 1;
                }
                _ => groups.push(place..place + 1),
            }
        }
        // Stable: what is equally bad stays in the order of files.
        groups.sort_by_key(|group| Reverse(badness(findings, &by_object[group.clone()])));
        Self { by_object, groups }
    }

    pub(super) fn n_groups(&self) -> usize {
        self.groups.len()
    }
}

fn object(finding: &Finding) -> (&str, Option<&Subject>) {
    (&finding.location.file, finding.subject.as_deref())
}

/// How many of each severity: one critical finding outweighs any number of others.
fn badness(findings: &[Finding], group: &[u32]) -> [usize; Severity::ALL.len()] {
    let count = |severity| {
        let is_it = |idx: &&u32| findings[**idx as usize].severity == severity;
        group.iter().filter(is_it).count()
    };
    Severity::ALL.map(count)
}

const MAX_ID: usize = 16;

impl Page<'_> {
    pub(super) fn workloads(&mut self, findings: &[Finding], order: &Order) -> io::Result<()> {
        let severity_columns = self.severity_columns();
        for group in &order.groups {
            let group = &order.by_object[group.clone()];
            let of = |idx: &u32| &findings[*idx as usize];
            self.object_heading(of(&group[0]))?;
            let id_columns = group.iter().map(|idx| layout::width(&of(idx).rule.id)).max();
            let place_columns = group.iter().map(|idx| place(of(idx)).len()).max();
            let columns = Columns {
                severity: severity_columns,
                id: id_columns.unwrap_or(0).min(MAX_ID),
                place: place_columns.unwrap_or(0),
            };
            for idx in group {
                self.row(of(idx), columns)?;
            }
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn object_heading(&mut self, finding: &Finding) -> io::Result<()> {
        let subject = finding.subject.as_deref().map(ToString::to_string);
        let subject = subject.as_deref().map(layout::clean);
        let file = layout::clean(&finding.location.file);
        match subject {
            Some(subject) => {
                self.styled(Style::Heading, &subject)?;
                write!(self.out, "  ")?;
                self.styled(Style::Dim, &file)?;
            }
            None if file.is_empty() => {
                let text = self.text("place.none", &[]);
                self.styled(Style::Heading, &text)?;
            }
            None => self.styled(Style::Heading, &file)?,
        }
        writeln!(self.out)
    }

    fn row(&mut self, finding: &Finding, columns: Columns) -> io::Result<()> {
        let severity = self.text(&format!("severity.{}", finding.severity), &[]);
        write!(self.out, "  ")?;
        self.styled(Style::Severity(finding.severity), &severity)?;
        layout::pad(self.out, columns.severity - layout::width(&severity) + 2)?;
        let id = layout::clean(&finding.rule.id);
        write!(self.out, "{id}")?;
        let id_width = layout::width(&id);
        let indent = columns.message();
        if id_width <= columns.id {
            layout::pad(self.out, columns.id - id_width + 2)?;
        } else {
            writeln!(self.out)?;
            layout::pad(self.out, columns.severity + columns.id + 6)?;
        }
        let place = place(finding);
        self.styled(Style::Dim, &place)?;
        layout::pad(self.out, columns.place - place.len() + 2)?;
        self.wrapped(&finding.message, indent)
    }

    fn severity_columns(&self) -> usize {
        let width = |severity| layout::width(&self.text(&format!("severity.{severity}"), &[]));
        Severity::ALL.into_iter().map(width).max().unwrap_or(0)
    }
}

#[derive(Clone, Copy)]
struct Columns {
    severity: usize,
    id: usize,
    place: usize,
}

impl Columns {
    /// Where messages begin: two columns stand before each of the four.
    fn message(self) -> usize {
        self.severity + self.id + self.place + 8
    }
}

/// `21:15`; the file stands above.
fn place(finding: &Finding) -> String {
    match (finding.location.line, finding.location.column) {
        (0, _) => String::new(),
        (line, column) => format!("{line}:{column}"),
    }
}
