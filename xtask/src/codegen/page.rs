//! The reference page of a check, and the index of all.

use std::fmt::Write as _;

use kordon_model::NodeRef;
use kordon_posture::{Logic, Profile};

use super::Page;

pub(super) fn page(page: &Page<'_>) -> String {
    let check = page.check;
    let rule = &check.rule;
    let mut text = String::new();
    line(&mut text, &format!("# {}: {}\n", rule.id, rule.title));
    let mut facts = vec![format!("`{}`", rule.name), format!("severity {}", rule.severity)];
    if check.profile == Profile::Reliability {
        facts.push("profile `reliability`".to_owned());
    }
    if !check.enabled {
        facts.push("off unless it is asked for".to_owned());
    }
    line(&mut text, &format!("{}\n", facts.join(" · ")));
    line(&mut text, &format!("{}\n", check.why));
    line(&mut text, &format!("**How it is attacked.** {}\n", check.attack));
    line(&mut text, &format!("**What to do.** {}\n", rule.remediation));
    if !check.covered_by.is_empty() {
        let ids: Vec<_> = check.covered_by.iter().map(|id| link(&id.text)).collect();
        let ids = ids.join(", ");
        line(&mut text, &format!("Not reported where {ids} tells of the same cause.\n"));
    }
    settings(&mut text, page);
    question(&mut text, page);
    examples(&mut text, page);
    names(&mut text, page);
    text
}

fn settings(text: &mut String, page: &Page<'_>) {
    if page.check.settings.is_empty() {
        return;
    }
    line(text, "## Settings\n");
    for setting in &page.check.settings {
        let default = match &setting.default {
            Some(value) => format!("default `{value}`"),
            None => "has to be given; the check is not assessed until then".to_owned(),
        };
        let expected = setting.type_.describe();
        line(text, &format!("- `{}` ({expected}, {default}): {}", setting.name, setting.about));
    }
    text.push('\n');
}

fn question(text: &mut String, page: &Page<'_>) {
    line(text, "## What fails\n");
    let questions = match &page.check.logic {
        Logic::Native(name) => {
            line(text, &format!("Found by the analyser `{}`.\n", name.text));
            return;
        }
        Logic::Cel(questions) => questions,
    };
    line(text, "```cel");
    for (idx, logic) in questions.iter().enumerate() {
        if idx > 0 {
            text.push('\n');
        }
        let subject = logic.subject.as_str();
        match &logic.each {
            Some(each) => line(text, &format!("// {subject}, each item of {each}")),
            None => line(text, &format!("// {subject}")),
        }
        for (name, expr) in &logic.variables {
            line(text, &format!("// variables.{name} = {}", expr.text.trim()));
        }
        line(text, logic.fails.text.trim());
    }
    line(text, "```\n");
}

fn examples(text: &mut String, page: &Page<'_>) {
    for (key, heading) in [("failing", "Fails"), ("passing", "Passes")] {
        let examples = page.tree.root().at(&["examples", key]);
        line(text, &format!("## {heading}\n"));
        for example in examples.into_iter().flat_map(NodeRef::items) {
            line(text, "```yaml");
            line(text, &source(example));
            line(text, "```\n");
        }
    }
}

/// The text of a block mapping that is an item of a list, without the indentation of the list.
fn source(node: NodeRef<'_>) -> String {
    let source = node.tree().source();
    let span = node.span();
    let column = source.position(span.start).column as usize - 1;
    let mut lines = source.slice(span).trim_end().lines();
    let mut text = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        text.push('\n');
        let n_spaces = line.len() - line.trim_start_matches(' ').len();
        text.push_str(line.get(column.min(n_spaces)..).unwrap_or_default());
    }
    text
}

fn names(text: &mut String, page: &Page<'_>) {
    let check = page.check;
    if !check.rule.controls.is_empty() {
        line(text, "## Controls\n");
        for control in &check.rule.controls {
            line(text, &format!("- `{control}`"));
        }
        text.push('\n');
    }
    if !check.aliases.is_empty() {
        line(text, "## What others call it\n");
        for (peer, alias) in &check.aliases {
            line(text, &format!("- {peer}: `{alias}`"));
        }
    }
}

fn link(id: &str) -> String {
    format!("[{id}]({id}.md)")
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("writing to a string cannot fail");
}

pub(super) fn index(pages: &[Page<'_>]) -> String {
    let mut text = "# Checks\n\nMade by `cargo xtask codegen` from the files below `checks/`, whose form is described in [check-files.md](../check-files.md).\n\n".to_owned();
    line(&mut text, "| id | title | severity | asked of |\n|---|---|---|---|");
    for page in pages {
        let rule = &page.check.rule;
        let subjects = match &page.check.logic {
            Logic::Native(_) => "all objects together".to_owned(),
            Logic::Cel(questions) => {
                let mut subjects: Vec<_> = questions.iter().map(|q| q.subject.as_str()).collect();
                subjects.sort_unstable();
                subjects.dedup();
                subjects.join(", ")
            }
        };
        let off = if page.check.enabled { "" } else { " (off by default)" };
        let id = link(&rule.id);
        line(
            &mut text,
            &format!("| {id} | {} | {}{off} | {subjects} |", rule.title, rule.severity),
        );
    }
    text
}
