//! Documents of files that are small and few: check files, policies, what `policy eval` judges.
//! What could not be read comes back as lines to tell; a scan of manifests reads in parallel.

use std::path::PathBuf;

use kordon_manifest::{DiscoverError, Document, Input, Limits, Selection, discover};
use kordon_model::{Object, Tree, objects};

/// Hands over every document of the paths; gives what could not be read.
pub(crate) fn of_paths(
    paths: &[PathBuf],
    mut with: impl FnMut(Document, &mut Vec<String>),
) -> Result<Vec<String>, DiscoverError> {
    let found = discover(paths, &Selection::default())?;
    let mut unread: Vec<String> = found.problems.iter().map(ToString::to_string).collect();
    for input in &found.inputs {
        of_input(input, Limits::default(), &mut unread, &mut with);
    }
    Ok(unread)
}

pub(crate) fn of_input(
    input: &Input,
    limits: Limits,
    unread: &mut Vec<String>,
    mut with: impl FnMut(Document, &mut Vec<String>),
) {
    let manifest = input.open(limits);
    unread.extend(manifest.problems().iter().map(ToString::to_string));
    for part in manifest.parts() {
        match manifest.read(part) {
            Ok(document) => with(document, unread),
            Err(problem) => unread.push(problem.to_string()),
        }
    }
}

/// The objects of a document; an item of a list that is none is told like what cannot be read.
pub(crate) fn objects_of<'t>(tree: &'t Tree, unread: &mut Vec<String>) -> Vec<Object<'t>> {
    let source = tree.source();
    let mut found = Vec::new();
    for object in objects(tree.root()) {
        match object {
            Ok(object) => found.push(object),
            Err(refused) => {
                let at = source.position(refused.node.span().start);
                let (file, reason) = (source.name(), refused.reason);
                let path = refused.path;
                unread.push(format!("{file}:{}:{}: {path}: {reason}", at.line, at.column));
            }
        }
    }
    found
}
