//! Which files of a folder are manifests.
//!
//! Files that are named one by one are always read. In a folder, the extension decides, and ignore
//! files are honoured, though hidden folders are looked into: what is deployed from there runs as
//! well.

mod filter;
mod kustomization;
mod since;
mod walk;

use std::{
    collections::HashSet,
    io,
    path::{Component, Path, PathBuf},
};

use thiserror::Error;

use crate::{Input, Problem, Reason, Role};
use filter::Filter;
use since::Changed;

/// Which of the files that are there are wanted.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Globs as in .gitignore; if there are any, only files that match are read, whatever their
    /// extension.
    pub include: Vec<String>,
    pub exclude: Vec<String>,
    pub ignore_files: IgnoreFiles,
    /// Only what changed in git since this revision, committed or not.
    pub since: Option<String>,
}

/// What `.gitignore` and `.kordonignore` are to a scan.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum IgnoreFiles {
    #[default]
    Honour,
    Disregard,
}

/// The files to read, sorted by path.
#[derive(Debug, Default)]
pub struct Discovered {
    pub inputs: Vec<Input>,
    /// Entries that could not be looked at, and links that lead out of a folder.
    pub problems: Vec<Problem>,
}

/// Why there is nothing to scan.
#[derive(Error, Debug)]
pub enum DiscoverError {
    #[error("cannot read {}", target.display())]
    Target { target: PathBuf, source: io::Error },
    #[error("{glob}: not a glob")]
    Glob { glob: String, source: ignore::Error },
    #[error("cannot tell what changed since {revision}: {message}")]
    Since { revision: String, message: String },
    #[error("cannot run git to tell what changed since {revision}")]
    Git { revision: String, source: io::Error },
}

/// Finds the files of all targets; `-` is standard input.
///
/// # Errors
///
/// If a target is not there, a glob is none, or git cannot tell what changed.
pub fn discover(targets: &[PathBuf], selection: &Selection) -> Result<Discovered, DiscoverError> {
    let mut found = Discovered::default();
    for target in targets {
        if target.as_os_str() == "-" {
            found.inputs.push(Input::stdin());
            continue;
        }
        let fail = |source| DiscoverError::Target { target: target.clone(), source };
        let metadata = target.metadata().map_err(fail)?;
        // A pipe, as `<(helm template …)` gives, has no path of its own.
        let root = target.canonicalize().unwrap_or_else(|_error| target.clone());
        let changed = match &selection.since {
            Some(revision) => Some(Changed::since(revision, &root)?),
            None => None,
        };
        if metadata.is_dir() {
            let filter = Filter::new(target, selection)?;
            walk::walk(target, &root, (selection, &filter), &mut found);
            if let Some(changed) = changed {
                found.inputs.retain(|input| {
                    let path = input.path.as_deref();
                    path.is_none_or(|path| !path.starts_with(target) || changed.contains(path))
                });
            }
        } else if changed.is_none_or(|changed| changed.contains(target)) {
            let n_bytes = metadata.len();
            let role = walk::role_of(target);
            found.inputs.push(Input::file(name(target), target.clone(), role, n_bytes));
        }
    }
    found.inputs.sort_by(|a, b| a.path.cmp(&b.path));
    found.problems.sort_by(|a, b| a.file.cmp(&b.file));
    let mut seen = HashSet::new();
    found.inputs.retain(|input| seen.insert(input.path.clone()));
    Ok(found)
}

/// A path as people write it: with `/`, and without `./` in front.
fn name(path: &Path) -> Box<str> {
    let shown: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    let shown = shown.to_string_lossy();
    if cfg!(windows) { shown.replace('\\', "/").into() } else { shown.into() }
}

impl Discovered {
    fn problem(&mut self, path: &Path, reason: Reason) {
        self.problems.push(Problem::of_file(&name(path), reason));
    }
}

/// What the name of a file says.
fn role_by_name(path: &Path) -> Option<Role> {
    let extension = |path: &Path| path.extension().map(|text| text.to_ascii_lowercase());
    let is_manifest = |path: &Path| {
        let extension = extension(path);
        extension.is_some_and(|text| text == "yaml" || text == "yml" || text == "json")
    };
    if is_manifest(path) {
        return Some(Role::Plain);
    }
    let is_template = extension(path).is_some_and(|text| {
        ["j2", "jinja", "jinja2", "tpl", "tmpl", "gotmpl"].iter().any(|one| text == *one)
    });
    let inner = path.file_stem().map(Path::new);
    (is_template && inner.is_some_and(is_manifest)).then_some(Role::TemplateFile)
}

#[cfg(test)]
mod tests;
