//! `kordon.yaml`: what the flags say, for those who do not want to say it each time, and the
//! settings of checks.
//!
//! The file is the one of `--config`, else the nearest `kordon.yaml` from the working directory
//! upwards, as far as the repository reaches. A folder that is scanned brings none of its own: it
//! may be anybody's, and must not switch off its judge.

mod read;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use kordon_base::KubernetesVersion;
use kordon_finding::Severity;
use kordon_manifest::{Limits, Manifest};
use kordon_model::PodKind;
use kordon_posture::{Override, Profile};
use kordon_report::Language;

use crate::{common::FailOn, failure::Hinted};

/// Everything is as the file says it; what it does not say is absent.
#[derive(Clone, Debug, Default)]
pub(crate) struct ConfigurationFile {
    pub(crate) checks: BTreeMap<String, Override>,
    pub(crate) only: Vec<String>,
    pub(crate) skip: Vec<String>,
    pub(crate) profiles: Option<Vec<Profile>>,
    pub(crate) kubernetes_version: Option<KubernetesVersion>,
    pub(crate) severity: Option<Severity>,
    pub(crate) fail_on: Option<FailOn>,
    pub(crate) fail_on_coverage: Option<bool>,
    pub(crate) strict: Option<bool>,
    pub(crate) language: Option<Language>,
    pub(crate) files: Files,
    pub(crate) pods: Vec<PodKind>,
    /// Relative to the configuration file's folder in the file, to the working directory here.
    pub(crate) policies: Vec<PathBuf>,
    pub(crate) checks_from: Vec<PathBuf>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Files {
    pub(crate) include: Vec<String>,
    pub(crate) exclude: Vec<String>,
    pub(crate) ignore_files: Option<bool>,
    pub(crate) max_bytes: Option<u64>,
    pub(crate) max_documents: Option<u64>,
    pub(crate) max_depth: Option<u64>,
}

const NAME: &str = "kordon.yaml";

/// Of `--config`, or found.
pub(crate) fn load(chosen: Option<&Path>) -> anyhow::Result<ConfigurationFile> {
    match chosen {
        Some(path) => read_file(path),
        None => match find()? {
            Some(path) => read_file(&path),
            None => Ok(ConfigurationFile::default()),
        },
    }
}

fn find() -> anyhow::Result<Option<PathBuf>> {
    let start = std::env::current_dir().context("cannot tell the working directory")?;
    for (n_up, folder) in start.ancestors().enumerate() {
        if folder.join(NAME).is_file() {
            // As it is reached from here, which reads better in messages.
            let mut path: PathBuf = std::iter::repeat_n("..", n_up).collect();
            path.push(NAME);
            return Ok(Some(path));
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    Ok(None)
}

fn read_file(path: &Path) -> anyhow::Result<ConfigurationFile> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {name}"))?;
    let manifest = Manifest::new(&name, bytes, Limits::default());
    let hint = "docs/configuration.md says what kordon.yaml has";
    if let Some(problem) = manifest.problems().first() {
        return Err(Hinted::new(problem.to_string(), hint).into());
    }
    let [part] = manifest.parts() else {
        return Err(Hinted::new(format!("{name}: must be one document"), hint).into());
    };
    let document = manifest.read(part).map_err(|problem| Hinted::new(problem.to_string(), hint))?;
    if let Some(note) = document.notes.first() {
        let position = document.tree.source().position(note.span.start);
        let (line, column, text) = (position.line, position.column, note.kind.message());
        return Err(Hinted::new(format!("{name}:{line}:{column}: {text}"), hint).into());
    }
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    read::read(document.tree.root(), folder).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Hinted::new(lines.join("\n"), hint).into()
    })
}

#[cfg(test)]
mod tests;
