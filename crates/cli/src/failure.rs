//! How the process ends, and how a failure is told.

use std::{
    error::Error,
    fmt,
    io::{self, Write as _},
    process::ExitCode,
};

/// Of a job that was done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Exit {
    /// Nothing at the gate.
    Clean,
    Findings,
    /// The job was not done, which was already told.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Clean => Self::SUCCESS,
            Exit::Findings => Self::from(1),
            Exit::Failed => Self::from(2),
        }
    }
}

/// A failure with advice on what to do about it.
#[derive(Debug)]
pub(crate) struct Hinted {
    message: String,
    hint: String,
}

impl Hinted {
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }
}

impl fmt::Display for Hinted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Hinted {}

/// Tells an error with its causes and its hint. Nobody who closed our output wants to hear of it:
/// a broken pipe is success.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    if is_broken_pipe(error) {
        return ExitCode::SUCCESS;
    }
    if let Some(usage) = error.downcast_ref::<clap::Error>() {
        return report_usage(usage);
    }
    let chain: Vec<String> = error.chain().map(ToString::to_string).collect();
    let mut text = format!("kordon: {}\n", chain.join(": "));
    if let Some(hinted) = error.chain().find_map(|cause| cause.downcast_ref::<Hinted>()) {
        text.push_str(&format!("hint: {}\n", hinted.hint));
    }
    tell(&text);
    Exit::Failed.into()
}

/// `--help` and `--version` come as errors too; their exit code is 0.
fn report_usage(error: &clap::Error) -> ExitCode {
    let failed = match error.print() {
        Err(unwritten) => unwritten.kind() != io::ErrorKind::BrokenPipe,
        Ok(()) => error.use_stderr(),
    };
    if failed { Exit::Failed.into() } else { Exit::Clean.into() }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// Talk goes to standard error; when even that is closed, there is nobody left to tell.
pub(crate) fn tell(text: &str) {
    if io::stderr().lock().write_all(text.as_bytes()).is_err() {}
}
