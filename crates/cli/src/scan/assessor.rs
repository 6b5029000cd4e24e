//! What a run asks, from the built-in check files, the user's and the flags.

use anyhow::Context as _;
use kordon_assess::{Assessor, Namespaces};
use kordon_manifest::What;
use kordon_model::{PodKind, PodKinds, resources::Resources};
use kordon_posture::{Catalogue, CheckSet, SetErrors};

use crate::{common::Select, documents, failure::Hinted};

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
    let problems = documents::of_paths(&select.checks_from, |document, problems| {
        if document.what() == What::Empty {
            return;
        }
        if let Err(mistakes) = catalogue.add(document.tree.root()) {
            problems.extend(mistakes.iter().map(ToString::to_string));
        }
    });
    match problems.context("no check files")?.as_slice() {
        [] => Ok(catalogue),
        problems => {
            let hint = "docs/check-files.md says what a check file has";
            Err(Hinted::new(problems.join("\n"), hint).into())
        }
    }
}

fn told(errors: &SetErrors) -> anyhow::Error {
    let problems = errors.problems.iter().map(ToString::to_string);
    let mistakes = errors.configuration.iter().map(ToString::to_string);
    let lines: Vec<String> = problems.chain(mistakes).collect();
    Hinted::new(lines.join("\n"), "`kordon checks` lists all").into()
}
