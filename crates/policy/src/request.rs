//! The request that is judged: what the API server would be asked.

use kordon_model::{
    NodeRef,
    resources::{ResourceRef, Scope},
};

/// What identifies a request, without the object that it carries.
#[derive(Clone, Copy, Debug)]
pub struct Attributes<'a> {
    /// `CREATE`, `UPDATE`, `DELETE` or `CONNECT`.
    pub operation: &'a str,
    /// Group, version, kind and plural that the request names.
    pub resource: ResourceRef<'a>,
    /// Empty for the resource itself.
    pub subresource: &'a str,
    /// Empty where the API server is to make one.
    pub name: &'a str,
    /// Empty for cluster-scoped objects; the own name for Namespaces.
    pub namespace: &'a str,
}

impl Attributes<'_> {
    pub(crate) fn operation_bit(&self) -> u8 {
        match self.operation {
            "CREATE" => 1,
            "UPDATE" => 2,
            "DELETE" => 4,
            "CONNECT" => 8,
            _ => 0,
        }
    }
}

/// Who asks, as far as that is known.
#[derive(Clone, Copy, Debug)]
pub enum User<'a> {
    /// Nobody can say: a file has no sender. Expressions that read it have no verdict.
    Unknown,
    /// A map with `username`, `uid`, `groups`, `extra`.
    Known(NodeRef<'a>),
}

/// One request with its objects.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub attributes: Attributes<'a>,
    pub user: User<'a>,
    pub dry_run: Option<bool>,
    /// `CreateOptions` and the like.
    pub options: Option<NodeRef<'a>>,
    /// Absent for DELETE.
    pub object: Option<NodeRef<'a>>,
    /// Absent for CREATE.
    pub old_object: Option<NodeRef<'a>>,
    /// The Namespace that the object is in; where absent, one with the name only is judged by.
    pub namespace_object: Option<NodeRef<'a>>,
}

impl<'a> Request<'a> {
    /// What the API server is asked when the object of a file is created. `resource` is what the
    /// object's apiVersion and kind name.
    #[must_use]
    pub fn create(object: NodeRef<'a>, resource: ResourceRef<'a>) -> Self {
        let text = |key| object.at(&["metadata", key]).and_then(NodeRef::as_str).unwrap_or("");
        let name = text("name");
        let is_namespace = resource.group.is_empty() && resource.kind == "Namespace";
        let namespace = match (resource.scope, text("namespace")) {
            _ if is_namespace => name,
            (Scope::Cluster, _) => "",
            (Scope::Namespaced, "") => "default",
            (Scope::Namespaced, written) => written,
        };
        Self {
            attributes: Attributes {
                operation: "CREATE",
                resource,
                subresource: "",
                name,
                namespace,
            },
            user: User::Unknown,
            dry_run: None,
            options: None,
            object: Some(object),
            old_object: None,
            namespace_object: None,
        }
    }
}
