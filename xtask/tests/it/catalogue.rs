//! Check files say what the catalogue says: ids, severities, aliases and controls.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use kordon_model::NodeRef;
use kordon_posture::{Catalogue, CheckDocument};
use kordon_testkit::{shared, skip};

use crate::check_examples::tree;

#[test]
fn check_files_agree_with_the_catalogue() {
    let Some(shared) = shared() else { return skip("the shared test data is not there") };
    let folder = shared.join("catalogue");
    let rows = rows(&folder.join("catalogue.csv"));
    let aliases = aliases(&folder.join("aliases.csv"));
    let controls = controls(&folder.join("controls"));
    let mut complaints = Vec::new();
    for check in Catalogue::builtin().checks() {
        let id = &*check.rule.id;
        let Some(row) = rows.get(id) else {
            complaints.push(format!("{id} is not in the catalogue"));
            continue;
        };
        let mut compare = |what: &str, own: String, theirs: String| {
            if own != theirs {
                complaints.push(format!("{id}: {what}: `{own}`, the catalogue has `{theirs}`"));
            }
        };
        compare("severity", check.rule.severity.to_string(), row[4].clone());
        let own: BTreeSet<_> = check.rule.controls.iter().map(ToString::to_string).collect();
        let theirs = controls.get(id).cloned().unwrap_or_default();
        compare("controls", format!("{own:?}"), format!("{theirs:?}"));
        let theirs = aliases.get(id).cloned().unwrap_or_default();
        compare("aliases", format!("{:?}", own_aliases(check)), format!("{theirs:?}"));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

fn own_aliases(check: &CheckDocument) -> BTreeSet<String> {
    check.aliases.iter().map(|(peer, alias)| format!("{peer}:{alias}")).collect()
}

fn rows(file: &Path) -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(file).unwrap();
    text.lines().skip(1).map(fields).map(|row| (row[0].clone(), row)).collect()
}

/// What stands for a check by that name; a rule that wants the opposite does not.
fn aliases(file: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut aliases: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in fs::read_to_string(file).unwrap().lines().skip(1).map(fields) {
        if row[3] == "same" || row[3] == "part" {
            aliases.entry(row[2].clone()).or_default().insert(format!("{}:{}", row[0], row[1]));
        }
    }
    aliases
}

fn controls(folder: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut controls: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let tree = tree(&file);
        let text = |node: NodeRef<'_>, key| {
            node.get(key).and_then(NodeRef::as_str).unwrap_or_default().to_owned()
        };
        let framework = text(tree.root(), "framework");
        for control in tree.root().get("controls").into_iter().flat_map(NodeRef::items) {
            let name = format!("{framework}/{}", text(control, "id"));
            for check in control.get("checks").into_iter().flat_map(NodeRef::items) {
                controls.entry(text(check, "id")).or_default().insert(name.clone());
            }
        }
    }
    controls
}

/// The fields of a line of CSV.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        let field = fields.last_mut().expect("there is always one");
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                field.push('"');
                characters.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => field.push(character),
        }
    }
    fields
}
