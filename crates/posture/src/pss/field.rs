//! A field that a pod must not have so, or must have.

use kordon_model::{FieldPath, NodeRef, PodView};

/// Which part of a pod a field belongs to. Containers are numbered as [`PodView::containers`]
/// gives them, volumes as [`PodView::volumes`] does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Site {
    Pod,
    PodSecurity,
    Container(u32),
    ContainerSecurity(u32),
    Volume(u32),
    /// An annotation of the pod; the field is its key.
    Annotation,
}

impl Site {
    #[must_use]
    pub fn container(self) -> Option<usize> {
        match self {
            Self::Container(idx) | Self::ContainerSecurity(idx) => Some(idx as usize),
            _ => None,
        }
    }

    pub(super) fn is_of_pod(self) -> bool {
        matches!(self, Self::Pod | Self::PodSecurity)
    }
}

#[derive(Clone, Copy, Debug)]
pub struct BadField<'t> {
    pub site: Site,
    /// From the site, with `[]` where `idx` belongs: `ports[].hostPort`.
    pub field: &'t str,
    pub idx: u32,
    /// What stands there; nothing where the field is missing and must not be, or where an absent
    /// part of a written field has the empty text as its value.
    pub value: Option<NodeRef<'t>>,
}

impl<'t> BadField<'t> {
    pub(super) fn new(site: Site, field: &'t str, value: Option<NodeRef<'t>>) -> Self {
        Self { site, field, idx: 0, value }
    }

    pub(super) fn at(site: Site, field: &'t str, idx: usize, value: Option<NodeRef<'t>>) -> Self {
        Self { site, field, idx: u32::try_from(idx).unwrap_or(u32::MAX), value }
    }

    /// The value's text; empty where there is none.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.value.and_then(NodeRef::as_str).unwrap_or_default()
    }

    /// From the object's root: `spec.template.spec.containers[0].ports[1].hostPort`.
    #[must_use]
    pub fn path(&self, pod: &PodView<'t>) -> FieldPath<'t> {
        let container = |idx: u32| {
            let container = pod.container(idx as usize);
            container.map_or_else(|| pod.spec_path().clone(), |container| container.path())
        };
        match self.site {
            Site::Pod => pod.path_of(self.field),
            Site::PodSecurity => self.under(pod.security_path("")),
            Site::Container(idx) => self.under(container(idx)),
            Site::ContainerSecurity(idx) => self.under(container(idx).key("securityContext")),
            Site::Volume(idx) => {
                let volume = pod.volumes().nth(idx as usize);
                self.under(volume.map_or_else(|| pod.spec_path().clone(), |volume| volume.path))
            }
            Site::Annotation => pod.annotation_path(self.field),
        }
    }

    fn under(&self, mut path: FieldPath<'t>) -> FieldPath<'t> {
        for key in self.field.split('.').filter(|key| !key.is_empty()) {
            match key.strip_suffix("[]") {
                Some(key) => path = path.key(key).index(self.idx as usize),
                None => path.push_key(key),
            }
        }
        path
    }
}
