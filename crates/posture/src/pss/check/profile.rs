//! Profiles of AppArmor, seccomp and `SELinux`.

use kordon_model::{NodeRef, PodView};

use super::{containers, present, security_fields, text};
use crate::pss::{BadField, Site};

const APP_ARMOR_ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";
const SECCOMP_ANNOTATION: &str = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_ANNOTATION_OF_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";

fn is_good_profile(profile: NodeRef<'_>) -> bool {
    let name = present(profile, "type").and_then(NodeRef::as_str);
    matches!(name, Some("RuntimeDefault" | "Localhost"))
}

pub(crate) fn app_armor<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    const FIELD: &str = "appArmorProfile.type";
    let own = pod.security("appArmorProfile");
    if let Some(profile) = own.filter(|profile| !is_good_profile(*profile)) {
        bad.push(BadField::new(Site::PodSecurity, FIELD, present(profile, "type")));
    }
    for (_, site, container) in containers(pod) {
        match container.security("appArmorProfile") {
            Some(profile) if !is_good_profile(profile) => {
                bad.push(BadField::new(site, FIELD, present(profile, "type")));
            }
            None if is_unconfined_by_annotation(pod, container.name()) => {
                bad.push(BadField::new(site, FIELD, None));
            }
            _ => {}
        }
    }
    for (key, value) in annotation_nodes(pod) {
        let Some(name) = key.as_str().filter(|key| key.starts_with(APP_ARMOR_ANNOTATION)) else {
            continue;
        };
        let profile = value.as_str().unwrap_or_default();
        let is_good =
            matches!(profile, "" | "runtime/default") || profile.starts_with("localhost/");
        if !is_good {
            bad.push(BadField::new(Site::Annotation, name, Some(value)));
        }
    }
}

/// The API server makes a container's profile of a Pod's annotation, unless the whole pod has that
/// profile. The others that an annotation may name are good ones.
fn is_unconfined_by_annotation(pod: &PodView<'_>, container: &str) -> bool {
    let is_written = annotation_nodes(pod).any(|(key, value)| {
        let name = key.as_str().and_then(|key| key.strip_prefix(APP_ARMOR_ANNOTATION));
        name == Some(container) && value.as_str() == Some("unconfined")
    });
    let of_pod = || pod.security("appArmorProfile").and_then(|profile| present(profile, "type"));
    is_written
        && pod.object().is("", "Pod")
        && !pod.is_windows()
        && of_pod().and_then(NodeRef::as_str) != Some("Unconfined")
}

fn annotation_nodes<'t>(pod: &PodView<'t>) -> impl Iterator<Item = (NodeRef<'t>, NodeRef<'t>)> {
    let annotations = pod.metadata().and_then(|metadata| metadata.node.get("annotations"));
    annotations.into_iter().flat_map(NodeRef::entries)
}

/// Before v1.19, when seccomp profiles were annotations.
pub(crate) fn seccomp_annotations<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    for (key, value) in annotation_nodes(pod) {
        let Some(name) = key.as_str() else { continue };
        let is_ours = name == SECCOMP_ANNOTATION
            || name.strip_prefix(SECCOMP_ANNOTATION_OF_CONTAINER).is_some_and(|container| {
                pod.containers().any(|candidate| candidate.name() == container)
            });
        let profile = value.as_str().unwrap_or_default();
        let is_good = matches!(profile, "runtime/default" | "docker/default")
            || profile.starts_with("localhost/");
        if is_ours && !is_good {
            bad.push(BadField::new(Site::Annotation, name, Some(value)));
        }
    }
}

const SECCOMP_TYPE: &str = "seccompProfile.type";

pub(crate) fn seccomp_baseline<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    for (site, profile) in security_fields(pod, "seccompProfile") {
        if !is_good_profile(profile) {
            bad.push(BadField::new(site, SECCOMP_TYPE, present(profile, "type")));
        }
    }
}

/// Bad profiles; where there are none, the containers without one.
pub(crate) fn seccomp_restricted<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    seccomp_baseline(pod, bad);
    if !bad.is_empty() || pod.security("seccompProfile").is_some() {
        return;
    }
    for (_, site, container) in containers(pod) {
        if container.security("seccompProfile").is_none() {
            bad.push(BadField::new(site, SECCOMP_TYPE, None));
        }
    }
}

const CONTAINER_TYPES: [&str; 4] = ["", "container_t", "container_init_t", "container_kvm_t"];

pub(crate) fn se_linux<'t, const SINCE: u32>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    for (site, options) in security_fields(pod, "seLinuxOptions") {
        let kind = present(options, "type");
        let name = kind.map_or(Some(""), NodeRef::as_str);
        let is_allowed = |name: &str| {
            CONTAINER_TYPES.contains(&name) || (SINCE >= 31 && name == "container_engine_t")
        };
        if !name.is_some_and(is_allowed) {
            bad.push(BadField::new(site, "seLinuxOptions.type", kind));
        }
        for (key, field) in [("user", "seLinuxOptions.user"), ("role", "seLinuxOptions.role")] {
            let node = text(options, key);
            bad.extend(node.map(|node| BadField::new(site, field, Some(node))));
        }
    }
}
