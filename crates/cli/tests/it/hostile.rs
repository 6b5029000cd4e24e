//! Files that were made to break a reader, beside one that is as it should be.

use insta::assert_snapshot;

use crate::{kordon::Kordon, scan::PRIVILEGED};

fn folder() -> Kordon {
    let bomb: String = (0..40).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| {
        format!("{text}a{}: &a{} [*a{n}, *a{n}]\n", n + 1, n + 1)
    });
    Kordon::new()
        .file("broken.yaml", "apiVersion: v1\nkind: Pod\n\tmetadata: {}\n")
        .file("good.yaml", PRIVILEGED)
        .file("hostile/bomb.yaml", format!("apiVersion: v1\nkind: Pod\n{bomb}"))
        .file("hostile/deep.json", "[".repeat(200_000))
        .file(
            "hostile/escape.yaml",
            "apiVersion: v1\nkind: Pod\nmetadata: {name: \"\\e[31m\"}\nspec: {hostPID: true}\n",
        )
        .file("huge.yaml", format!("a: {}\n", "x".repeat(300_000)))
}

const ARGUMENTS: [&str; 7] =
    ["scan", ".", "--checks", "POD-001,POD-002", "--max-file-size", "250000", "--quiet"];

#[test]
fn one_bad_file_hides_no_other() {
    let folder = folder();
    let report = folder.json(&ARGUMENTS);
    let found = report["findings"].as_array().unwrap();
    let names: Vec<_> = found.iter().map(|one| one["location"]["file"].as_str().unwrap()).collect();
    assert_eq!(names, ["good.yaml", "hostile/escape.yaml"]);
    let state = |file: &str| {
        let entries = report["coverage"].as_array().unwrap().iter();
        let mut files = entries.filter(|entry| entry["what"] == "file" && entry["file"] == file);
        files.next().unwrap()["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state("good.yaml"), "assessed");
    for file in ["broken.yaml", "hostile/bomb.yaml", "huge.yaml"] {
        assert_eq!(state(file), "not-assessed", "{file}");
    }
    assert_eq!(folder.exit(&ARGUMENTS), 1);
    assert_eq!(folder.exit(&[&ARGUMENTS[..], &["--fail-on", "never"]].concat()), 0);
    assert_eq!(folder.exit(&[&ARGUMENTS[..], &["--strict"]].concat()), 2);
}

#[test]
fn each_is_named_and_no_terminal_is_given_orders() {
    let said = folder().run(&ARGUMENTS[..6]);
    assert!(!said.contains('\u{1b}'), "{said}");
    let stderr = said.split("--- stderr\n").nth(1).unwrap();
    assert_snapshot!(stderr, @"
    not-assessed: broken.yaml:3:1: found a tab character that violates indentation
    not-assessed: hostile/bomb.yaml:12:10: document contains excessive aliasing
    not-assessed: hostile/deep.json:1:1001: nested deeper than 1000 levels
    not-assessed: huge.yaml: the file has 300004 bytes, more than the limit of 250000
    ");
}

#[test]
fn a_file_that_was_asked_for_must_be_readable() {
    let folder = folder();
    let scan = |file| folder.exit(&["scan", file, "--quiet", "--max-file-size", "250000"]);
    assert_eq!(scan("huge.yaml"), 2);
    // Read, and found to be broken: that is for the coverage to say.
    assert_eq!(scan("broken.yaml"), 0);
}
