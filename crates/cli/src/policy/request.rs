//! `--request FILE`: what a file of manifests cannot tell: the operation, who asks, and what the
//! authorizer would say.

use std::{path::Path, sync::Arc};

use anyhow::{Context as _, bail};
use kordon_cel::library::kubernetes::authorizer::{Authorizer, Decision, Question, Target};
use kordon_manifest::{Limits, Selection, discover};
use kordon_model::{
    NodeRef, Tree,
    resources::{ResourceRef, Scope},
};
use kordon_policy::{Request, User};

/// An AdmissionReview, an AdmissionRequest, or the parts of one that matter. Beside the fields of
/// `admission.k8s.io/v1` it may have `namespaceObject`, and `authorizer`: what is allowed, as
/// rules with `verbs`, `apiGroups`, `resources`, `resourceNames`, `namespaces` or
/// `nonResourceURLs`, and `serviceAccount: namespace/name` where they are not for the user.
pub(super) struct RequestFile {
    tree: Tree,
    authorizer: Option<Arc<Rules>>,
}

impl RequestFile {
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let found = discover(&[path.to_owned()], &Selection::default())?;
        let input = found.inputs.first().context("no request in the file")?;
        let manifest = input.open(Limits::default());
        let [part] = manifest.parts() else {
            bail!("{}: {} documents, not one request", path.display(), manifest.parts().len());
        };
        let tree = match manifest.read(part) {
            Ok(document) => document.tree,
            Err(problem) => bail!("{problem}"),
        };
        let mut file = Self { tree, authorizer: None };
        if let Some(rules) = file.field("authorizer") {
            file.authorizer = Some(Arc::new(Rules::read(rules)));
        }
        Ok(file)
    }

    fn root(&self) -> NodeRef<'_> {
        let root = self.tree.root();
        root.get("request").filter(|node| node.is_map()).unwrap_or(root)
    }

    /// A field that is there and not null.
    fn field(&self, key: &str) -> Option<NodeRef<'_>> {
        let beside = || self.tree.root().get(key);
        self.root().get(key).or_else(beside).filter(|node| !node.is_null())
    }

    /// The object that the request is about; the old one of a DELETE.
    pub(super) fn object(&self) -> Option<NodeRef<'_>> {
        self.field("object").or_else(|| self.field("oldObject"))
    }

    pub(super) fn authorizer(&self) -> Option<Arc<dyn Authorizer>> {
        Some(Arc::clone(self.authorizer.as_ref()?) as Arc<dyn Authorizer>)
    }

    /// Puts what the file says in the place of what the creation of the object would say.
    pub(super) fn amend<'a>(&'a self, request: &mut Request<'a>) {
        let text = |key| self.field(key).and_then(NodeRef::as_str);
        let attributes = &mut request.attributes;
        attributes.operation = text("operation").unwrap_or(attributes.operation);
        attributes.subresource = text("subResource").unwrap_or(attributes.subresource);
        attributes.name = text("name").unwrap_or(attributes.name);
        attributes.namespace = text("namespace").unwrap_or(attributes.namespace);
        if let Some(resource) = self.resource() {
            attributes.resource = resource;
        }
        if let Some(user) = self.field("userInfo") {
            request.user = User::Known(user);
        }
        request.dry_run = self.field("dryRun").and_then(NodeRef::as_bool).or(request.dry_run);
        request.options = self.field("options").or(request.options);
        request.old_object = self.field("oldObject").or(request.old_object);
        request.namespace_object = self.field("namespaceObject").or(request.namespace_object);
        if attributes.operation == "DELETE" {
            request.old_object = request.old_object.or(request.object);
            request.object = None;
        }
    }

    fn resource(&self) -> Option<ResourceRef<'_>> {
        let part = |of: &str, key: &str| self.field(of)?.get(key).and_then(NodeRef::as_str);
        Some(ResourceRef {
            group: part("kind", "group").unwrap_or_default(),
            version: part("kind", "version")?,
            kind: part("kind", "kind")?,
            plural: part("resource", "resource")?,
            scope: match self.field("namespace") {
                Some(_) => Scope::Namespaced,
                None => Scope::Cluster,
            },
        })
    }
}

/// An authorizer that allows what its rules allow.
#[derive(Debug)]
struct Rules(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    verbs: Vec<String>,
    api_groups: Vec<String>,
    resources: Vec<String>,
    resource_names: Vec<String>,
    namespaces: Vec<String>,
    paths: Vec<String>,
    service_account: Option<String>,
}

impl Rules {
    fn read(list: NodeRef<'_>) -> Self {
        let texts = |rule: NodeRef<'_>, key: &str| -> Vec<String> {
            let items = rule.get(key).into_iter().flat_map(NodeRef::items);
            items.filter_map(|item| item.as_str().map(str::to_owned)).collect()
        };
        let rule = |rule: NodeRef<'_>| Rule {
            verbs: texts(rule, "verbs"),
            api_groups: texts(rule, "apiGroups"),
            resources: texts(rule, "resources"),
            resource_names: texts(rule, "resourceNames"),
            namespaces: texts(rule, "namespaces"),
            paths: texts(rule, "nonResourceURLs"),
            service_account: rule
                .get("serviceAccount")
                .and_then(NodeRef::as_str)
                .map(str::to_owned),
        };
        Self(list.items().map(rule).collect())
    }
}

impl Authorizer for Rules {
    fn authorize(&self, question: &Question<'_>) -> Decision {
        let allowed = self.0.iter().any(|rule| rule.allows(question));
        Decision { allowed, ..Decision::default() }
    }
}

impl Rule {
    fn allows(&self, question: &Question<'_>) -> bool {
        let asked = question.service_account.map(|(space, name)| format!("{space}/{name}"));
        if asked != self.service_account || !names(&self.verbs, question.verb) {
            return false;
        }
        match &question.target {
            Target::Path(path) => self.paths.iter().any(|rule| match rule.strip_suffix('*') {
                Some(start) => path.starts_with(start),
                None => rule == path,
            }),
            Target::Resource(target) => {
                let resource = match target.subresource {
                    "" => target.resource.to_owned(),
                    sub => format!("{}/{sub}", target.resource),
                };
                names(&self.api_groups, target.group)
                    && names(&self.resources, &resource)
                    && (self.resource_names.is_empty() || names(&self.resource_names, target.name))
                    && (self.namespaces.is_empty() || names(&self.namespaces, target.namespace))
            }
        }
    }
}

fn names(list: &[String], wanted: &str) -> bool {
    list.iter().any(|word| word == "*" || word == wanted)
}
