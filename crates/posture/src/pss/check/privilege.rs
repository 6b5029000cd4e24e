//! What makes a container more than a container.

use kordon_model::{NodeRef, PodView};

use super::{container_fields, containers, is_true, present, security_fields};
use crate::pss::BadField;

pub(crate) fn privileged<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    let fields = container_fields(pod, "privileged").filter(|(_, node)| is_true(*node));
    bad.extend(fields.map(|(site, node)| BadField::new(site, "privileged", Some(node))));
}

pub(crate) fn allow_privilege_escalation<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    for (_, site, container) in containers(pod) {
        let value = container.security("allowPrivilegeEscalation");
        if value.and_then(NodeRef::as_bool) != Some(false) {
            bad.push(BadField::new(site, "allowPrivilegeEscalation", value));
        }
    }
}

/// What runtimes grant by default, less `NET_RAW`.
const DEFAULT_CAPABILITIES: [&str; 13] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

pub(crate) fn capabilities_baseline<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    added(pod, &DEFAULT_CAPABILITIES, bad);
}

pub(crate) fn capabilities_restricted<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    for (_, site, container) in containers(pod) {
        let drop = container.security("capabilities").and_then(|node| present(node, "drop"));
        let is_all = |item: NodeRef<'_>| item.as_str() == Some("ALL");
        if !drop.is_some_and(|drop| drop.items().any(is_all)) {
            bad.push(BadField::new(site, "capabilities.drop", drop));
        }
    }
    added(pod, &["NET_BIND_SERVICE"], bad);
}

fn added<'t>(pod: &PodView<'t>, allowed: &[&str], bad: &mut Vec<BadField<'t>>) {
    for (site, capabilities) in container_fields(pod, "capabilities") {
        let Some(add) = present(capabilities, "add") else { continue };
        for (idx, item) in add.items().enumerate() {
            if !item.as_str().is_some_and(|name| allowed.contains(&name)) {
                bad.push(BadField::at(site, "capabilities.add[]", idx, Some(item)));
            }
        }
    }
}

pub(crate) fn proc_mount<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    let is_default = |node: NodeRef<'_>| node.as_str() == Some("Default");
    let fields = container_fields(pod, "procMount").filter(|(_, node)| !is_default(*node));
    bad.extend(fields.map(|(site, node)| BadField::new(site, "procMount", Some(node))));
}

pub(crate) fn windows_host_process<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    for (site, options) in security_fields(pod, "windowsOptions") {
        if let Some(node) = present(options, "hostProcess").filter(|node| is_true(*node)) {
            bad.push(BadField::new(site, "windowsOptions.hostProcess", Some(node)));
        }
    }
}
