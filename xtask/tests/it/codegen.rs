//! Generated files are what their sources say.

use std::process::Command;

#[test]
#[expect(clippy::disallowed_methods, reason = "the task is run as people run it")]
fn generated_files_are_fresh() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_xtask")).args(["codegen", "--check"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
