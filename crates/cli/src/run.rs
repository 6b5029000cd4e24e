//! Hands the parsed command line to its command.

use crate::{
    args::{Arguments, Command},
    checks, completion, explain,
    failure::Exit,
    man, policy, pss, scan,
};

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    match arguments.command {
        Command::Scan(arguments) => scan::run(*arguments),
        Command::Pss(arguments) => pss::run(*arguments),
        Command::Explain(arguments) => explain::run(*arguments),
        Command::Checks(arguments) => checks::run(arguments),
        Command::Policy(command) => policy::run(&command),
        Command::Completion { shell } => completion::run(shell),
        Command::Man { command } => man::run(command.as_deref()),
    }
}
