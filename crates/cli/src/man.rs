//! `kordon man [COMMAND]`: manual pages in roff.

use clap::CommandFactory as _;

use crate::{
    args::Arguments,
    failure::{Exit, Hinted},
    output,
};

pub(crate) fn run(command: Option<&str>) -> anyhow::Result<Exit> {
    let root = Arguments::command();
    let chosen = match command {
        None => root,
        Some(name) => {
            let found = root.find_subcommand(name).cloned();
            let names: Vec<&str> = root.get_subcommands().map(clap::Command::get_name).collect();
            let hint = format!("there are {}", names.join(", "));
            let command =
                found.ok_or_else(|| Hinted::new(format!("there is no command `{name}`"), hint))?;
            command.display_name(format!("kordon-{name}"))
        }
    };
    let page = clap_mangen::Man::new(chosen);
    output::write(None, |out| page.render(out))?;
    Ok(Exit::Clean)
}
