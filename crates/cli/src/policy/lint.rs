//! `kordon policy lint`: every mistake of every document in one run.

use std::path::PathBuf;

use clap::Args;
use kordon_base::KubernetesVersion;
use kordon_model::resources::Resources;
use kordon_policy::Level;

use crate::{failure::Exit, output, scan::policies};

#[derive(Args, Debug)]
pub(crate) struct Lint {
    /// Files or folders of policies, bindings and parameters
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The minor version of Kubernetes that the policies are for
    #[arg(long, value_name = "1.N", default_value_t = KubernetesVersion::NEWEST)]
    kubernetes_version: KubernetesVersion,
}

pub(super) fn run(lint: &Lint) -> anyhow::Result<Exit> {
    let (set, problems) =
        policies::read(&lint.paths, lint.kubernetes_version, &Resources::default())?;
    let n_errors = problems.iter().filter(|problem| problem.level == Level::Error).count();
    output::write(None, |out| {
        for problem in &problems {
            let level = match problem.level {
                Level::Error => "error",
                Level::Warning => "warning",
            };
            writeln!(out, "{level}: {problem}")?;
        }
        let (n_good, n_warnings) = (set.policies().count(), problems.len() - n_errors);
        writeln!(out, "{n_good} policies can be used; {n_errors} errors, {n_warnings} warnings")
    })?;
    Ok(if n_errors > 0 { Exit::Findings } else { Exit::Clean })
}
