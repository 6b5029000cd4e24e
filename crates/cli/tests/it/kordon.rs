//! A temporary folder and the binary in it.

use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

pub(crate) struct Kordon {
    folder: TempDir,
    stdin: Vec<u8>,
    variables: Vec<(&'static str, String)>,
}

impl Kordon {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        Self { folder, stdin: Vec::new(), variables: Vec::new() }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file below the folder.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("it is below the folder")).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn stdin(self, content: impl Into<Vec<u8>>) -> Self {
        Self { stdin: content.into(), ..self }
    }

    pub(crate) fn variable(mut self, name: &'static str, value: &str) -> Self {
        self.variables.push((name, value.to_owned()));
        self
    }

    /// The report of a scan as JSON.
    pub(crate) fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let arguments = [arguments, &["--format", "json"]].concat();
        serde_json::from_slice(&self.output(&arguments).stdout).unwrap()
    }

    pub(crate) fn exit(&self, arguments: &[&str]) -> i32 {
        self.output(arguments).status.code().unwrap_or(-1)
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        #[expect(clippy::disallowed_methods, reason = "the test runs the binary that it tests")]
        let mut command = Command::new(binary());
        command.args(arguments).current_dir(self.path()).env_clear();
        command.envs(self.variables.iter().map(|(name, value)| (*name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn output(&self, arguments: &[&str]) -> Output {
        let mut child = self.command(arguments).spawn().unwrap();
        let mut stdin = child.stdin.take().expect("it is piped");
        let content = self.stdin.clone();
        let feeder = std::thread::spawn(move || stdin.write_all(&content));
        let output = child.wait_with_output().unwrap();
        // A command that reads no input may close it early.
        drop(feeder.join().unwrap());
        output
    }

    /// All that a run says, as one text; what differs from run to run is filtered.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        let output = self.output(arguments);
        let mut text = String::new();
        writeln!(text, "exit: {}", output.status.code().map_or(-1, |code| code)).unwrap();
        for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            let content = self.filtered(&String::from_utf8_lossy(bytes));
            if !content.is_empty() {
                write!(text, "--- {name}\n{content}").unwrap();
            }
        }
        text
    }

    fn filtered(&self, text: &str) -> String {
        let folder = self.path().to_string_lossy().into_owned();
        text.replace(&folder, "[folder]").replace(env!("CARGO_PKG_VERSION"), "[version]")
    }
}

fn binary() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_kordon"))
}
