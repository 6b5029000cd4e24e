//! The document as typed values; every mistake is reported in one run.

use std::path::Path;

use kordon_model::{Kind, NodeRef, PodForm, PodKind};
use kordon_policy::{Cursor, Problem, Problems};
use kordon_posture::{Override, Profile};
use kordon_report::Language;

use super::{ConfigurationFile, Files};
use crate::common::FailOn;

const FIELDS: [&str; 16] = [
    "apiVersion",
    "kind",
    "metadata",
    "checks",
    "only",
    "skip",
    "profiles",
    "kubernetesVersion",
    "severity",
    "failOn",
    "failOnCoverage",
    "strict",
    "language",
    "files",
    "pods",
    "policies",
];

pub(super) fn read(root: NodeRef<'_>, folder: &Path) -> Result<ConfigurationFile, Vec<Problem>> {
    let mut problems = Problems::of(root, "Configuration");
    let cursor = Cursor::root(root);
    let found = &mut problems;
    if !root.is_map() {
        cursor.error(found, "must be an object");
        return Err(problems.finish());
    }
    let fields: Vec<&str> = FIELDS.iter().copied().chain(["checksFrom"]).collect();
    cursor.only(&fields, found);
    head(&cursor, found);
    let paths = |texts: Vec<Box<str>>| texts.iter().map(|path| folder.join(&**path)).collect();
    let strings = |texts: Vec<Box<str>>| texts.into_iter().map(String::from).collect();
    let file = ConfigurationFile {
        checks: checks(&cursor, found),
        only: strings(cursor.texts("only", found)),
        skip: strings(cursor.texts("skip", found)),
        profiles: profiles(&cursor, found),
        kubernetes_version: parsed(&cursor, "kubernetesVersion", found),
        severity: parsed(&cursor, "severity", found),
        fail_on: parsed::<FailOn>(&cursor, "failOn", found),
        fail_on_coverage: flag(&cursor, "failOnCoverage", found),
        strict: flag(&cursor, "strict", found),
        language: cursor.choice(
            "language",
            &[("en", Language::English), ("zh", Language::Chinese)],
            found,
        ),
        files: files(&cursor, found),
        pods: pods(&cursor, found),
        policies: paths(cursor.texts("policies", found)),
        checks_from: paths(cursor.texts("checksFrom", found)),
    };
    if problems.has_errors() { Err(problems.finish()) } else { Ok(file) }
}

fn head<'t>(cursor: &Cursor<'t>, problems: &mut Problems<'t>) {
    for (key, wanted) in [("apiVersion", "kordon.dev/v1"), ("kind", "Configuration")] {
        if let Some(text) = cursor.required_text(key, problems)
            && text != wanted
        {
            let at = cursor.get(key).map_or(0, |at| at.offset());
            problems.error(at, key, format!("must be {wanted}"));
        }
    }
}

fn checks<'t>(
    cursor: &Cursor<'t>,
    problems: &mut Problems<'t>,
) -> std::collections::BTreeMap<String, Override> {
    let mut checks = std::collections::BTreeMap::new();
    for (selector, _) in cursor.text_entries("checks", problems) {
        let Some(check) = cursor.get("checks").and_then(|checks| checks.map(selector, problems))
        else {
            continue;
        };
        check.only(&["enabled", "severity", "settings"], problems);
        let mut settings = std::collections::BTreeMap::new();
        for (name, value) in check.text_entries("settings", problems) {
            match serde_json::from_str(&value.node().to_string()) {
                Ok(json) => {
                    settings.insert(name.to_owned(), json);
                }
                Err(error) => value.error(problems, format!("cannot be used: {error}")),
            }
        }
        let what = Override {
            enabled: flag(&check, "enabled", problems),
            severity: parsed(&check, "severity", problems),
            settings,
        };
        checks.insert(selector.to_owned(), what);
    }
    checks
}

fn profiles<'t>(cursor: &Cursor<'t>, problems: &mut Problems<'t>) -> Option<Vec<Profile>> {
    cursor.get("profiles")?;
    let words = [("security", Profile::Security), ("reliability", Profile::Reliability)];
    let items = cursor.items("profiles", problems);
    Some(items.iter().filter_map(|item| item.as_choice(&words, problems)).collect())
}

fn files<'t>(cursor: &Cursor<'t>, problems: &mut Problems<'t>) -> Files {
    let Some(files) = cursor.map("files", problems) else { return Files::default() };
    files.only(
        &["include", "exclude", "ignoreFiles", "maxBytes", "maxDocuments", "maxDepth"],
        problems,
    );
    let strings = |texts: Vec<Box<str>>| texts.into_iter().map(String::from).collect();
    Files {
        include: strings(files.texts("include", problems)),
        exclude: strings(files.texts("exclude", problems)),
        ignore_files: flag(&files, "ignoreFiles", problems),
        max_bytes: number(&files, "maxBytes", problems),
        max_documents: number(&files, "maxDocuments", problems),
        max_depth: number(&files, "maxDepth", problems),
    }
}

fn pods<'t>(cursor: &Cursor<'t>, problems: &mut Problems<'t>) -> Vec<PodKind> {
    let mut kinds = Vec::new();
    for item in cursor.objects("pods", problems) {
        item.only(&["group", "kind", "path", "form"], problems);
        let group = item.text("group", problems).unwrap_or("");
        let kind = item.required_text("kind", problems);
        let path = item.required_text("path", problems);
        let words = [("template", PodForm::Template), ("spec", PodForm::Spec)];
        let form = item.choice("form", &words, problems).unwrap_or(PodForm::Template);
        let (Some(kind), Some(path)) = (kind, path) else { continue };
        match PodKind::new(group, kind, path, form) {
            Ok(kind) => kinds.push(kind),
            Err(error) => item.error(problems, error.to_string()),
        }
    }
    kinds
}

/// A word that is read as on the command line. A version such as `1.30` is a number to YAML, so
/// the text of the file counts.
fn parsed<'t, T>(cursor: &Cursor<'t>, key: &str, problems: &mut Problems<'t>) -> Option<T>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    let child = cursor.get(key)?;
    let node = child.node();
    let text = match node.as_str() {
        Some(text) => text,
        None => node.tree().source().slice(node.span()),
    };
    match text.parse() {
        Ok(value) => Some(value),
        Err(error) => {
            child.error(problems, error.to_string());
            None
        }
    }
}

fn flag<'t>(cursor: &Cursor<'t>, key: &str, problems: &mut Problems<'t>) -> Option<bool> {
    let child = cursor.get(key)?;
    let value = child.node().as_bool();
    if value.is_none() {
        child.error(problems, "must be true or false");
    }
    value
}

fn number<'t>(cursor: &Cursor<'t>, key: &str, problems: &mut Problems<'t>) -> Option<u64> {
    let child = cursor.get(key)?;
    match child.node().kind() {
        Kind::Int(value) if value > 0 => Some(value.unsigned_abs()),
        _ => {
            child.error(problems, "must be a whole number above 0");
            None
        }
    }
}
