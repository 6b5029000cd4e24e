//! Policies of `--policy`, and what they need of the files that are scanned: Namespaces, and the
//! definitions of custom resources.

use std::{path::PathBuf, sync::Arc};

use kordon_assess::Assessor;
use kordon_base::KubernetesVersion;
use kordon_manifest::{Input, Limits, What};
use kordon_model::{
    Object, Tree,
    resources::{CustomResource, Resources},
};
use kordon_policy::{Level, PolicySet, PolicySetBuilder, Problem};

use crate::{
    common::Select,
    documents::{self, objects_of},
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
    let (set, warnings) = usable(paths, select.kubernetes(), &assessor.resources)?;
    for warning in &warnings {
        tell(&format!("warning: {warning}\n"));
    }
    assessor.policies = Some(set);
    Ok(())
}

/// The set of all policies of the files, and warnings about them; an error names what is wrong
/// with any of them.
pub(crate) fn usable(
    paths: &[PathBuf],
    version: KubernetesVersion,
    resources: &Resources,
) -> anyhow::Result<(PolicySet, Vec<Problem>)> {
    let (set, problems) = read(paths, version, resources)?;
    let (errors, warnings): (Vec<_>, Vec<_>) =
        problems.into_iter().partition(|problem| problem.level == Level::Error);
    if !errors.is_empty() {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        let hint = "`kordon policy lint` tells everything that is wrong with policies";
        return Err(Hinted::new(lines.join("\n"), hint).into());
    }
    Ok((set, warnings))
}

/// Reads policy files: the set of all that can be used, and all that is wrong.
pub(crate) fn read(
    paths: &[PathBuf],
    version: KubernetesVersion,
    resources: &Resources,
) -> anyhow::Result<(PolicySet, Vec<Problem>)> {
    let mut builder = PolicySetBuilder::new(version);
    let unread = documents::of_paths(paths, |document, unread| {
        if document.what() == What::Object {
            let tree = Arc::new(document.tree);
            for object in objects_of(&tree, unread) {
                builder.add(&tree, object.root());
            }
        }
    })?;
    if !unread.is_empty() {
        return Err(Hinted::new(unread.join("\n"), "every policy file must be readable").into());
    }
    Ok(builder.build(Arc::new(resources.clone())))
}

/// A first look at the files. Standard input can be read only once, so its text is kept.
fn look_around(inputs: &mut [Input], limits: Limits, assessor: &mut Assessor) {
    // What cannot be read is told by the scan itself.
    let mut unread = Vec::new();
    for input in inputs.iter_mut() {
        input.keep(limits);
        documents::of_input(input, limits, &mut unread, |document, unread| {
            if document.what() == What::Object {
                let tree = Arc::new(document.tree);
                for object in objects_of(&tree, unread) {
                    note(object, &tree, assessor);
                }
            }
        });
    }
}

fn note(object: Object<'_>, tree: &Arc<Tree>, assessor: &mut Assessor) {
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
