//! A container as check files read it.

use std::sync::OnceLock;

use kordon_cel::{Fields, Map, Value};
use kordon_model::{ContainerView, FieldPath, NodeRef};

use super::{all_fields, image::ImageSubject, list, map, nullable, security::ContainerSecurity};

#[derive(Debug)]
pub(in crate::check) struct ContainerSubject<'a> {
    pub(in crate::check) view: ContainerView<'a, 'a>,
    /// Made when the first finding asks.
    path: OnceLock<(FieldPath<'a>, Box<str>)>,
    image: ImageSubject<'a>,
    security: ContainerSecurity<'a>,
}

impl<'a> ContainerSubject<'a> {
    pub(super) fn new(view: ContainerView<'a, 'a>) -> Self {
        let image = ImageSubject::new(view.image().unwrap_or_default());
        Self { view, path: OnceLock::new(), image, security: ContainerSecurity::new(view) }
    }

    /// Where the container stands, and the same as text.
    pub(in crate::check) fn path(&self) -> &(FieldPath<'a>, Box<str>) {
        self.path.get_or_init(|| {
            let path = self.view.path();
            let text = path.to_string().into();
            (path, text)
        })
    }

    fn resources(&self, key: &str) -> Option<NodeRef<'a>> {
        self.view.get("resources")?.get(key)
    }
}

impl Fields for ContainerSubject<'_> {
    fn field(&self, name: &str) -> Option<Value<'_>> {
        Some(match name {
            "name" => Value::str(self.view.name()),
            "type" => Value::str(self.view.kind().as_str()),
            "spec" => Value::node(self.view.node()),
            "command" | "args" | "env" | "envFrom" | "ports" | "volumeMounts" | "volumeDevices" => {
                list(self.view.get(name))
            }
            "limits" | "requests" => map(self.resources(name)),
            "image" => Value::Map(Map::Fields(&self.image)),
            "pullPolicy" => Value::str(self.view.image_pull_policy()),
            "stdin" | "tty" => nullable(self.view.get(name)),
            "security" => Value::Map(Map::Fields(&self.security)),
            _ => return None,
        })
    }

    all_fields!(
        "name",
        "type",
        "spec",
        "command",
        "args",
        "env",
        "envFrom",
        "ports",
        "volumeMounts",
        "volumeDevices",
        "limits",
        "requests",
        "image",
        "pullPolicy",
        "stdin",
        "tty",
        "security",
    );
}
