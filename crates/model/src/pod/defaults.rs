//! What holds where a pod says nothing: the API server's defaults, and the kubelet's for what the
//! API server leaves open.

use super::{Origin, PodView, Setting, present, setting::Preset};
use crate::{ImageRef, NodeRef};

/// Fields of the security context that containers take from the pod.
const INHERITED: [&str; 7] = [
    "appArmorProfile",
    "runAsGroup",
    "runAsNonRoot",
    "runAsUser",
    "seLinuxOptions",
    "seccompProfile",
    "windowsOptions",
];

pub(super) fn is_inherited(key: &str) -> bool {
    INHERITED.contains(&key)
}

pub(super) fn container_security(key: &str) -> Preset {
    match key {
        "allowPrivilegeEscalation" => Preset::Bool(true),
        "privileged" | "readOnlyRootFilesystem" | "runAsNonRoot" => Preset::Bool(false),
        "procMount" => Preset::Text("Default"),
        _ => Preset::Unset,
    }
}

pub(super) fn windows_option(key: &str) -> Preset {
    match key {
        "hostProcess" => Preset::Bool(false),
        _ => Preset::Unset,
    }
}

fn pod(key: &str) -> Preset {
    match key {
        "hostNetwork" | "hostPID" | "hostIPC" | "shareProcessNamespace" | "setHostnameAsFQDN" => {
            Preset::Bool(false)
        }
        "hostUsers" | "enableServiceLinks" => Preset::Bool(true),
        "dnsPolicy" => Preset::Text("ClusterFirst"),
        "restartPolicy" => Preset::Text("Always"),
        "schedulerName" => Preset::Text("default-scheduler"),
        "preemptionPolicy" => Preset::Text("PreemptLowerPriority"),
        "serviceAccountName" => Preset::Text("default"),
        _ => Preset::Unset,
    }
}

impl<'t> PodView<'t> {
    /// A pod-level field as it holds. `automountServiceAccountToken` has no default here: the
    /// ServiceAccount decides, and `true` holds where neither says anything.
    #[must_use]
    pub fn setting(&self, key: &str) -> Setting<'t> {
        match self.get(key) {
            Some(node) => Setting::written(node, Origin::Pod),
            None => Setting::default_of(pod(key)),
        }
    }

    /// By the current field, else by its old name `serviceAccount`, else `default`.
    #[must_use]
    pub fn service_account_name(&self) -> &'t str {
        let name = |key| self.get(key).and_then(NodeRef::as_str).filter(|name| !name.is_empty());
        name("serviceAccountName").or_else(|| name("serviceAccount")).unwrap_or("default")
    }

    /// `windows`, `linux`, or nothing.
    #[must_use]
    pub fn os(&self) -> Option<&'t str> {
        present(self.get("os")?, "name")?.as_str()
    }

    /// Whether the pod says that it is for Windows nodes, where the fields of Linux do not apply.
    #[must_use]
    pub fn is_windows(&self) -> bool {
        self.os() == Some("windows")
    }

    /// `hostUsers: false`: root in the pod is nobody on the node.
    #[must_use]
    pub fn has_own_users(&self) -> bool {
        self.setting("hostUsers").as_bool() == Some(false)
    }
}

/// `imagePullPolicy` where the manifest gives none: `Always` for the tag `latest`, written or
/// implied, and `IfNotPresent` for everything else.
#[must_use]
pub fn default_pull_policy(image: &str) -> &'static str {
    let Ok(image) = ImageRef::parse(image) else { return "IfNotPresent" };
    match (image.tag(), image.digest()) {
        (Some("latest"), _) | (None, None) => "Always",
        _ => "IfNotPresent",
    }
}
