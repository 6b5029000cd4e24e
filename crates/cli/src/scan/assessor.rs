//! What a run asks, from the built-in check files, the user's and the flags.

use std::path::Path;

use anyhow::Context as _;
use kordon_assess::{Assessor, Namespaces};
use kordon_manifest::{Input, Limits, Selection, What, discover};
use kordon_model::{PodKind, PodKinds, resources::Resources};
use kordon_posture::{Catalogue, CheckSet, SetErrors};

use crate::{common::Select, failure::Hinted};

pub(super) fn assessor(select: &Select, pods: Vec<PodKind>) -> anyhow::Result<Assessor> {
    let catalogue = catalogue(select)?;
    let checks =
        CheckSet::compile(&catalogue, &select.configuration()).map_err(|errors| told(&errors))?;
    Ok(Assessor {
        checks,
        policies: None,
        pod_kinds: PodKinds::new(pods),
        resources: Resources::default(),
        namespaces: Namespaces::default(),
    })
}

/// The built-in checks and those of `--checks-from`.
pub(crate) fn catalogue(select: &Select) -> anyhow::Result<Catalogue> {
    let mut catalogue = Catalogue::builtin();
    let mut problems = Vec::new();
    for folder in &select.checks_from {
        add_folder(&mut catalogue, folder, &mut problems)?;
    }
    match problems.as_slice() {
        [] => Ok(catalogue),
        problems => {
            let hint = "docs/check-files.md says what a check file has";
            Err(Hinted::new(problems.join("\n"), hint).into())
        }
    }
}

fn add_folder(
    catalogue: &mut Catalogue,
    folder: &Path,
    problems: &mut Vec<String>,
) -> anyhow::Result<()> {
    let found = discover(&[folder.to_owned()], &Selection::default())
        .with_context(|| format!("no check files in {}", folder.display()))?;
    problems.extend(found.problems.iter().map(ToString::to_string));
    for input in &found.inputs {
        add_file(catalogue, input, problems);
    }
    Ok(())
}

fn add_file(catalogue: &mut Catalogue, input: &Input, problems: &mut Vec<String>) {
    let manifest = input.open(Limits::default());
    problems.extend(manifest.problems().iter().map(ToString::to_string));
    for part in manifest.parts() {
        match manifest.read(part) {
            Ok(document) if document.what() == What::Empty => {}
            Ok(document) => {
                if let Err(mistakes) = catalogue.add(document.tree.root()) {
                    problems.extend(mistakes.iter().map(ToString::to_string));
                }
            }
            Err(problem) => problems.push(problem.to_string()),
        }
    }
}

fn told(errors: &SetErrors) -> anyhow::Error {
    let problems = errors.problems.iter().map(ToString::to_string);
    let mistakes = errors.configuration.iter().map(ToString::to_string);
    let lines: Vec<String> = problems.chain(mistakes).collect();
    Hinted::new(lines.join("\n"), "`kordon checks` lists all").into()
}
