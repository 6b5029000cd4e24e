//! Seccomp and AppArmor profiles: fields, and the annotations that came before them.

use kordon_model::{ContainerView, FieldPath, NodeRef};

const SECCOMP_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";
const SECCOMP_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";

/// The type of the profile that holds: `RuntimeDefault`, `Localhost`, `Unconfined`, another word as
/// written, or nothing.
pub(super) fn seccomp<'a>(container: ContainerView<'a, 'a>) -> Option<&'a str> {
    if let Some(profile) = container.security_setting("seccompProfile").node() {
        return profile.get("type").and_then(NodeRef::as_str);
    }
    let (_, value) = seccomp_annotation(container)?;
    Some(match value {
        "runtime/default" | "docker/default" => "RuntimeDefault",
        "unconfined" => "Unconfined",
        _ if value.starts_with("localhost/") => "Localhost",
        _ => value,
    })
}

/// Where the seccomp profile stands or should stand.
pub(in crate::check) fn seccomp_path<'a>(container: ContainerView<'a, 'a>) -> FieldPath<'a> {
    let is_written = container.security_setting("seccompProfile").is_written();
    match seccomp_annotation(container) {
        Some((key, _)) if !is_written => annotation_path(container, key),
        _ => container.security_setting_path("seccompProfile").key("type"),
    }
}

pub(super) fn app_armor<'a>(container: ContainerView<'a, 'a>) -> Option<&'a str> {
    if let Some(profile) = container.security_setting("appArmorProfile").node() {
        return profile.get("type").and_then(NodeRef::as_str);
    }
    let (_, value) = app_armor_annotation(container)?;
    Some(match value {
        "runtime/default" => "RuntimeDefault",
        "unconfined" => "Unconfined",
        _ if value.starts_with("localhost/") => "Localhost",
        _ => value,
    })
}

pub(in crate::check) fn app_armor_path<'a>(container: ContainerView<'a, 'a>) -> FieldPath<'a> {
    let is_written = container.security_setting("appArmorProfile").is_written();
    match app_armor_annotation(container) {
        Some((key, _)) if !is_written => annotation_path(container, key),
        _ => container.security_setting_path("appArmorProfile").key("type"),
    }
}

fn seccomp_annotation<'a>(container: ContainerView<'a, 'a>) -> Option<(&'a str, &'a str)> {
    let mut pod = None;
    for (key, value) in container.pod().annotations() {
        if key.strip_prefix(SECCOMP_CONTAINER) == Some(container.name()) {
            return Some((key, value));
        }
        if key == SECCOMP_POD {
            pod = Some((key, value));
        }
    }
    pod
}

fn app_armor_annotation<'a>(container: ContainerView<'a, 'a>) -> Option<(&'a str, &'a str)> {
    let mut annotations = container.pod().annotations();
    annotations.find(|(key, _)| key.strip_prefix(APP_ARMOR) == Some(container.name()))
}

fn annotation_path<'a>(container: ContainerView<'a, 'a>, key: &'a str) -> FieldPath<'a> {
    let metadata = container.pod().metadata();
    let path = metadata.map_or_else(FieldPath::root, |metadata| metadata.path.clone());
    path.key("annotations").key(key)
}
