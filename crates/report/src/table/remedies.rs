//! What to do: once for each rule, since a mistake is seldom made in one place only.

use std::{cmp::Reverse, collections::HashMap, io};

use kordon_finding::{Finding, Rule, Severity};

use super::{Page, layout, style::Style};

struct Remedy<'a> {
    rule: &'a Rule,
    worst: Severity,
    n_findings: usize,
}

impl Page<'_> {
    pub(super) fn remedies(&mut self, findings: &[Finding]) -> io::Result<()> {
        let remedies = remedies(findings);
        if remedies.is_empty() {
            return Ok(());
        }
        self.heading("remedy.heading")?;
        for remedy in remedies {
            let id = layout::clean(&remedy.rule.id);
            write!(self.out, "  ")?;
            self.styled(Style::Severity(remedy.worst), &id)?;
            let title = layout::clean(&remedy.rule.title);
            let times = self.text("remedy.times", &[("n", &remedy.n_findings)]);
            write!(self.out, "  {title}  ")?;
            self.styled(Style::Dim, &times)?;
            writeln!(self.out)?;
            if !remedy.rule.remediation.is_empty() {
                write!(self.out, "    ")?;
                self.wrapped(&remedy.rule.remediation, 4)?;
            }
        }
        writeln!(self.out)
    }
}

fn remedies(findings: &[Finding]) -> Vec<Remedy<'_>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut remedies: Vec<Remedy<'_>> = Vec::new();
    for finding in findings.iter().filter(|finding| finding.excepted.is_none()) {
        let (rule, worst) = (&*finding.rule, finding.severity);
        let idx = *places.entry(&rule.id).or_insert_with(|| {
            remedies.push(Remedy { rule, worst, n_findings: 0 });
            remedies.len() - 1
        });
        let remedy = &mut remedies[idx];
        remedy.n_findings += 1;
        remedy.worst = remedy.worst.max(worst);
    }
    remedies.sort_by_key(|remedy| (Reverse(remedy.worst), &remedy.rule.id));
    remedies
}
