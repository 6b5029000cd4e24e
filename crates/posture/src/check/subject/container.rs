//! A container as check files read it.

use kordon_cel::{Fields, Map, Value};
use kordon_model::{ContainerView, NodeRef};

use super::{all_fields, image::ImageSubject, list, map, nullable, security::ContainerSecurity};

#[derive(Debug)]
pub(in crate::check) struct ContainerSubject<'a> {
    pub(in crate::check) view: ContainerView<'a, 'a>,
    image: ImageSubject<'a>,
    security: ContainerSecurity<'a>,
}

impl<'a> ContainerSubject<'a> {
    pub(super) fn new(view: ContainerView<'a, 'a>) -> Self {
        let image = ImageSubject::new(view.image().unwrap_or_default());
        Self { view, image, security: ContainerSecurity::new(view) }
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
