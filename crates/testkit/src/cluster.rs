//! One kube-apiserver with its etcd, alive as long as the value.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, bail};
use serde_json::Value;
use tempfile::TempDir;

use crate::{Client, skip, tell};

/// How the cluster is made.
#[derive(Clone, Copy, Default, Debug)]
pub struct Setup<'a> {
    /// Arguments of `kordon-testservers cluster`, as `--with-controllers`.
    pub arguments: &'a [&'a str],
}

#[derive(Debug)]
pub struct Cluster {
    process: Child,
    client: Client,
    kubeconfig: PathBuf,
    // Removed after the process has ended.
    _folder: TempDir,
}

impl Cluster {
    /// Starts a cluster, or tells why the test is skipped.
    ///
    /// # Panics
    ///
    /// Where the binary is there and the cluster does not start.
    #[must_use]
    pub fn start(setup: Setup<'_>) -> Option<Self> {
        let binary = std::env::var_os("KORDON_TESTSERVERS").filter(|path| !path.is_empty());
        let Some(binary) = binary else {
            skip("no kube-apiserver (KORDON_TESTSERVERS is not set)");
            return None;
        };
        Some(start(&PathBuf::from(binary), setup).expect("the test cluster starts"))
    }

    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    #[must_use]
    pub fn kubeconfig(&self) -> &Path {
        &self.kubeconfig
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The end of its input is the order to stop.
        drop(self.process.stdin.take());
        if let Err(error) = self.process.wait() {
            tell(&format!("the test cluster could not be waited for: {error}"));
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the test server is a program")]
fn start(binary: &Path, setup: Setup<'_>) -> anyhow::Result<Cluster> {
    let folder = TempDir::with_prefix("kordon-cluster-")?;
    let mut process = Command::new(binary)
        .args(["cluster", "--dir"])
        .arg(folder.path())
        .args(setup.arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{}: cannot be run", binary.display()))?;
    let output = process.stdout.take().context("standard output is piped")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    if line.is_empty() {
        bail!("the cluster failed and said why on standard error: {}", process.wait()?);
    }
    let ready: Value = serde_json::from_str(&line)?;
    let text = |key: &str| ready[key].as_str().with_context(|| format!("no {key} in {line}"));
    let kubeconfig = PathBuf::from(text("kubeconfig")?);
    let client = Client::new(text("server")?, &fs::read_to_string(&kubeconfig)?)?;
    let cluster = Cluster { process, client, kubeconfig, _folder: folder };
    Ok(cluster)
}

impl Cluster {
    /// Asks until the answer is there or half a minute has passed.
    ///
    /// # Panics
    ///
    /// When it does not come.
    pub fn wait_for(&self, what: &str, mut is_there: impl FnMut(&Client) -> bool) {
        const PAUSE: Duration = Duration::from_millis(100);
        for _ in 0..300 {
            if is_there(&self.client) {
                return;
            }
            std::thread::sleep(PAUSE);
        }
        panic!("waited in vain for {what}");
    }
}
