//! One function a control: it puts the pod's bad fields into the list, or nothing.

mod host;
mod privilege;
mod profile;
mod user;
mod volume;

pub(super) use host::{host_namespaces, host_ports, host_probes, sysctls};
pub(super) use privilege::{
    allow_privilege_escalation, capabilities_baseline, capabilities_restricted, privileged,
    proc_mount, windows_host_process,
};
pub(super) use profile::{
    app_armor, se_linux, seccomp_annotations, seccomp_baseline, seccomp_restricted,
};
pub(super) use user::{run_as_non_root, run_as_user};
pub(super) use volume::{host_path_volumes, restricted_volumes, volume_type};

use kordon_model::{ContainerView, Kind, NodeRef, PodView};

use super::{BadField, Site};

pub(super) type Check = for<'t> fn(&PodView<'t>, &mut Vec<BadField<'t>>);

/// Containers with the sites of their fields and of their security contexts' fields.
fn containers<'p, 't>(
    pod: &'p PodView<'t>,
) -> impl Iterator<Item = (Site, Site, ContainerView<'p, 't>)> {
    (0..)
        .zip(pod.containers())
        .map(|(idx, container)| (Site::Container(idx), Site::ContainerSecurity(idx), container))
}

/// The security contexts of the pod and of its containers that have the field.
fn security_fields<'t>(
    pod: &PodView<'t>,
    key: &'static str,
) -> impl Iterator<Item = (Site, NodeRef<'t>)> {
    let of_pod = pod.security(key).map(|node| (Site::PodSecurity, node));
    of_pod.into_iter().chain(container_fields(pod, key))
}

fn container_fields<'t>(
    pod: &PodView<'t>,
    key: &'static str,
) -> impl Iterator<Item = (Site, NodeRef<'t>)> {
    containers(pod).filter_map(move |(_, site, container)| Some((site, container.security(key)?)))
}

fn is_true(node: NodeRef<'_>) -> bool {
    node.as_bool() == Some(true)
}

fn is_zero(node: NodeRef<'_>) -> bool {
    matches!(node.kind(), Kind::Int(0)) || matches!(node.kind(), Kind::Float(value) if value == 0.0)
}

/// The value of a key, `null` being absent.
fn present<'t>(node: NodeRef<'t>, key: &str) -> Option<NodeRef<'t>> {
    node.get(key).filter(|node| !node.is_null())
}

/// Text that is there and not empty.
fn text<'t>(node: NodeRef<'t>, key: &str) -> Option<NodeRef<'t>> {
    present(node, key).filter(|node| node.as_str().is_some_and(|text| !text.is_empty()))
}
