//! The command line as it is written: literal values only. Commands resolve them to files, checks
//! and settings, so that `--help` never touches the disk.

use std::ffi::OsString;

use clap::{Parser, Subcommand};
use clap_complete::Shell;

#[derive(Parser, Debug)]
#[command(
    name = "kordon",
    version,
    about = "Secures Kubernetes from build to runtime",
    disable_help_subcommand = true
)]
#[command(
    after_help = "Exit codes: 0 nothing at the gate, 1 findings at the gate, 2 could not do \
                        the job."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Scan manifests
    Scan(Box<crate::scan::Scan>),
    /// Judge manifests by the Pod Security Standards, and what enforcing a level would stop
    Pss(Box<crate::pss::Pss>),
    /// Explain a check or a finding
    Explain(Box<crate::explain::Explain>),
    /// List the checks
    Checks(crate::checks::Checks),
    /// Lint policies, and judge objects by them
    #[command(subcommand)]
    Policy(crate::policy::Policy),
    /// Print a completion script for a shell
    Completion {
        /// The shell that will read the script
        shell: Shell,
    },
    /// Print a manual page (roff)
    Man {
        /// The command; without one, kordon itself
        command: Option<String>,
    },
}

/// Usage errors, `--help` and `--version` come back as `clap::Error`.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> anyhow::Result<Arguments> {
    Ok(Arguments::try_parse_from(arguments)?)
}
