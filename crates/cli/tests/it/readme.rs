//! Every command of the README is run, on a copy of what it names.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const README: &str = include_str!("../../../../README.md");

/// The lines of the `sh` blocks.
fn commands() -> Vec<&'static str> {
    let mut commands = Vec::new();
    let mut is_inside = false;
    for line in README.lines() {
        match line {
            "```sh" => is_inside = true,
            "```" => is_inside = false,
            _ if is_inside && !line.is_empty() => commands.push(line),
            _ => {}
        }
    }
    commands
}

#[test]
fn every_command_of_the_readme_works() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let project = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    copy(&project.join("examples"), &folder.path().join("examples"));
    for command in ["git init -q", "git add .", "git -c user.name=a -c user.email=a@b commit -qm a"]
    {
        assert!(shell(folder.path(), command).status.success(), "{command}");
    }
    let mut n_run = 0;
    for command in commands() {
        // The two commands of make are what runs this test, and what `.ci/run` runs.
        if command.starts_with("make ") {
            continue;
        }
        let output = shell(folder.path(), command);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = output.status.code();
        // 1: the example has findings, as it should.
        assert!(matches!(code, Some(0 | 1)), "{command}: {code:?}\n{told}");
        assert!(!told.contains("kordon: "), "{command}: {told}");
        n_run += 1;
    }
    assert!(n_run >= 10, "only {n_run} commands were found in the README");
}

fn shell(folder: &Path, command: &str) -> Output {
    let binary = Path::new(env!("CARGO_BIN_EXE_kordon"));
    let bin = binary.parent().expect("a binary is in a folder").display();
    #[expect(clippy::disallowed_methods, reason = "the test runs what the README says")]
    let mut shell = Command::new("bash");
    shell.args(["-c", &format!("PATH={bin}:$PATH; {command}")]).current_dir(folder);
    shell.output().expect("bash runs")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder can be made");
    for entry in fs::read_dir(from).expect("the examples are there") {
        let path = entry.expect("the folder can be read").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file can be copied");
        }
    }
}
