//! The conformance runner: reads a suite's cases, runs each one, prints what failed and why.

mod cel;
mod checks;
mod evasion;
mod input;
mod k8s_libs;
mod psa;
mod verdicts;

use std::{
    io::{self, Write as _},
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use serde_json::Value;

use input::Case;

/// Each suite is a file of its own below `conformance/`, with one function from a case to an
/// [`Outcome`].
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Suite {
    Cel,
    K8sLibs,
    Psa,
    Evasion,
    Checks,
    Verdicts,
}

/// What became of one case.
pub(crate) enum Outcome {
    Passed,
    /// With the reason.
    Failed(String),
    /// Run and told, but not counted: the case's label is doubtful, or another suite's matter.
    Uncounted(String),
}

impl Outcome {
    /// Passed when there is nothing to complain about.
    pub(crate) fn from_complaints(complaints: &[String]) -> Self {
        match complaints {
            [] => Self::Passed,
            _ => Self::Failed(complaints.join("; ")),
        }
    }
}

/// Runs one case; what is the same for all cases was made before.
pub(crate) type Runner = Box<dyn Fn(&Value) -> Outcome>;

fn runner(suite: Suite, paths: &[PathBuf]) -> anyhow::Result<Runner> {
    match suite {
        Suite::Cel => cel::runner(),
        Suite::K8sLibs => k8s_libs::runner(),
        Suite::Psa => psa::runner(),
        Suite::Evasion => evasion::runner(),
        Suite::Checks => checks::runner(),
        Suite::Verdicts => verdicts::runner(paths),
    }
}

pub(crate) fn run(suite: Suite, paths: &[PathBuf], only: &[String]) -> anyhow::Result<ExitCode> {
    let mut cases = input::cases(paths)?;
    if suite == Suite::Verdicts {
        verdicts::label(&mut cases, paths)?;
    }
    let run_case = runner(suite, paths)?;
    let mut out = io::stdout().lock();
    let (mut n_passed, mut n_counted) = (0_usize, 0_usize);
    for case in cases.iter().filter(|case| case.matches(only)) {
        match judged(&run_case, case) {
            Outcome::Passed => {
                n_passed += 1;
                n_counted += 1;
            }
            Outcome::Failed(reason) => {
                n_counted += 1;
                writeln!(out, "FAILED {}: {reason}", case.id())?;
            }
            Outcome::Uncounted(reason) => writeln!(out, "not counted {}: {reason}", case.id())?,
        }
    }
    if n_counted == 0 {
        bail!("no case was run; {} were read", cases.len());
    }
    let name = clap::ValueEnum::to_possible_value(&suite).context("every suite has a name")?;
    writeln!(out, "{}: {n_passed}/{n_counted} passed", name.get_name())?;
    Ok(if n_passed == n_counted { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A panic fails its case, not the run.
fn judged(run_case: &Runner, case: &Case) -> Outcome {
    catch_unwind(AssertUnwindSafe(|| run_case(&case.value)))
        .unwrap_or_else(|_| Outcome::Failed("panicked".to_owned()))
}
