//! Only what changed in git.

use std::{io::Write as _, process::Command};

use crate::{kordon::Kordon, scan::PRIVILEGED};

/// Whether git did it.
fn git(folder: &Kordon, arguments: &[&str]) -> bool {
    #[expect(clippy::disallowed_methods, reason = "the test makes a repository")]
    let mut command = Command::new("git");
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
    command.args(identity).args(arguments).current_dir(folder.path());
    command.output().is_ok_and(|output| output.status.success())
}

#[test]
fn only_changed_files_are_read() {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folder = Kordon::new()
        .variable("PATH", &path.to_string_lossy())
        .file("old.yaml", PRIVILEGED)
        .file("changed.yaml", "a: 1\n");
    if !git(&folder, &["init", "-q"]) {
        writeln!(std::io::stderr(), "skipped: git is not there").unwrap();
        return;
    }
    assert!(git(&folder, &["add", "."]) && git(&folder, &["commit", "-qm", "one"]));
    let folder = folder
        .file("changed.yaml", PRIVILEGED.replace("cart", "changed"))
        .file("new.yaml", PRIVILEGED.replace("cart", "new"));
    let report = folder.json(&["scan", ".", "--since", "HEAD", "--checks", "POD-001"]);
    let found = report["findings"].as_array().unwrap();
    let files: Vec<_> = found.iter().map(|one| one["location"]["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["changed.yaml", "new.yaml"]);
    assert_eq!(folder.exit(&["scan", ".", "--since", "no-such-revision"]), 2);
}
