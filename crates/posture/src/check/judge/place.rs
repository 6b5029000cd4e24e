//! From the words of check files to fields of the document: `container.security.runAsUser` is the
//! pod's field where the container inherits it from there.

use kordon_model::{FieldPath, NodeRef, Object};

use super::item::Item;
use crate::check::{
    PathTemplate, Root, Step,
    subject::{ContainerSubject, PodSubject, app_armor_path, seccomp_path},
};

/// What a check is asked about at the moment.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) object: Object<'a>,
    pub(super) pod: Option<&'a PodSubject<'a>>,
    pub(super) container: Option<&'a ContainerSubject<'a>>,
    pub(super) item: Option<Item<'a>>,
}

/// What a path begins with, once the names of check files are seen through.
#[derive(Clone, Copy)]
enum Head<'a> {
    Object,
    PodSpec,
    PodField(&'a str),
    /// As written, whatever else may stand for it.
    PodSpecField(&'a str),
    PodSecurity(&'a str),
    PodMetadata(&'a str),
    Container,
    ContainerField(&'a str),
    ContainerSecurity(&'a str),
    WindowsOption(&'a str),
    Resources(&'a str),
    Capabilities(&'a str),
    Item,
    Nothing,
}

impl<'a> Context<'a> {
    /// The node that `template` names before its first `[]` or `{}`, and the steps from there.
    pub(super) fn node(&self, template: &'a PathTemplate) -> (Option<NodeRef<'a>>, &'a [Step]) {
        let (head, steps) = head(template);
        let mut node = self.head_node(head);
        let mut rest = steps;
        while let Some((step, after)) = rest.split_first() {
            node = match step {
                Step::Key(key) => node.and_then(|node| node.get(key)),
                Step::Index(index) => node.and_then(|node| node.item(*index as usize)),
                Step::Items | Step::Values => break,
            };
            rest = after;
        }
        (node, rest)
    }

    /// Where the field stands or would stand, up to the first `[]` or `{}`.
    pub(super) fn path(&self, template: &'a PathTemplate) -> FieldPath<'a> {
        let (head, steps) = head(template);
        let mut path = self.head_path(head);
        for step in steps {
            match step {
                Step::Key(key) => path.push_key(&**key),
                Step::Index(index) => path.push_index(*index as usize),
                Step::Items | Step::Values => break,
            }
        }
        path
    }

    /// Whether a field named from a container is one of the whole pod.
    pub(super) fn is_of_pod(&self, template: &'a PathTemplate, path: &FieldPath<'a>) -> bool {
        // Nothing else is inherited.
        let (Head::ContainerSecurity(_) | Head::WindowsOption(_), _) = head(template) else {
            return false;
        };
        let own = |container: &ContainerSubject<'_>| {
            path.segments().starts_with(container.path().0.segments())
        };
        self.container.is_some_and(|container| !own(container))
    }

    fn head_node(&self, head: Head<'a>) -> Option<NodeRef<'a>> {
        let pod = || self.pod.map(|pod| pod.view);
        let container = || self.container.map(|container| container.view);
        match head {
            Head::Object => Some(self.object.root()),
            Head::PodSpec => Some(pod()?.spec()),
            Head::PodField(key) | Head::PodSpecField(key) => pod()?.get(key),
            Head::PodSecurity(key) => pod()?.security(key),
            Head::PodMetadata(key) => pod()?.metadata()?.node.get(key),
            Head::Container => Some(container()?.node()),
            Head::ContainerField(key) => container()?.get(key),
            Head::ContainerSecurity(key) => container()?.security_setting(key).node(),
            Head::WindowsOption(key) => container()?.windows_setting(key).node(),
            Head::Resources(key) => container()?.get("resources")?.get(key),
            Head::Capabilities(key) => container()?.security("capabilities")?.get(key),
            Head::Item => self.item?.node,
            Head::Nothing => None,
        }
    }

    fn head_path(&self, head: Head<'a>) -> FieldPath<'a> {
        self.known_path(head).unwrap_or_default()
    }

    fn known_path(&self, head: Head<'a>) -> Option<FieldPath<'a>> {
        let pod = || self.pod.map(|pod| pod.view);
        let container = || self.container.map(|container| container.view);
        Some(match head {
            Head::Object => FieldPath::root(),
            Head::PodSpec => pod()?.spec_path().clone(),
            Head::PodField("serviceAccountName") if pod()?.get("serviceAccountName").is_none() => {
                let old = pod()?.get("serviceAccount").is_some();
                pod()?.path_of(if old { "serviceAccount" } else { "serviceAccountName" })
            }
            Head::PodField(key) | Head::PodSpecField(key) => pod()?.path_of(key),
            Head::PodSecurity(key) => pod()?.security_path(key),
            Head::PodMetadata(key) => {
                let metadata = pod()?.metadata();
                let path = metadata.map_or_else(FieldPath::root, |own| own.path.clone());
                path.key(key)
            }
            Head::Container => self.container?.path().0.clone(),
            Head::ContainerField(key) => self.container?.path().0.clone().key(key),
            Head::ContainerSecurity("seccompProfile") => seccomp_path(container()?),
            Head::ContainerSecurity("appArmorProfile") => app_armor_path(container()?),
            Head::ContainerSecurity(key) => container()?.security_setting_path(key),
            Head::WindowsOption(key) => {
                let view = container()?;
                let own = view.security("windowsOptions").and_then(|node| node.get(key));
                let inherits = own.is_none() && view.windows_setting(key).is_written();
                let base = match inherits {
                    true => pod()?.security_path("windowsOptions"),
                    false => view.security_path("windowsOptions"),
                };
                base.key(key)
            }
            Head::Resources(key) => container()?.path_of("resources").key(key),
            Head::Capabilities(key) => container()?.security_path("capabilities").key(key),
            Head::Item => self.item?.path(self),
            Head::Nothing => FieldPath::root(),
        })
    }
}

/// Splits off the part whose place is not what its name says.
fn head(template: &PathTemplate) -> (Head<'_>, &[Step]) {
    let steps = template.steps.as_slice();
    let key = |at: usize| match steps.get(at) {
        Some(Step::Key(key)) => Some(&**key),
        _ => None,
    };
    let (head, n_steps) = match (template.root, key(0), key(1)) {
        (Root::Object, ..) => (Head::Object, 0),
        (Root::Item, ..) => (Head::Item, 0),
        (Root::Credentials, ..) => (Head::Nothing, steps.len()),
        (Root::Pod, None, _) => (Head::PodSpec, 0),
        (Root::Pod, Some("spec"), Some(key)) => (Head::PodSpecField(key), 2),
        (Root::Pod, Some("spec"), None) => (Head::PodSpec, 1),
        (Root::Pod, Some("security"), key) => {
            (Head::PodSecurity(key.unwrap_or("")), steps.len().min(2))
        }
        (Root::Pod, Some(key @ ("labels" | "annotations")), _) => (Head::PodMetadata(key), 1),
        (Root::Pod, Some(key), _) => (Head::PodField(key), 1),
        (Root::Container, None, _) => (Head::Container, 0),
        (Root::Container, Some("spec"), Some(key)) => (Head::ContainerField(key), 2),
        (Root::Container, Some("spec"), None) => (Head::Container, 1),
        (Root::Container, Some("image"), _) => (Head::ContainerField("image"), steps.len()),
        (Root::Container, Some("pullPolicy"), _) => (Head::ContainerField("imagePullPolicy"), 1),
        (Root::Container, Some(key @ ("limits" | "requests")), _) => (Head::Resources(key), 1),
        (Root::Container, Some("security"), key) => container_security(key, steps),
        (Root::Container, Some(key), _) => (Head::ContainerField(key), 1),
    };
    (head, &steps[n_steps..])
}

fn container_security<'a>(key: Option<&'a str>, steps: &'a [Step]) -> (Head<'a>, usize) {
    match (key, steps.get(2)) {
        (None, _) => (Head::ContainerField("securityContext"), 1),
        (Some("added"), _) => (Head::Capabilities("add"), 2),
        (Some("dropped"), _) => (Head::Capabilities("drop"), 2),
        (Some("windowsOptions"), Some(Step::Key(key))) => (Head::WindowsOption(key), 3),
        (Some(key), _) => (Head::ContainerSecurity(key), 2),
    }
}
