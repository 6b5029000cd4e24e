//! A request as CEL values: everything borrowed.

use kordon_cel::{Fields, Map, Str, Value};
use kordon_model::{NodeRef, resources::ResourceRef};

use crate::{Request, User};

/// What `request` is for a policy that matched the request as `matched`.
#[derive(Debug)]
pub(crate) struct RequestValue<'a> {
    request: Request<'a>,
    kind: KindValue<'a>,
    resource: ResourceValue<'a>,
    request_kind: KindValue<'a>,
    request_resource: ResourceValue<'a>,
}

#[derive(Debug)]
struct KindValue<'a>(ResourceRef<'a>);

#[derive(Debug)]
struct ResourceValue<'a>(ResourceRef<'a>);

/// The Namespace that is known by its name only.
#[derive(Debug)]
pub(crate) struct NamespaceValue<'a> {
    metadata: NameOnly<'a>,
}

#[derive(Debug)]
struct NameOnly<'a>(&'a str);

impl<'a> RequestValue<'a> {
    pub(crate) fn new(request: Request<'a>, matched: ResourceRef<'a>) -> Self {
        let own = request.attributes.resource;
        Self {
            request,
            kind: KindValue(matched),
            resource: ResourceValue(matched),
            request_kind: KindValue(own),
            request_resource: ResourceValue(own),
        }
    }

    /// Fields that are empty are absent, as in the API server's JSON of the request.
    fn optional(text: &str) -> Option<Value<'_>> {
        (!text.is_empty()).then(|| Value::str(text))
    }
}

impl Fields for RequestValue<'_> {
    fn field(&self, name: &str) -> Option<Value<'_>> {
        let attributes = &self.request.attributes;
        match name {
            "kind" => Some(Value::Map(Map::Fields(&self.kind))),
            "resource" => Some(Value::Map(Map::Fields(&self.resource))),
            "subResource" | "requestSubResource" => Self::optional(attributes.subresource),
            "requestKind" => Some(Value::Map(Map::Fields(&self.request_kind))),
            "requestResource" => Some(Value::Map(Map::Fields(&self.request_resource))),
            "name" => Self::optional(attributes.name),
            "namespace" => Self::optional(attributes.namespace),
            "operation" => Some(Value::str(attributes.operation)),
            "userInfo" => Some(match self.request.user {
                User::Unknown => Value::Unknown(Str::Borrowed("request.userInfo")),
                User::Known(node) => Value::node(node),
            }),
            "dryRun" => Some(Value::Bool(self.request.dry_run.unwrap_or(false))),
            "options" => Some(self.request.options.map_or(Value::Null, Value::node)),
            _ => None,
        }
    }

    fn fields(&self) -> Vec<(&str, Value<'_>)> {
        const ALL: [&str; 12] = [
            "kind",
            "resource",
            "subResource",
            "requestKind",
            "requestResource",
            "requestSubResource",
            "name",
            "namespace",
            "operation",
            "userInfo",
            "dryRun",
            "options",
        ];
        ALL.iter().filter_map(|name| Some((*name, self.field(name)?))).collect()
    }
}

impl Fields for KindValue<'_> {
    fn field(&self, name: &str) -> Option<Value<'_>> {
        match name {
            "group" => Some(Value::str(self.0.group)),
            "version" => Some(Value::str(self.0.version)),
            "kind" => Some(Value::str(self.0.kind)),
            _ => None,
        }
    }

    fn fields(&self) -> Vec<(&str, Value<'_>)> {
        let all = ["group", "version", "kind"];
        all.iter().filter_map(|name| Some((*name, self.field(name)?))).collect()
    }
}

impl Fields for ResourceValue<'_> {
    fn field(&self, name: &str) -> Option<Value<'_>> {
        match name {
            "group" => Some(Value::str(self.0.group)),
            "version" => Some(Value::str(self.0.version)),
            "resource" => Some(Value::str(self.0.plural)),
            _ => None,
        }
    }

    fn fields(&self) -> Vec<(&str, Value<'_>)> {
        let all = ["group", "version", "resource"];
        all.iter().filter_map(|name| Some((*name, self.field(name)?))).collect()
    }
}

impl<'a> NamespaceValue<'a> {
    pub(crate) fn named(name: &'a str) -> Self {
        Self { metadata: NameOnly(name) }
    }
}

impl Fields for NamespaceValue<'_> {
    fn field(&self, name: &str) -> Option<Value<'_>> {
        (name == "metadata").then_some(Value::Map(Map::Fields(&self.metadata)))
    }

    fn fields(&self) -> Vec<(&str, Value<'_>)> {
        vec![("metadata", Value::Map(Map::Fields(&self.metadata)))]
    }
}

impl Fields for NameOnly<'_> {
    fn field(&self, name: &str) -> Option<Value<'_>> {
        (name == "name").then_some(Value::str(self.0))
    }

    fn fields(&self) -> Vec<(&str, Value<'_>)> {
        vec![("name", Value::str(self.0))]
    }
}

/// The Pod that a controller makes of its template: what policies of the subject `Pod` see as
/// `object`.
#[derive(Debug)]
pub(crate) struct PodOfTemplate<'a> {
    pub(crate) template: NodeRef<'a>,
}

impl Fields for PodOfTemplate<'_> {
    fn field(&self, name: &str) -> Option<Value<'_>> {
        match name {
            "apiVersion" => Some(Value::str("v1")),
            "kind" => Some(Value::str("Pod")),
            "metadata" | "spec" => self.template.get(name).map(Value::node),
            _ => None,
        }
    }

    fn fields(&self) -> Vec<(&str, Value<'_>)> {
        let all = ["apiVersion", "kind", "metadata", "spec"];
        all.iter().filter_map(|name| Some((*name, self.field(name)?))).collect()
    }
}
