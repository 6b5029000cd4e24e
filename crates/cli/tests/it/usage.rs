//! Usage, help, exit codes of what went wrong before any work began.

use std::{io::Read as _, process::Stdio};

use insta::assert_snapshot;

use crate::kordon::Kordon;

#[test]
fn version() {
    assert_snapshot!(Kordon::new().run(&["--version"]), @"
    exit: 0
    --- stdout
    kordon [version]
    ");
}

#[test]
fn help() {
    assert_snapshot!(Kordon::new().run(&["--help"]), @"
    exit: 0
    --- stdout
    Secures Kubernetes from build to runtime

    Usage: kordon <COMMAND>

    Commands:
      scan        Scan manifests
      pss         Judge manifests by the Pod Security Standards, and what enforcing a level would stop
      explain     Explain a check or a finding
      checks      List the checks
      policy      Lint policies, and judge objects by them
      completion  Print a completion script for a shell
      man         Print a manual page (roff)

    Options:
      -h, --help     Print help
      -V, --version  Print version

    Exit codes: 0 nothing at the gate, 1 findings at the gate, 2 could not do the job.
    ");
}

#[test]
fn nothing_to_do() {
    let said = Kordon::new().run(&[]);
    assert!(said.starts_with("exit: 2\n"), "{said}");
}

#[test]
fn unknown_commands_and_flags() {
    assert_snapshot!(Kordon::new().run(&["scna"]), @"
    exit: 2
    --- stderr
    error: unrecognized subcommand 'scna'

      tip: a similar subcommand exists: 'scan'

    Usage: kordon <COMMAND>

    For more information, try '--help'.
    ");
    assert_snapshot!(Kordon::new().run(&["man", "nothing"]), @"
    exit: 2
    --- stderr
    kordon: there is no command `nothing`
    hint: there are scan, pss, explain, checks, policy, completion, man
    ");
}

#[test]
fn every_shell_has_a_completion() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = Kordon::new().output(&["completion", shell]);
        assert!(output.status.success());
        assert!(String::from_utf8(output.stdout).unwrap().contains("kordon"), "{shell}");
    }
}

#[test]
fn manual_pages() {
    assert!(Kordon::new().run(&["man"]).starts_with("exit: 0\n--- stdout\n.ie"));
    assert!(Kordon::new().run(&["man", "completion"]).contains("kordon\\-completion"));
}

#[test]
fn a_broken_pipe_is_success() {
    let folder = Kordon::new();
    let mut command = folder.command(&["completion", "bash"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut child = command.stdout(Stdio::from(writer)).spawn().unwrap();
    let mut said = String::new();
    child.stderr.take().expect("it is piped").read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}
