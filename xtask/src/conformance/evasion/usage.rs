//! What a case costs: processor time and memory of this process, as Linux counts them.

use std::fs;

use anyhow::Context as _;
use serde_json::Value;

pub(super) struct Usage {
    cpu_seconds: f64,
}

impl Usage {
    pub(super) fn start() -> anyhow::Result<Self> {
        // Begins the count of the highest memory anew.
        fs::write("/proc/self/clear_refs", "5").context("the count of memory")?;
        Ok(Self { cpu_seconds: cpu_seconds()? })
    }

    /// `limits` has a number of CPU seconds and one of megabytes.
    pub(super) fn complaints(&self, limits: &Value) -> anyhow::Result<Vec<String>> {
        let mut found = Vec::new();
        for (name, limit) in limits.as_object().into_iter().flatten() {
            let limit = limit.as_f64().with_context(|| format!("limit {name} is no number"))?;
            let used = match name.contains("cpu") || name.contains("second") {
                true => cpu_seconds()? - self.cpu_seconds,
                false => resident_megabytes()?,
            };
            if used > limit {
                found.push(format!("{name}: {used:.2}, allowed {limit}"));
            }
        }
        Ok(found)
    }
}

/// Linux counts in hundredths for every architecture that there is.
const TICKS: f64 = 100.0;

fn cpu_seconds() -> anyhow::Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat").context("processor time")?;
    // The program's name, in parentheses, may hold anything.
    let (_, fields) = stat.rsplit_once(')').context("the form of /proc/self/stat")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<f64>);
    Ok(ticks.sum::<Result<f64, _>>()? / TICKS)
}

fn resident_megabytes() -> anyhow::Result<f64> {
    let status = fs::read_to_string("/proc/self/status").context("memory")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("VmHWM")?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes / 1024.0)
}
