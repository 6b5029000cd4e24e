//! The files of one folder.

use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::{
    Discovered, IgnoreFiles, Selection,
    filter::Filter,
    kustomization::{Patches, is_kustomization, is_patch},
    name, role_by_name,
};
use crate::{Input, Reason, Role};

/// `root` is the folder with all links resolved.
pub(super) fn walk(
    folder: &Path,
    root: &Path,
    (selection, filter): (&Selection, &Filter),
    found: &mut Discovered,
) {
    let honours = selection.ignore_files == IgnoreFiles::Honour;
    let mut builder = WalkBuilder::new(folder);
    builder.standard_filters(false).follow_links(false);
    if honours {
        builder.git_ignore(true).git_exclude(true).parents(true).require_git(false);
        builder.add_custom_ignore_filename(".kordonignore");
    }
    builder.filter_entry(|entry| entry.file_name() != ".git");
    let mut patches = Patches::default();
    let mut links = Vec::new();
    let first = found.inputs.len();
    for entry in builder.build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = path_of(&error).unwrap_or_else(|| folder.to_owned());
                found.problem(&path, Reason::Io(error.to_string()));
                continue;
            }
        };
        let (path, is_dir) = (entry.path(), entry.file_type().is_some_and(|kind| kind.is_dir()));
        if filter.excludes(path, is_dir) {
            continue;
        }
        if is_kustomization(path) {
            patches.add(path);
        }
        if entry.path_is_symlink() && entry.depth() > 0 {
            links.push(entry);
        } else if !is_dir && let Some(role) = role(path, filter) {
            if entry.file_type().is_some_and(|kind| kind.is_file()) {
                found.inputs.push(input(path, role, entry.metadata()));
            } else {
                found.problem(path, Reason::Io("neither a file nor a folder".to_owned()));
            }
        }
    }
    for link in links {
        follow(&link, root, filter, found);
    }
    for input in &mut found.inputs[first..] {
        if input.role == Role::Plain && input.path.as_deref().is_some_and(|path| patches.has(path))
        {
            input.role = Role::KustomizePatch;
        }
    }
}

fn role(path: &Path, filter: &Filter) -> Option<Role> {
    let by_name = role_by_name(path);
    let role = match filter.includes(path) {
        Some(false) => return None,
        Some(true) => by_name.unwrap_or_default(),
        None => by_name?,
    };
    Some(if role == Role::Plain && is_in_chart(path) { Role::ChartTemplate } else { role })
}

/// Of a file that is named by itself.
pub(super) fn role_of(path: &Path) -> Role {
    match role_by_name(path).unwrap_or_default() {
        Role::Plain if is_in_chart(path) => Role::ChartTemplate,
        Role::Plain if is_patch(path) => Role::KustomizePatch,
        role => role,
    }
}

fn input(path: &Path, role: Role, metadata: Result<std::fs::Metadata, ignore::Error>) -> Input {
    // The size only helps to plan; what cannot be read shows when it is opened.
    let n_bytes = metadata.map_or(0, |metadata| metadata.len());
    Input::file(name(path), path.to_owned(), role, n_bytes)
}

/// A link to a file is read under the link's name, unless the file is found by its own.
fn follow(link: &DirEntry, root: &Path, filter: &Filter, found: &mut Discovered) {
    let path = link.path();
    let target = match path.canonicalize() {
        Ok(target) => target,
        Err(error) => {
            if role(path, filter).is_some() {
                found.problem(path, Reason::Io(error.to_string()));
            }
            return;
        }
    };
    let is_wanted = target.is_dir() || role(path, filter).is_some();
    if !target.starts_with(root) {
        if is_wanted {
            found.problem(path, Reason::SymlinkOutside);
        }
        return;
    }
    if target.is_dir() {
        return;
    }
    let Some(role) = role(path, filter) else { return };
    let is_found = found.inputs.iter().any(|input| {
        input.path.as_deref().is_some_and(|path| {
            path.file_name() == target.file_name()
                && path.canonicalize().is_ok_and(|path| path == target)
        })
    });
    if !is_found {
        let metadata = target.metadata().map_err(ignore::Error::Io);
        found.inputs.push(input(path, role, metadata));
    }
}

/// Below a folder `templates` that stands beside a `Chart.yaml`.
fn is_in_chart(path: &Path) -> bool {
    path.ancestors().skip(1).any(|folder| {
        folder.file_name().is_some_and(|name| name == "templates")
            && folder.parent().is_some_and(|chart| chart.join("Chart.yaml").is_file())
    })
}

fn path_of(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        ignore::Error::Loop { child, .. } => Some(child.clone()),
        _ => None,
    }
}
