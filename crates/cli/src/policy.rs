//! `kordon policy`: what is wrong with policies, and what they say of objects.

mod eval;
mod lint;
mod render;
mod request;

use clap::Subcommand;

use crate::failure::Exit;

#[derive(Subcommand, Debug)]
pub(crate) enum Policy {
    /// Tell what is wrong with policies, with file, line and hint
    Lint(lint::Lint),
    /// Judge objects by policies and tell every verdict
    Eval(eval::Eval),
}

pub(crate) fn run(command: &Policy) -> anyhow::Result<Exit> {
    match command {
        Policy::Lint(arguments) => lint::run(arguments),
        Policy::Eval(arguments) => eval::run(arguments),
    }
}
