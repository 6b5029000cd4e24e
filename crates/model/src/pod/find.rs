//! All pods of an object.

use super::{
    ContainerKind, Found, Layer, Located, Malformed, PodForm, PodKinds, PodView,
    container::{Container, Spot},
    detect, pattern, present, shape,
    table::{self, ContainerPath, From, Recipe, Shape},
};
use crate::{FieldPath, Kind, NodeRef, Object};

/// Every pod of the object: one for the built-in kinds, any number for custom resources, none for
/// objects that run nothing. A built-in kind always gives its view, be there a pod in it or not,
/// so that its problems are seen.
#[must_use]
pub fn find_pods<'t>(object: Object<'t>, kinds: &PodKinds) -> Vec<PodView<'t>> {
    let (group, kind) = (object.group(), object.kind());
    if let Some(path) = table::built_in(group, kind) {
        return built_in(object, path).into_iter().collect();
    }
    let mut pods = Vec::new();
    let root = Located { node: object.root(), path: FieldPath::root() };
    for row in kinds.of(group, kind) {
        pattern::places(&root, row.path(), &mut |at| {
            pods.push(in_form(object, Found::Configured, row.form(), at));
        });
    }
    if !pods.is_empty() {
        return pods;
    }
    for row in table::ROWS.iter().filter(|row| row.kind == kind && row.group == group) {
        for path in row.paths {
            pattern::places(&root, path, &mut |at| {
                pods.push(in_form(object, Found::Table, row.form, at));
            });
        }
    }
    for recipe in table::recipes(group, kind) {
        pattern::places(&root, recipe.anchor, &mut |at| {
            pods.extend(by_recipe(object, recipe, &at));
        });
    }
    if pods.is_empty() && detect::is_worth_it(object) {
        pods.extend(
            detect::pods(object).into_iter().map(|detected| {
                standard(object, Found::Detected, detected.spec, detected.metadata)
            }),
        );
    }
    pods
}

/// Whether objects of the kind always bear pods.
#[must_use]
pub fn bears_pods(group: &str, kind: &str) -> bool {
    table::built_in(group, kind).is_some()
}

fn built_in<'t>(object: Object<'t>, path: &'static str) -> Option<PodView<'t>> {
    let mut at = Located { node: object.root(), path: FieldPath::root() };
    for key in path.split('.').filter(|key| !key.is_empty()) {
        let Some(next) = at.node.get(key).filter(|node| !node.is_null()) else {
            // The one kind that may do without.
            if object.kind() == "ReplicationController" && key == "template" {
                return None;
            }
            return Some(broken(object, at, key));
        };
        at = Located { node: next, path: at.path.key(key) };
    }
    Some(in_form(object, Found::BuiltIn, PodForm::Template, at))
}

/// The view of an object that lacks what it must have.
fn broken<'t>(object: Object<'t>, at: Located<'t>, missing: &'static str) -> PodView<'t> {
    let malformed = Malformed { path: at.path.clone().key(missing), expected: shape::A_MAP };
    let layers = vec![Layer { at, security_key: SECURITY }];
    PodView {
        object,
        found: Found::BuiltIn,
        layers,
        metadata: None,
        containers: Vec::new(),
        malformed: vec![malformed],
    }
}

const SECURITY: &str = "securityContext";

fn in_form<'t>(object: Object<'t>, found: Found, form: PodForm, at: Located<'t>) -> PodView<'t> {
    match form {
        PodForm::Spec => standard(object, found, at, None),
        PodForm::Template => match present(at.node, "spec") {
            Some(node) => {
                let metadata = at.get("metadata");
                let spec = Located { node, path: at.path.key("spec") };
                standard(object, found, spec, metadata)
            }
            None => broken(object, at, "spec"),
        },
    }
}

const LISTS: [(&str, ContainerKind); 3] = [
    ("initContainers", ContainerKind::Init),
    ("containers", ContainerKind::Regular),
    ("ephemeralContainers", ContainerKind::Ephemeral),
];

/// A pod in Kubernetes' own form.
fn standard<'t>(
    object: Object<'t>,
    found: Found,
    spec: Located<'t>,
    metadata: Option<Located<'t>>,
) -> PodView<'t> {
    let mut malformed = Vec::new();
    shape::check_spec(&spec, &mut malformed);
    if let Some(metadata) = &metadata {
        shape::check_metadata(metadata, &mut malformed);
    }
    let n_containers = LISTS.iter().filter_map(|(key, _)| spec.node.get(key)).map(NodeRef::len);
    let mut containers = Vec::with_capacity(n_containers.sum());
    for (key, kind) in LISTS {
        let items = spec.node.get(key).into_iter().flat_map(NodeRef::items).enumerate();
        containers.extend(items.map(|(idx, node)| Container {
            kind: with_sidecars(kind, node),
            node,
            base: None,
            spot: Spot::Spec { key, idx },
            fallback_name: "",
        }));
    }
    let layers = vec![Layer { at: spec, security_key: SECURITY }];
    PodView { object, found, layers, metadata, containers, malformed }
}

fn with_sidecars(kind: ContainerKind, node: NodeRef<'_>) -> ContainerKind {
    let restarts = || node.get("restartPolicy").and_then(NodeRef::as_str) == Some("Always");
    match kind {
        ContainerKind::Init if restarts() => ContainerKind::Sidecar,
        _ => kind,
    }
}

/// `None` where there are no containers: a workflow's template that only names other templates,
/// a run that refers to a task.
fn by_recipe<'t>(object: Object<'t>, recipe: &Recipe, anchor: &Located<'t>) -> Option<PodView<'t>> {
    let mut malformed = Vec::new();
    let mut containers = Vec::new();
    for row in recipe.containers {
        let base = row.base.and_then(|(from, path)| start(object, anchor, from, path));
        pattern::places(anchor, row.path, &mut |at| {
            collect(row, base.as_ref().map(|base| base.node), at, &mut containers, &mut malformed);
        });
    }
    if containers.is_empty() && malformed.is_empty() {
        return None;
    }
    containers.sort_by_key(|container| container.kind.rank());
    let mut layers = Vec::with_capacity(recipe.layers.len());
    for row in recipe.layers {
        let Some(at) = start(object, anchor, row.from, row.path) else { continue };
        shape::check_layer(&at, row.security_key, &mut malformed);
        layers.push(Layer { at, security_key: row.security_key });
    }
    if layers.is_empty() {
        layers.push(Layer { at: anchor.clone(), security_key: SECURITY });
    }
    let metadata = match recipe.metadata {
        "" => None,
        path => pattern::place(anchor, path),
    };
    Some(PodView { object, found: Found::Table, layers, metadata, containers, malformed })
}

fn start<'t>(
    object: Object<'t>,
    anchor: &Located<'t>,
    from: From,
    path: &str,
) -> Option<Located<'t>> {
    match from {
        From::Anchor => pattern::place(anchor, path),
        From::Root => {
            let root = Located { node: object.root(), path: FieldPath::root() };
            pattern::place(&root, path)
        }
    }
}

fn collect<'t>(
    row: &ContainerPath,
    base: Option<NodeRef<'t>>,
    at: Located<'t>,
    containers: &mut Vec<Container<'t>>,
    malformed: &mut Vec<Malformed<'t>>,
) {
    let mut push = |node: NodeRef<'t>, path: FieldPath<'t>| {
        shape::check_container(node, &path, malformed);
        let kind = with_sidecars(row.kind, node);
        let spot = Spot::Path(Box::new(path));
        let fallback_name = row.fallback_name;
        containers.push(Container { kind, node, base, spot, fallback_name });
    };
    match (row.shape, at.node.kind()) {
        (Shape::One, _) => push(at.node, at.path),
        (Shape::List, Kind::List) => {
            for (idx, node) in at.node.items().enumerate() {
                push(node, at.path.clone().index(idx));
            }
        }
        (Shape::List, _) => malformed.push(Malformed { path: at.path, expected: shape::A_LIST }),
    }
}
