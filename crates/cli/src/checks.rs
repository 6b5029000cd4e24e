//! `kordon checks`: which checks there are.

use clap::Args;
use kordon_posture::{CheckDocument, Profile};

use crate::{
    common::Select,
    configuration,
    failure::{Exit, Hinted},
    output, scan,
};

#[derive(Args, Debug)]
pub(crate) struct Checks {
    #[command(subcommand)]
    command: Option<ChecksCommand>,
}

#[derive(clap::Subcommand, Debug)]
enum ChecksCommand {
    /// List the checks, one a line
    List {
        /// Only these: ids, names, families, globs, or a peer's id
        words: Vec<String>,
        #[command(flatten)]
        select: Box<Select>,
    },
}

pub(crate) fn run(checks: Checks) -> anyhow::Result<Exit> {
    let (words, mut select) = match checks.command {
        Some(ChecksCommand::List { words, select }) => (words, select),
        None => (Vec::new(), Box::default()),
    };
    select.fill(&configuration::load(None)?);
    let catalogue = scan::catalogue(&select)?;
    let mut chosen: Vec<&CheckDocument> = match words.is_empty() {
        true => catalogue.checks().iter().collect(),
        false => Vec::new(),
    };
    for word in &words {
        let found = catalogue.select(word);
        if found.is_empty() {
            let hint = catalogue.hint(word).unwrap_or_else(|| "`kordon checks` lists all".into());
            return Err(Hinted::new(format!("no check is called `{word}`"), hint).into());
        }
        chosen.extend(found);
    }
    chosen.sort_by(|a, b| a.rule.id.cmp(&b.rule.id));
    chosen.dedup_by(|a, b| a.rule.id == b.rule.id);
    output::write(None, |out| {
        for check in chosen {
            let (rule, state) = (&check.rule, state(check));
            writeln!(out, "{:8}  {:8}  {}{state}", rule.id, rule.severity, rule.title)?;
        }
        Ok(())
    })?;
    Ok(Exit::Clean)
}

fn state(check: &CheckDocument) -> &'static str {
    match (check.enabled, check.profile) {
        (false, _) => "  (off by default)",
        (true, Profile::Reliability) => "  (profile reliability)",
        (true, Profile::Security) => "",
    }
}
