//! `kordon completion SHELL`.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::{args::Arguments, failure::Exit, output};

pub(crate) fn run(shell: Shell) -> anyhow::Result<Exit> {
    // Rendered to memory first: the generator panics when its writer fails.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "kordon", &mut script);
    output::write(None, |out| out.write_all(&script))?;
    Ok(Exit::Clean)
}
