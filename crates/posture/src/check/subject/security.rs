//! The security contexts of pods and containers, as they hold.

use std::borrow::Cow;

use kordon_cel::{Fields, Map, Value};
use kordon_model::{ContainerView, NodeRef, PodView};

use super::{
    all_fields, list, map, nullable,
    seccomp::{app_armor, seccomp},
    setting, text,
};

#[derive(Debug)]
pub(super) struct ContainerSecurity<'a> {
    view: ContainerView<'a, 'a>,
    capabilities: Capabilities<'a>,
    windows: WindowsOptions<'a>,
}

impl<'a> ContainerSecurity<'a> {
    pub(super) fn new(view: ContainerView<'a, 'a>) -> Self {
        let capabilities = Capabilities { node: view.security("capabilities") };
        Self { view, capabilities, windows: WindowsOptions { view } }
    }
}

impl Fields for ContainerSecurity<'_> {
    fn field(&self, name: &str) -> Option<Value<'_>> {
        Some(match name {
            "privileged"
            | "allowPrivilegeEscalation"
            | "readOnlyRootFilesystem"
            | "runAsNonRoot"
            | "runAsUser"
            | "runAsGroup"
            | "procMount" => setting(self.view.security_setting(name)),
            "capabilities" => Value::Map(Map::Fields(&self.capabilities)),
            "added" => self.capabilities.canonical("add"),
            "dropped" => self.capabilities.canonical("drop"),
            "seccompProfile" => text(seccomp(self.view)),
            "appArmorProfile" => text(app_armor(self.view)),
            "seLinuxOptions" => map(self.view.security_setting(name).node()),
            "windowsOptions" => Value::Map(Map::Fields(&self.windows)),
            _ => return None,
        })
    }

    all_fields!(
        "privileged",
        "allowPrivilegeEscalation",
        "readOnlyRootFilesystem",
        "runAsNonRoot",
        "runAsUser",
        "runAsGroup",
        "procMount",
        "capabilities",
        "added",
        "dropped",
        "seccompProfile",
        "appArmorProfile",
        "seLinuxOptions",
        "windowsOptions",
    );
}

#[derive(Clone, Copy, Debug)]
struct Capabilities<'a> {
    node: Option<NodeRef<'a>>,
}

impl<'a> Capabilities<'a> {
    fn names(&self, key: &str) -> Option<NodeRef<'a>> {
        self.node?.get(key)
    }

    /// In upper case and without `CAP_`, as runtimes read them.
    fn canonical(&self, key: &str) -> Value<'a> {
        let names = self.names(key).into_iter().flat_map(NodeRef::items);
        let name = |name: &'a str| match capability(name) {
            Cow::Borrowed(name) => Value::str(name),
            Cow::Owned(name) => Value::string(name),
        };
        Value::list(names.filter_map(NodeRef::as_str).map(name).collect())
    }
}

/// `cap_sys_admin` is `SYS_ADMIN`.
pub(in crate::check) fn capability(name: &str) -> Cow<'_, str> {
    let short = match name.get(..4) {
        Some(prefix) if prefix.eq_ignore_ascii_case("CAP_") => name.get(4..).unwrap_or_default(),
        _ => name,
    };
    if short.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return short.to_ascii_uppercase().into();
    }
    short.into()
}

impl Fields for Capabilities<'_> {
    fn field(&self, name: &str) -> Option<Value<'_>> {
        matches!(name, "add" | "drop").then(|| list(self.names(name)))
    }

    all_fields!("add", "drop");
}

#[derive(Clone, Copy, Debug)]
struct WindowsOptions<'a> {
    view: ContainerView<'a, 'a>,
}

impl Fields for WindowsOptions<'_> {
    fn field(&self, name: &str) -> Option<Value<'_>> {
        let known =
            ["hostProcess", "runAsUserName", "gmsaCredentialSpecName", "gmsaCredentialSpec"];
        known.contains(&name).then(|| setting(self.view.windows_setting(name)))
    }

    all_fields!("hostProcess", "runAsUserName", "gmsaCredentialSpecName", "gmsaCredentialSpec");
}

#[derive(Debug)]
pub(super) struct PodSecurity<'a> {
    pub(super) view: &'a PodView<'a>,
}

impl Fields for PodSecurity<'_> {
    fn field(&self, name: &str) -> Option<Value<'_>> {
        let node = self.view.security(name);
        Some(match name {
            "runAsNonRoot" | "runAsUser" | "runAsGroup" | "fsGroup" => nullable(node),
            "supplementalGroups" | "sysctls" => list(node),
            "seccompProfile" | "appArmorProfile" => {
                text(node.and_then(|node| node.get("type")).and_then(NodeRef::as_str))
            }
            "seLinuxOptions" | "windowsOptions" => map(node),
            _ => return None,
        })
    }

    all_fields!(
        "runAsNonRoot",
        "runAsUser",
        "runAsGroup",
        "fsGroup",
        "supplementalGroups",
        "sysctls",
        "seccompProfile",
        "appArmorProfile",
        "seLinuxOptions",
        "windowsOptions",
    );
}
