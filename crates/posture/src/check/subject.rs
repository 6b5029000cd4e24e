//! What check files read: typed views of objects, pods and containers as CEL values. Nothing of the
//! document is copied.

mod container;
mod credential;
mod image;
mod object;
mod pod;
mod seccomp;
mod security;

use kordon_cel::{List, Map, MapBuilder, Value};
use kordon_model::{Kind, NodeRef, Setting};

pub(super) use container::ContainerSubject;
pub(super) use credential::CredentialSubject;
pub(super) use object::Kubernetes;
pub(crate) use object::owner_kind;
pub(super) use pod::PodSubject;
pub(super) use seccomp::{app_armor_path, seccomp_path};
pub(super) use security::capability;

/// Everything that the checks are asked about in one object.
pub(super) struct Views<'a> {
    pub(super) pods: Vec<PodSubject<'a>>,
    pub(super) credentials: Vec<CredentialSubject<'a>>,
    pub(super) kubernetes: Kubernetes,
}

fn list(node: Option<NodeRef<'_>>) -> Value<'_> {
    match node {
        Some(node) if matches!(node.kind(), Kind::List) => Value::List(List::Tree(node)),
        _ => Value::List(List::Borrowed(&[])),
    }
}

fn map(node: Option<NodeRef<'_>>) -> Value<'_> {
    match node {
        Some(node) if node.is_map() => Value::Map(Map::Tree(node)),
        _ => MapBuilder::new().finish(),
    }
}

/// The value, or `null`.
fn nullable(node: Option<NodeRef<'_>>) -> Value<'_> {
    node.map_or(Value::Null, Value::node)
}

fn text(value: Option<&str>) -> Value<'_> {
    value.map_or(Value::Null, Value::str)
}

fn setting(setting: Setting<'_>) -> Value<'_> {
    match (setting.node(), setting.as_bool(), setting.as_str()) {
        (Some(node), ..) => Value::node(node),
        (None, Some(value), _) => Value::Bool(value),
        (None, None, value) => text(value),
    }
}

/// `fields()` of a struct whose fields are always there.
macro_rules! all_fields {
    ($($name:literal),+ $(,)?) => {
        fn fields(&self) -> Vec<(&str, kordon_cel::Value<'_>)> {
            let names = [$($name),+];
            names.into_iter().filter_map(|name| Some((name, self.field(name)?))).collect()
        }
    };
}
use all_fields;
