//! Generated files: a reference page for each check, their index and the control matrix, all made
//! from the check files.

mod controls;
mod page;

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use kordon_manifest::{Limits, Manifest};
use kordon_model::Tree;
use kordon_posture::{Catalogue, CheckDocument};

/// Whether files are written or only compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    Check,
}

/// A check with the file that it was read from, whose text the examples are taken from.
pub(crate) struct Page<'a> {
    pub(crate) check: &'a CheckDocument,
    pub(crate) tree: &'a Tree,
}

pub(crate) fn run(mode: Mode) -> anyhow::Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let wanted = generated(&root)?;
    let stale = stale(&root, &wanted)?;
    let mut out = io::stdout().lock();
    for path in &stale {
        match mode {
            Mode::Check => writeln!(out, "stale: {}", path.display())?,
            Mode::Write => match wanted.get(path) {
                Some(text) => write(&root.join(path), text)?,
                None => fs::remove_file(root.join(path))?,
            },
        }
    }
    match mode {
        Mode::Check if !stale.is_empty() => {
            writeln!(out, "run `cargo xtask codegen` and commit what it writes")?;
            Ok(ExitCode::FAILURE)
        }
        Mode::Check => Ok(ExitCode::SUCCESS),
        Mode::Write => {
            writeln!(out, "{} files, {} written", wanted.len(), stale.len())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

const PAGES: &str = "docs/checks";

/// Path from the project's root and text of each generated file.
fn generated(root: &Path) -> anyhow::Result<BTreeMap<PathBuf, String>> {
    let trees = trees(root)?;
    let mut catalogue = Catalogue::new();
    for tree in &trees {
        if let Err(problems) = catalogue.add(tree.root()) {
            let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
            bail!("{}", lines.join("\n"));
        }
    }
    let pages: Vec<Page<'_>> =
        catalogue.checks().iter().zip(&trees).map(|(check, tree)| Page { check, tree }).collect();
    let mut files = BTreeMap::new();
    for page in &pages {
        let path = Path::new(PAGES).join(format!("{}.md", page.check.rule.id));
        files.insert(path, page::page(page));
    }
    files.insert(Path::new(PAGES).join("README.md"), page::index(&pages));
    files.insert(PathBuf::from("docs/controls.csv"), controls::matrix(&pages));
    Ok(files)
}

/// What differs, is missing, or is there and should not be.
fn stale(root: &Path, wanted: &BTreeMap<PathBuf, String>) -> anyhow::Result<Vec<PathBuf>> {
    let mut stale = Vec::new();
    for (path, text) in wanted {
        let file = root.join(path);
        if !file.exists() || fs::read_to_string(&file)? != *text {
            stale.push(path.clone());
        }
    }
    let folder = root.join(PAGES);
    if folder.exists() {
        for entry in fs::read_dir(&folder)? {
            let path = Path::new(PAGES).join(entry?.file_name());
            if !wanted.contains_key(&path) {
                stale.push(path);
            }
        }
    }
    Ok(stale)
}

fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    let folder = file.parent().context("a generated file is in a folder")?;
    fs::create_dir_all(folder)?;
    fs::write(file, text).with_context(|| format!("{}: cannot write", file.display()))
}

fn trees(root: &Path) -> anyhow::Result<Vec<Tree>> {
    let mut files = Vec::new();
    for family in fs::read_dir(root.join("checks"))? {
        for file in fs::read_dir(family?.path())? {
            files.push(file?.path());
        }
    }
    files.sort();
    files.iter().map(|file| tree(root, file)).collect()
}

fn tree(root: &Path, file: &Path) -> anyhow::Result<Tree> {
    let name = file.strip_prefix(root).unwrap_or(file).display().to_string();
    let manifest = Manifest::new(&name, fs::read(file)?, Limits::default());
    let [part] = manifest.parts() else { bail!("{name}: one document was expected") };
    match manifest.read(part) {
        Ok(document) => Ok(document.tree),
        Err(problem) => bail!("{problem}"),
    }
}
