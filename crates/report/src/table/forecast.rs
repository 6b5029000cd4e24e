//! What enforcing a Pod Security level would stop, namespace by namespace.

use std::{fmt::Display, io};

use super::{Page, layout, style::Style};
use crate::{NamespaceForecast, PodSecurity};

/// Fields that are named for one control of one workload; JSON names all of them.
const MAX_FIELDS: usize = 3;

impl Page<'_> {
    pub(super) fn forecast(&mut self, rules: PodSecurity<'_>) -> io::Result<()> {
        let level = format!("{}:{}", rules.level, rules.version);
        let heading = self.text("forecast.heading", &[("level", &level)]);
        self.styled(Style::Heading, &heading)?;
        writeln!(self.out)?;
        for namespace in rules.namespaces {
            self.namespace(namespace)?;
        }
        writeln!(self.out)
    }

    fn namespace(&mut self, forecast: &NamespaceForecast) -> io::Result<()> {
        let nameless = self.text("forecast.nameless", &[]);
        let name = if forecast.namespace.is_empty() { &*nameless } else { &forecast.namespace };
        let n_blocking = forecast.blocking.len();
        let values: [(&str, &dyn Display); 3] =
            [("namespace", &name), ("n", &n_blocking), ("total", &forecast.workloads)];
        let key = match (forecast.workloads, forecast.is_ready()) {
            (0, _) => "forecast.empty",
            (_, true) => "forecast.ready",
            _ => "forecast.blocked",
        };
        let mut line = self.text(key, &values);
        if let Some(enforced) = &forecast.enforced {
            line.push_str(&self.text("forecast.enforced", &[("level", enforced)]));
        }
        write!(self.out, "  ")?;
        self.wrapped(&line, 4)?;
        for blocker in &forecast.blocking {
            writeln!(self.out, "    {}", layout::clean(&blocker.workload))?;
            for (control, fields) in &blocker.controls {
                self.control(control, fields)?;
            }
        }
        for workload in &forecast.malformed {
            let text = self.text("forecast.malformed", &[("workload", workload)]);
            write!(self.out, "    ")?;
            self.wrapped(&text, 6)?;
        }
        Ok(())
    }

    fn control(&mut self, control: &str, fields: &[Box<str>]) -> io::Result<()> {
        let mut line = format!("{control}: ");
        let named: Vec<&str> = fields.iter().take(MAX_FIELDS).map(|field| &**field).collect();
        line.push_str(&named.join(", "));
        if fields.len() > MAX_FIELDS {
            let n = fields.len() - MAX_FIELDS;
            line.push_str(&self.text("forecast.more", &[("n", &n)]));
        }
        write!(self.out, "      ")?;
        self.wrapped(&line, 8)
    }
}
