//! Findings by the object that they are about.

use std::{
    cmp::{Ordering, Reverse},
    io,
    ops::Range,
    sync::Arc,
};

use kordon_finding::{Finding, Severity};

use crate::Language;

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
            by_object_of(a, b)
                .then_with(|| within(a).cmp(&within(b)))
                .then_with(|| a.rule.id.cmp(&b.rule.id))
        });
        let mut groups: Vec<Range<usize>> = Vec::new();
        for (place, idx) in by_object.iter().enumerate() {
            match groups.last_mut() {
                Some(group)
                    if by_object_of(at(&by_object[group.start]), at(idx)) == Ordering::Equal =>
                {
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

/// By file and object. Findings of one object share both, so that most need no look at the text.
fn by_object_of(a: &Finding, b: &Finding) -> Ordering {
    let (file_a, file_b) = (&a.location.file, &b.location.file);
    let by_file = if Arc::ptr_eq(file_a, file_b) { Ordering::Equal } else { file_a.cmp(file_b) };
    by_file.then_with(|| match (&a.subject, &b.subject) {
        (Some(a), Some(b)) if Arc::ptr_eq(a, b) => Ordering::Equal,
        (a, b) => a.cmp(b),
    })
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
        let words = SeverityWords::in_language(self.options.language);
        for group in &order.groups {
            let group = &order.by_object[group.clone()];
            let of = |idx: &u32| &findings[*idx as usize];
            self.object_heading(of(&group[0]))?;
            let id_columns = group.iter().map(|idx| layout::width(&of(idx).rule.id)).max();
            let place_columns = group.iter().map(|idx| place(of(idx)).len()).max();
            let columns = Columns {
                severity: words.columns,
                id: id_columns.unwrap_or(0).min(MAX_ID),
                place: place_columns.unwrap_or(0),
            };
            for idx in group {
                self.row(of(idx), columns, &words)?;
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

    fn row(
        &mut self,
        finding: &Finding,
        columns: Columns,
        words: &SeverityWords,
    ) -> io::Result<()> {
        let severity = words.of(finding.severity);
        write!(self.out, "  ")?;
        self.styled(Style::Severity(finding.severity), severity)?;
        layout::pad(self.out, columns.severity - layout::width(severity) + 2)?;
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
}

/// The names of the severities, looked up once.
struct SeverityWords {
    words: [String; Severity::ALL.len()],
    /// The width of the widest.
    columns: usize,
}

impl SeverityWords {
    fn in_language(language: Language) -> Self {
        let words =
            Severity::ALL.map(|severity| language.text(&format!("severity.{severity}"), &[]));
        let columns = words.iter().map(|word| layout::width(word)).max().unwrap_or(0);
        Self { words, columns }
    }

    fn of(&self, severity: Severity) -> &str {
        let idx = Severity::ALL.iter().position(|one| *one == severity);
        &self.words[idx.expect("all severities are there")]
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
