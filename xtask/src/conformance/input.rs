//! Where cases come from: `cases.jsonl` or `cases.jsonl.zst`, named or in a named folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use std::sync::Arc;

use anyhow::{Context as _, bail};
use kordon_manifest::{Limits, Manifest};
use kordon_model::Tree;
use serde_json::Value;

pub(crate) struct Case {
    pub(crate) value: Value,
}

impl Case {
    pub(crate) fn id(&self) -> &str {
        self.value["id"].as_str().unwrap_or("(no id)")
    }

    /// Whether one of the words picks this case: a prefix of its id, or the whole of one of the
    /// fields by which suites group their cases.
    pub(crate) fn matches(&self, only: &[String]) -> bool {
        const GROUPS: [&str; 11] = [
            "group",
            "format",
            "family",
            "catalogue_id",
            "check",
            "library",
            "file",
            "source",
            "policy",
            "upstream_id",
            "rule",
        ];
        let picks = |word: &String| {
            let field = |name| self.value.get(name).and_then(Value::as_str);
            let family = field("catalogue_id").and_then(|id| id.split('-').next());
            self.id().starts_with(word.as_str())
                || family == Some(word)
                || GROUPS.into_iter().any(|name| field(name) == Some(word))
        };
        only.is_empty() || only.iter().any(picks)
    }
}

pub(crate) fn cases(paths: &[PathBuf]) -> anyhow::Result<Vec<Case>> {
    let mut cases = Vec::new();
    for path in paths {
        let file = cases_file(path)?;
        let text = read_text(&file)?;
        for (line_idx, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
            let value = serde_json::from_str(line)
                .with_context(|| format!("{}:{}: no JSON", file.display(), line_idx + 1))?;
            cases.push(Case { value });
        }
    }
    Ok(cases)
}

fn cases_file(path: &Path) -> anyhow::Result<PathBuf> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    let names = ["cases.jsonl", "cases.jsonl.zst"];
    match names.iter().map(|name| path.join(name)).find(|file| file.exists()) {
        Some(file) => Ok(file),
        None => bail!("{}: neither cases.jsonl nor cases.jsonl.zst is there", path.display()),
    }
}

/// The text of a file, decompressed where its name ends in `.zst`.
pub(crate) fn read_text(file: &Path) -> anyhow::Result<String> {
    let bytes = fs::read(file).with_context(|| format!("{}: cannot read", file.display()))?;
    let bytes = match file.extension() {
        Some(extension) if extension == "zst" => zstd::decode_all(bytes.as_slice())
            .with_context(|| format!("{}: no zstd", file.display()))?,
        _ => bytes,
    };
    String::from_utf8(bytes).with_context(|| format!("{}: no UTF-8", file.display()))
}

/// An object of a case as the tree that the JSON reader makes of its text.
pub(crate) fn tree(name: &str, value: &Value) -> anyhow::Result<Arc<Tree>> {
    let manifest = Manifest::new(name, value.to_string().into_bytes(), Limits::default());
    let [part] = manifest.parts() else { bail!("{name}: {} documents", manifest.parts().len()) };
    match manifest.read(part) {
        Ok(document) => Ok(Arc::new(document.tree)),
        Err(problem) => bail!("{name}: {problem}"),
    }
}
