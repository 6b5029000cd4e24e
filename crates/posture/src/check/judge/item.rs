//! What `each` goes through: items of lists, values of maps, hits of detectors, handlers of probes.

use kordon_cel::{Map, Value};
use kordon_model::{FieldPath, NodeRef};

use super::place::Context;
use crate::check::{
    PathTemplate, Root, Step,
    subject::{CredentialSubject, Views},
};

/// More `[]` and `{}` in one path than anybody needs.
const MAX_WILDCARDS: usize = 4;

/// To be copied; its path is made where something is reported.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    source: ItemSource<'a>,
    pub(super) node: Option<NodeRef<'a>>,
    /// The key of a map's value; empty for items of lists.
    pub(super) key: &'a str,
    pub(super) index: usize,
}

#[derive(Clone, Copy)]
enum ItemSource<'a> {
    Field {
        each: &'a PathTemplate,
        trail: [u32; MAX_WILDCARDS],
    },
    Credential(&'a CredentialSubject<'a>),
    /// Keys from the container.
    Handler(&'static [&'static str]),
}

/// Handlers of probes and of the lifecycle that open a connection.
const HANDLERS: [&[&str]; 10] = [
    &["livenessProbe", "httpGet"],
    &["livenessProbe", "tcpSocket"],
    &["readinessProbe", "httpGet"],
    &["readinessProbe", "tcpSocket"],
    &["startupProbe", "httpGet"],
    &["startupProbe", "tcpSocket"],
    &["lifecycle", "postStart", "httpGet"],
    &["lifecycle", "postStart", "tcpSocket"],
    &["lifecycle", "preStop", "httpGet"],
    &["lifecycle", "preStop", "tcpSocket"],
];

impl<'a> Item<'a> {
    pub(super) fn value(&self) -> Value<'a> {
        match (self.source, self.node) {
            (ItemSource::Credential(hit), _) => Value::Map(Map::Fields(hit)),
            (_, Some(node)) => Value::node(node),
            (_, None) => Value::Null,
        }
    }

    pub(super) fn credential(&self) -> Option<&'a CredentialSubject<'a>> {
        match self.source {
            ItemSource::Credential(hit) => Some(hit),
            _ => None,
        }
    }

    /// What tells this item from its siblings: its name, its key in a map, itself where it is text.
    pub(super) fn default_key(&self) -> &'a str {
        if !self.key.is_empty() {
            return self.key;
        }
        let Some(node) = self.node else { return "" };
        let name = node.get("name").and_then(NodeRef::as_str);
        name.or_else(|| node.as_str()).unwrap_or_default()
    }

    pub(super) fn path(&self, context: &Context<'a>) -> FieldPath<'a> {
        match self.source {
            ItemSource::Field { each, trail } => field_path(context, each, &trail),
            ItemSource::Credential(hit) => {
                FieldPath::parse(&hit.hit.path).expect("detectors write paths as paths are written")
            }
            ItemSource::Handler(keys) => {
                let container = context.container.expect("handlers are asked of containers");
                keys.iter().fold(container.view.path(), |path, key| path.key(*key))
            }
        }
    }
}

/// Calls `visit` for every item, in the order of the document.
pub(super) fn for_each<'a>(
    context: &Context<'a>,
    views: &'a Views<'a>,
    each: &'a PathTemplate,
    visit: &mut dyn FnMut(Item<'a>),
) {
    match (each.root, each.steps.as_slice()) {
        (Root::Credentials, _) => credentials(context, views, visit),
        (Root::Container, [Step::Key(key), Step::Items]) if **key == *"handlers" => {
            handlers(context, visit);
        }
        _ => {
            let (node, rest) = context.node(each);
            let Some(node) = node else { return };
            let mut walk = Walk { each, trail: [0; MAX_WILDCARDS], key: "", index: 0, visit };
            walk.go(node, rest, 0);
        }
    }
}

fn credentials<'a>(context: &Context<'a>, views: &'a Views<'a>, visit: &mut dyn FnMut(Item<'a>)) {
    let tree = context.object.root().tree();
    for (index, hit) in views.credentials.iter().enumerate() {
        let source = ItemSource::Credential(hit);
        visit(Item { source, node: Some(tree.node(hit.hit.node)), key: "", index });
    }
}

fn handlers<'a>(context: &Context<'a>, visit: &mut dyn FnMut(Item<'a>)) {
    let Some(container) = context.container else { return };
    for (index, keys) in HANDLERS.iter().enumerate() {
        let (first, rest) = keys.split_first().expect("no handler is without a name");
        let node = container.view.get(first).and_then(|node| node.at(rest));
        if let Some(node) = node.filter(|node| node.is_map()) {
            visit(Item { source: ItemSource::Handler(keys), node: Some(node), key: first, index });
        }
    }
}

struct Walk<'a, 'v> {
    each: &'a PathTemplate,
    trail: [u32; MAX_WILDCARDS],
    key: &'a str,
    index: usize,
    visit: &'v mut dyn FnMut(Item<'a>),
}

impl<'a> Walk<'a, '_> {
    fn go(&mut self, node: NodeRef<'a>, rest: &'a [Step], n_wildcards: usize) {
        let Some((step, rest)) = rest.split_first() else {
            let source = ItemSource::Field { each: self.each, trail: self.trail };
            (self.visit)(Item { source, node: Some(node), key: self.key, index: self.index });
            return;
        };
        match step {
            Step::Key(key) => {
                if let Some(node) = node.get(key) {
                    self.go(node, rest, n_wildcards);
                }
            }
            Step::Index(index) => {
                if let Some(node) = node.item(*index as usize) {
                    self.go(node, rest, n_wildcards);
                }
            }
            Step::Items => {
                for (idx, item) in node.items().enumerate() {
                    self.enter(idx, "", n_wildcards);
                    self.go(item, rest, n_wildcards + 1);
                }
            }
            Step::Values => {
                for (idx, (key, value)) in node.entries().enumerate() {
                    self.enter(idx, key.as_str().unwrap_or_default(), n_wildcards);
                    self.go(value, rest, n_wildcards + 1);
                }
            }
        }
    }

    fn enter(&mut self, idx: usize, key: &'a str, n_wildcards: usize) {
        self.index = idx;
        self.key = key;
        if let Some(place) = self.trail.get_mut(n_wildcards) {
            *place = u32::try_from(idx).unwrap_or(u32::MAX);
        }
    }
}

fn field_path<'a>(
    context: &Context<'a>,
    each: &'a PathTemplate,
    trail: &[u32; MAX_WILDCARDS],
) -> FieldPath<'a> {
    let mut path = context.path(each);
    let (mut node, mut rest) = context.node(each);
    let mut trail = trail.iter();
    while let Some((step, after)) = rest.split_first() {
        node = match step {
            Step::Key(key) => {
                path.push_key(&**key);
                node.and_then(|node| node.get(key))
            }
            Step::Index(index) => {
                path.push_index(*index as usize);
                node.and_then(|node| node.item(*index as usize))
            }
            Step::Items => {
                let idx = trail.next().map_or(0, |idx| *idx as usize);
                path.push_index(idx);
                node.and_then(|node| node.item(idx))
            }
            Step::Values => {
                let idx = trail.next().map_or(0, |idx| *idx as usize);
                let entry = node.and_then(|node| node.entries().nth(idx));
                let key = entry.and_then(|(key, _)| key.as_str());
                path.push_key(key.unwrap_or_default());
                entry.map(|(_, value)| value)
            }
        };
        rest = after;
    }
    path
}
