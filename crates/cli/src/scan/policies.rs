//! Policies of `--policy`, and what they need of the files that are scanned: Namespaces, and the
//! definitions of custom resources.

use std::{path::PathBuf, sync::Arc};

use kordon_assess::Assessor;
use kordon_base::KubernetesVersion;
use kordon_manifest::{Input, Limits, Selection, What, discover};
use kordon_model::{
    Tree, objects,
    resources::{CustomResource, Resources},
};
use kordon_policy::{Level, PolicySet, PolicySetBuilder, Problem};

use crate::{
    common::Select,
    failure::{Hinted, tell},
};

/// Loads the policies and gives them to the assessor.
pub(super) fn load(
    paths: &[PathBuf],
    inputs: &mut [Input],
    limits: Limits,
    select: &Select,
    assessor: &mut Assessor,
) -> anyhow::Result<()> {
    look_around(inputs, limits, assessor);
    let (set, problems) = read(paths, select.kubernetes(), &assessor.resources)?;
    let errors: Vec<String> =
        problems.iter().filter(|one| one.level == Level::Error).map(ToString::to_string).collect();
    if !errors.is_empty() {
        let hint = "`kordon policy lint` tells everything that is wrong with policies";
        return Err(Hinted::new(errors.join("\n"), hint).into());
    }
    for warning in &problems {
        tell(&format!("warning: {warning}\n"));
    }
    assessor.policies = Some(set);
    Ok(())
}

/// Reads policy files: the set of all that can be used, and all that is wrong.
pub(crate) fn read(
    paths: &[PathBuf],
    version: KubernetesVersion,
    resources: &Resources,
) -> anyhow::Result<(PolicySet, Vec<Problem>)> {
    let found = discover(paths, &Selection::default())?;
    let mut builder = PolicySetBuilder::new(version);
    let mut unread: Vec<String> = found.problems.iter().map(ToString::to_string).collect();
    for input in &found.inputs {
        documents(input, Limits::default(), &mut unread, |tree| {
            for object in objects(tree.root()).into_iter().flatten() {
                builder.add(tree, object.root());
            }
        });
    }
    if !unread.is_empty() {
        return Err(Hinted::new(unread.join("\n"), "every policy file must be readable").into());
    }
    Ok(builder.build(Arc::new(resources.clone())))
}

/// A first look at the files. Standard input can be read only once, so its text is kept.
fn look_around(inputs: &mut [Input], limits: Limits, assessor: &mut Assessor) {
    for input in inputs.iter_mut() {
        input.keep(limits);
        // What cannot be read is told by the scan itself.
        let mut unread = Vec::new();
        documents(input, limits, &mut unread, |tree| {
            for object in objects(tree.root()).into_iter().flatten() {
                if object.is("apiextensions.k8s.io", "CustomResourceDefinition") {
                    if let Some(custom) = CustomResource::read(object.root()) {
                        assessor.resources.define(custom);
                    }
                } else if object.is("", "Namespace")
                    && let Some(name) = object.name()
                {
                    assessor.namespaces.insert(name, tree, object.root().id());
                }
            }
        });
    }
}

fn documents(
    input: &Input,
    limits: Limits,
    unread: &mut Vec<String>,
    mut with: impl FnMut(&Arc<Tree>),
) {
    let manifest = input.open(limits);
    unread.extend(manifest.problems().iter().map(ToString::to_string));
    for part in manifest.parts() {
        match manifest.read(part) {
            Ok(document) if document.what() == What::Object => with(&Arc::new(document.tree)),
            Ok(_) => {}
            Err(problem) => unread.push(problem.to_string()),
        }
    }
}
