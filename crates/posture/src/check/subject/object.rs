//! What is read of the object around pods, and of the cluster that is judged for.

use kordon_cel::{Fields, Value};
use kordon_model::{NodeRef, Object};

use super::all_fields;

#[derive(Clone, Copy, Debug)]
pub(in crate::check) struct Kubernetes {
    pub(in crate::check) minor: u16,
}

impl Fields for Kubernetes {
    fn field(&self, name: &str) -> Option<Value<'_>> {
        (name == "minor").then(|| Value::Int(i64::from(self.minor)))
    }

    all_fields!("minor");
}

/// The kind of the object that controls this one.
pub(crate) fn owner_kind(object: Object<'_>) -> Option<&str> {
    let owners = object.metadata()?.get("ownerReferences")?;
    let is_controller =
        |owner: &NodeRef<'_>| owner.get("controller").and_then(NodeRef::as_bool) == Some(true);
    owners.items().find(is_controller)?.get("kind")?.as_str()
}
