//! The parameter objects at hand, found as the API server finds them.

use std::{collections::HashMap, sync::Arc};

use foldhash::fast::FixedState;
use kordon_model::{
    NodeId, NodeRef, Tree,
    resources::{Resources, Scope, group_version},
};

use crate::{
    document::{NotFoundAction, ParamChoice, ParamKind, ParamRef},
    matching::selects,
};

/// Every object that came with the policies and is none, by apiVersion and kind.
#[derive(Default, Debug)]
pub(crate) struct Parameters {
    objects: HashMap<(Box<str>, Box<str>), Vec<Parameter>, FixedState>,
}

#[derive(Debug)]
struct Parameter {
    tree: Arc<Tree>,
    id: NodeId,
    namespace: Box<str>,
}

/// What a binding's `paramRef` gives.
pub(crate) enum Found<'s> {
    /// The policy has no parameters, or the binding gives none: `params` is null.
    Null,
    Objects(Vec<NodeRef<'s>>),
    /// Nothing is there, and the binding says that this is fine.
    Nothing,
    /// A configuration that cannot be judged by; failurePolicy says what that means.
    Error(Box<str>),
}

impl Parameters {
    pub(crate) fn insert(&mut self, tree: &Arc<Tree>, root: NodeRef<'_>) {
        let text = |path: &[&str]| root.at(path).and_then(NodeRef::as_str).unwrap_or("");
        let key = (text(&["apiVersion"]).into(), text(&["kind"]).into());
        self.objects.entry(key).or_default().push(Parameter {
            tree: Arc::clone(tree),
            id: root.id(),
            namespace: text(&["metadata", "namespace"]).into(),
        });
    }

    /// `namespace` is that of the request; empty for cluster-scoped objects.
    pub(crate) fn find(
        &self,
        kind: Option<&ParamKind>,
        reference: Option<&ParamRef>,
        namespace: &str,
        resources: &Resources,
    ) -> Found<'_> {
        let (Some(kind), Some(reference)) = (kind, reference) else { return Found::Null };
        let key = (kind.api_version.clone(), kind.kind.clone());
        let candidates = self.objects.get(&key).map_or(&[][..], Vec::as_slice);
        let scope = scope_of(kind, candidates, resources);
        let wanted = match (scope, reference.namespace.as_deref()) {
            (Scope::Cluster, Some(_)) => {
                let text = "paramRef.namespace must not be given for a cluster-scoped paramKind";
                return Found::Error(text.into());
            }
            (Scope::Cluster, None) => "",
            (Scope::Namespaced, Some(written)) => written,
            (Scope::Namespaced, None) if namespace.is_empty() => {
                let text = "a paramRef of a namespaced kind needs a namespace where the policy \
                            matches cluster-scoped objects";
                return Found::Error(text.into());
            }
            (Scope::Namespaced, None) => namespace,
        };
        let found: Vec<_> = candidates
            .iter()
            .filter(|candidate| scope == Scope::Cluster || candidate.is_in(wanted))
            .map(|candidate| candidate.tree.node(candidate.id))
            .filter(|node| chosen(*node, &reference.choice))
            .collect();
        match (found.is_empty(), reference.not_found) {
            (false, _) => Found::Objects(found),
            (true, NotFoundAction::Allow) => Found::Nothing,
            (true, NotFoundAction::Deny) => {
                let text = "no params found for policy binding with `Deny` parameterNotFoundAction";
                Found::Error(text.into())
            }
        }
    }
}

impl Parameter {
    /// A file may leave out the namespace `default`.
    fn is_in(&self, namespace: &str) -> bool {
        let own = if self.namespace.is_empty() { "default" } else { &self.namespace };
        own == namespace
    }
}

fn chosen(node: NodeRef<'_>, choice: &ParamChoice) -> bool {
    match choice {
        ParamChoice::Name(name) => {
            node.at(&["metadata", "name"]).and_then(NodeRef::as_str) == Some(&**name)
        }
        ParamChoice::Selector(selector) => selects(selector, node),
    }
}

/// By the table of kinds; a custom kind whose definition is not at hand has the scope that its
/// objects show.
fn scope_of(kind: &ParamKind, candidates: &[Parameter], resources: &Resources) -> Scope {
    let (group, version) = group_version(&kind.api_version);
    match resources.by_kind(group, version, &kind.kind) {
        Some(row) => row.scope,
        None if candidates.iter().all(|candidate| candidate.namespace.is_empty()) => Scope::Cluster,
        None => Scope::Namespaced,
    }
}
