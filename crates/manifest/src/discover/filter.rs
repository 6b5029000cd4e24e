//! `--include` and `--exclude`.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::{DiscoverError, Selection};

/// Globs apply to the path below the target and to the path as it is reached from the working
/// directory, so that both of `test/**` and `deploy/test/**` do what they say.
pub(super) struct Filter {
    root: PathBuf,
    include: Option<Gitignore>,
    exclude: Gitignore,
}

impl Filter {
    pub(super) fn new(root: &Path, selection: &Selection) -> Result<Self, DiscoverError> {
        let include = match selection.include.as_slice() {
            [] => None,
            globs => Some(matcher(globs)?),
        };
        Ok(Self { root: root.to_owned(), include, exclude: matcher(&selection.exclude)? })
    }

    pub(super) fn excludes(&self, path: &Path, is_dir: bool) -> bool {
        self.is_match(&self.exclude, path, is_dir)
    }

    /// Nothing if nobody asked for certain files.
    pub(super) fn includes(&self, path: &Path) -> Option<bool> {
        self.include.as_ref().map(|include| self.is_match(include, path, false))
    }

    fn is_match(&self, globs: &Gitignore, path: &Path, is_dir: bool) -> bool {
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        let shown = path.strip_prefix(".").unwrap_or(path);
        let matches = |path: &Path| {
            !path.as_os_str().is_empty()
                && path.is_relative()
                && globs.matched_path_or_any_parents(path, is_dir).is_ignore()
        };
        matches(below) || matches(shown)
    }
}

fn matcher(globs: &[String]) -> Result<Gitignore, DiscoverError> {
    let mut builder = GitignoreBuilder::new("");
    for glob in globs {
        let fail = |source| DiscoverError::Glob { glob: glob.clone(), source };
        builder.add_line(None, glob.trim_start_matches("./")).map_err(fail)?;
    }
    builder.build().map_err(|source| DiscoverError::Glob { glob: globs.join(" "), source })
}
