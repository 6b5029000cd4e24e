//! `kordon scan`: files in, a report out, and an exit code for the gate.

mod assessor;
mod conclusion;
mod gate;
mod mend;
pub(crate) mod policies;
pub(crate) mod read;

use std::path::PathBuf;

use clap::Args;
use kordon_manifest::{Discovered, IgnoreFiles, Limits, Selection, discover};

pub(crate) use assessor::catalogue;
pub(crate) use conclusion::Conclusion;
pub(crate) use read::TextFixes;

use crate::{
    common::{Gate, Output, Select},
    configuration::{self, ConfigurationFile},
    failure::{Exit, Hinted, tell},
};

#[derive(Args, Debug)]
pub(crate) struct Scan {
    /// Files, folders, or `-` for standard input
    #[arg(required = true, value_name = "TARGET")]
    targets: Vec<PathBuf>,
    #[command(flatten)]
    files: Files,
    #[command(flatten)]
    select: Select,
    /// Policies to judge by: files or folders of ValidatingAdmissionPolicies with their bindings
    /// and parameters, and of kordon's own policies
    #[arg(long, value_name = "PATH", value_delimiter = ',')]
    policy: Vec<PathBuf>,
    /// The configuration file [default: kordon.yaml, from here upwards to the repository's root]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    gate: Gate,
    #[command(flatten)]
    output: Output,
}

/// Which files of a folder are read.
#[derive(Args, Debug)]
pub(crate) struct Files {
    /// Read only files that match, whatever their extension
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    /// Leave out files that match
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Read what .gitignore and .kordonignore leave out, too
    #[arg(long)]
    no_ignore: bool,
    /// Read only what changed in git since a revision
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Leave out files with more bytes
    #[arg(long, value_name = "BYTES")]
    max_file_size: Option<u64>,
    /// Read at most so many documents of a file
    #[arg(long, value_name = "N")]
    max_documents: Option<u64>,
    /// Leave out documents with maps and lists nested deeper
    #[arg(long, value_name = "N")]
    max_depth: Option<u64>,
}

impl Files {
    pub(crate) fn fill(&mut self, file: &configuration::Files) {
        self.include.extend_from_slice(&file.include);
        self.exclude.extend_from_slice(&file.exclude);
        self.no_ignore |= file.ignore_files == Some(false);
        self.max_file_size = self.max_file_size.or(file.max_bytes);
        self.max_documents = self.max_documents.or(file.max_documents);
        self.max_depth = self.max_depth.or(file.max_depth);
    }

    pub(crate) fn selection(&self) -> Selection {
        Selection {
            include: self.include.clone(),
            exclude: self.exclude.clone(),
            ignore_files: if self.no_ignore { IgnoreFiles::Disregard } else { IgnoreFiles::Honour },
            since: self.since.clone(),
        }
    }

    pub(crate) fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        if let Some(max) = self.max_file_size {
            limits.max_file_bytes = max;
        }
        let narrow = |max: u64| usize::try_from(max).unwrap_or(usize::MAX);
        if let Some(max) = self.max_documents {
            limits.max_documents = narrow(max);
        }
        if let Some(max) = self.max_depth {
            // What walks a tree may recurse.
            limits.max_depth = narrow(max).min(Limits::default().max_depth);
        }
        limits
    }
}

impl Scan {
    fn fill(&mut self, file: &ConfigurationFile) {
        self.files.fill(&file.files);
        self.select.fill(file);
        self.policy.extend_from_slice(&file.policies);
        self.gate.fill(file);
        self.output.fill(file);
    }
}

pub(crate) fn run(mut scan: Scan) -> anyhow::Result<Exit> {
    let started = jiff::Timestamp::now();
    let file = configuration::load(scan.config.as_deref())?;
    scan.fill(&file);
    scan.output.set_jobs()?;
    let mut found = find(&scan.targets, &scan.files, &scan.output)?;
    let limits = scan.files.limits();
    let mut assessor = assessor::assessor(&scan.select, file.pods)?;
    if !scan.policy.is_empty() {
        policies::load(&scan.policy, &mut found.inputs, limits, &scan.select, &mut assessor)?;
    }
    let scanned = read::assess(&found.inputs, limits, &assessor, &scan.output);
    let Scan { targets, gate, output, .. } = &scan;
    Conclusion { started, targets, found: &found, gate, output }.draw(scanned, None)
}

/// The files of the targets.
pub(crate) fn find(
    targets: &[PathBuf],
    files: &Files,
    output: &Output,
) -> anyhow::Result<Discovered> {
    refuse_others(targets)?;
    let found = discover(targets, &files.selection())?;
    if found.inputs.is_empty() && !output.quiet {
        tell("note: there is no file to read; see --include and --no-ignore\n");
    }
    Ok(found)
}

/// Kinds of targets that have a prefix of their own, so that nobody takes a file of that name for
/// an answer.
const PREFIXES: [&str; 10] = [
    "archive",
    "oci",
    "image",
    "containerd",
    "docker",
    "podman",
    "rootfs",
    "sbom",
    "cluster",
    "snapshot",
];

fn refuse_others(targets: &[PathBuf]) -> anyhow::Result<()> {
    for target in targets {
        let text = target.to_string_lossy();
        let prefix = text.split(':').next().unwrap_or_default();
        if PREFIXES.contains(&prefix) && !target.exists() {
            let message = format!("{text}: {prefix} targets cannot be scanned by this version");
            return Err(Hinted::new(message, "files, folders and - (standard input) can").into());
        }
    }
    Ok(())
}
