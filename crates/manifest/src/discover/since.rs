//! `--since`: asks git what changed.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    process::Command,
};

use super::DiscoverError;

/// Files that differ from a revision or are new, with all links in their paths resolved.
pub(super) struct Changed {
    files: HashSet<PathBuf>,
}

impl Changed {
    pub(super) fn since(revision: &str, root: &Path) -> Result<Self, DiscoverError> {
        let folder = if root.is_dir() { root } else { root.parent().unwrap_or(root) };
        let git = |arguments: &[&str]| run(folder, arguments, revision);
        let top = git(&["rev-parse", "--show-toplevel"])?;
        let top = PathBuf::from(String::from_utf8_lossy(top.trim_ascii_end()).into_owned());
        let top = top.canonicalize().unwrap_or(top);
        let commit = format!("{revision}^{{commit}}");
        let commit = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        let commit = String::from_utf8_lossy(commit.trim_ascii_end()).into_owned();
        let differ = git(&[
            "diff",
            "--name-only",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--diff-filter=d",
            &commit,
            "--",
        ])?;
        let top_text = top.to_string_lossy().into_owned();
        let new = run(
            &top,
            &["-C", &top_text, "ls-files", "--others", "--exclude-standard", "-z"],
            revision,
        )?;
        let names = differ.split(|byte| *byte == 0).chain(new.split(|byte| *byte == 0));
        let names = names.filter(|name| !name.is_empty());
        Ok(Self { files: names.map(|name| top.join(file_name(name))).collect() })
    }

    pub(super) fn contains(&self, path: &Path) -> bool {
        path.canonicalize().is_ok_and(|path| self.files.contains(&path))
    }
}

fn run(folder: &Path, arguments: &[&str], revision: &str) -> Result<Vec<u8>, DiscoverError> {
    #[expect(clippy::disallowed_methods, reason = "only git knows what changed")]
    let mut git = Command::new("git");
    // A file system monitor is a program that the repository names; none is needed.
    git.current_dir(folder).args(["-c", "core.fsmonitor=false"]).args(arguments);
    let output = git
        .output()
        .map_err(|source| DiscoverError::Git { revision: revision.to_owned(), source })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let message = String::from_utf8_lossy(&output.stderr);
    let message = match message.trim() {
        "" => "git does not know this revision".to_owned(),
        text => text.lines().next().unwrap_or(text).to_owned(),
    };
    Err(DiscoverError::Since { revision: revision.to_owned(), message })
}

#[cfg(unix)]
fn file_name(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn file_name(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
