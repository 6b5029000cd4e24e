//! The project's own tasks: `cargo xtask conformance SUITE PATH…`.

mod codegen;
mod conformance;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Holds kordon against a suite of cases; prints the failing ids and `SUITE: PASSED/TOTAL passed`
    Conformance {
        suite: conformance::Suite,
        /// Files or folders of the suite
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Runs and counts only the cases that match: an id's prefix, a group, format, family or
        /// catalogue id
        #[arg(long, value_delimiter = ',')]
        only: Vec<String>,
    },
    /// Makes the reference pages of the checks and the control matrix from the check files
    Codegen {
        /// Writes nothing; fails where a file is not what would be written
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let result = match Arguments::parse().task {
        Task::Conformance { suite, paths, only } => conformance::run(suite, &paths, &only),
        Task::Codegen { check: true } => codegen::run(codegen::Mode::Check),
        Task::Codegen { check: false } => codegen::run(codegen::Mode::Write),
    };
    result.unwrap_or_else(|error| {
        report(&error);
        ExitCode::from(2)
    })
}

#[expect(clippy::print_stderr, reason = "the one place where a task's failure is told")]
fn report(error: &anyhow::Error) {
    eprintln!("error: {error:#}");
}
