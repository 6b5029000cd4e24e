//! What a pod shares with its node.

use kordon_model::{Kind, NodeRef, PodView};

use super::{containers, is_true, is_zero, present, text};
use crate::pss::{BadField, Site};

pub(crate) fn host_namespaces<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    for key in ["hostNetwork", "hostPID", "hostIPC"] {
        if let Some(node) = pod.get(key).filter(|node| is_true(*node)) {
            bad.push(BadField::new(Site::Pod, key, Some(node)));
        }
    }
}

/// In a Pod on the node's network every port is a port of the node: the API server fills it in.
/// It does not in the templates of workloads, and warns there of written ports only.
pub(crate) fn host_ports<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    let fills_in = pod.object().is("", "Pod") && pod.setting("hostNetwork").as_bool() == Some(true);
    for (site, _, container) in containers(pod) {
        let is_filled = fills_in && container.kind() != kordon_model::ContainerKind::Ephemeral;
        for (idx, port) in container.item_nodes("ports").enumerate() {
            if let Some(node) = number(port, "hostPort") {
                bad.push(BadField::at(site, "ports[].hostPort", idx, Some(node)));
            } else if let Some(node) = number(port, "containerPort").filter(|_| is_filled) {
                bad.push(BadField::at(site, "ports[].containerPort", idx, Some(node)));
            }
        }
    }
}

fn number<'t>(port: NodeRef<'t>, key: &str) -> Option<NodeRef<'t>> {
    let is_number = |node: NodeRef<'_>| matches!(node.kind(), Kind::Int(_) | Kind::Float(_));
    present(port, key).filter(|node| is_number(*node) && !is_zero(*node))
}

/// Handlers with the fields that may name a host.
const HANDLERS: [[&str; 3]; 5] = [
    ["livenessProbe", "livenessProbe.httpGet.host", "livenessProbe.tcpSocket.host"],
    ["readinessProbe", "readinessProbe.httpGet.host", "readinessProbe.tcpSocket.host"],
    ["startupProbe", "startupProbe.httpGet.host", "startupProbe.tcpSocket.host"],
    ["postStart", "lifecycle.postStart.httpGet.host", "lifecycle.postStart.tcpSocket.host"],
    ["preStop", "lifecycle.preStop.httpGet.host", "lifecycle.preStop.tcpSocket.host"],
];

pub(crate) fn host_probes<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    for (site, _, container) in containers(pod) {
        let lifecycle = container.get("lifecycle");
        for [key, http, tcp] in HANDLERS {
            let handler = match http.starts_with("lifecycle") {
                true => lifecycle.and_then(|lifecycle| present(lifecycle, key)),
                false => container.get(key),
            };
            let Some(handler) = handler else { continue };
            for (action, field) in [("httpGet", http), ("tcpSocket", tcp)] {
                let host = present(handler, action).and_then(|action| text(action, "host"));
                bad.extend(host.map(|host| BadField::new(site, field, Some(host))));
            }
        }
    }
}

/// The safe set by the version since which each belongs to it.
const SAFE_SYSCTLS: [(u32, &[&str]); 5] = [
    (
        0,
        &[
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.ping_group_range",
            "net.ipv4.tcp_syncookies",
        ],
    ),
    (27, &["net.ipv4.ip_local_reserved_ports"]),
    (
        29,
        &[
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_keepalive_time",
        ],
    ),
    (32, &["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"]),
    (37, &["net.ipv4.tcp_notsent_lowat", "net.ipv4.tcp_slow_start_after_idle"]),
];

pub(crate) fn sysctls<'t, const SINCE: u32>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    let Some(sysctls) = pod.security("sysctls") else { return };
    for (idx, sysctl) in sysctls.items().enumerate() {
        let name = present(sysctl, "name");
        let text = name.and_then(NodeRef::as_str).unwrap_or_default();
        let sets = SAFE_SYSCTLS.iter().take_while(|(since, _)| *since <= SINCE);
        if !sets.into_iter().any(|(_, names)| names.contains(&text)) {
            bad.push(BadField::at(Site::PodSecurity, "sysctls[].name", idx, name));
        }
    }
}
