//! The one binary, `kordon`. Parses the command line, runs the command, turns its outcome into an
//! exit code.

mod args;
mod checks;
mod common;
mod completion;
mod configuration;
mod documents;
mod environment;
mod explain;
mod failure;
mod man;
mod output;
mod policy;
mod progress;
mod pss;
mod run;
mod scan;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let outcome = args::parse(std::env::args_os()).and_then(run::run);
    match outcome {
        Ok(exit) => exit.into(),
        Err(error) => failure::report(&error),
    }
}
