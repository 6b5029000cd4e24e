//! The controls of the standards, by the names of Pod Security admission.

use super::Level;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Control {
    AppArmorProfile,
    CapabilitiesBaseline,
    HostNamespaces,
    HostPathVolumes,
    HostPorts,
    HostProbesAndHostLifecycle,
    Privileged,
    ProcMount,
    SeLinuxOptions,
    SeccompProfileBaseline,
    Sysctls,
    WindowsHostProcess,
    AllowPrivilegeEscalation,
    CapabilitiesRestricted,
    ProcMountRestricted,
    RestrictedVolumes,
    RunAsNonRoot,
    RunAsUser,
    SeccompProfileRestricted,
}

/// What is the same for every violation of a control.
struct Row {
    id: &'static str,
    title: &'static str,
    /// In the framework `pod-security-standards`.
    framework_id: &'static str,
    remediation: &'static str,
}

const fn row(
    id: &'static str,
    title: &'static str,
    framework_id: &'static str,
    remediation: &'static str,
) -> Row {
    Row { id, title, framework_id, remediation }
}

impl Control {
    /// In the order of the API server's messages: baseline before restricted, each by name.
    pub const ALL: [Self; 19] = [
        Self::AppArmorProfile,
        Self::CapabilitiesBaseline,
        Self::HostNamespaces,
        Self::HostPathVolumes,
        Self::HostPorts,
        Self::HostProbesAndHostLifecycle,
        Self::Privileged,
        Self::ProcMount,
        Self::SeLinuxOptions,
        Self::SeccompProfileBaseline,
        Self::Sysctls,
        Self::WindowsHostProcess,
        Self::AllowPrivilegeEscalation,
        Self::CapabilitiesRestricted,
        Self::ProcMountRestricted,
        Self::RestrictedVolumes,
        Self::RunAsNonRoot,
        Self::RunAsUser,
        Self::SeccompProfileRestricted,
    ];

    #[must_use]
    pub fn level(self) -> Level {
        if self < Self::AllowPrivilegeEscalation { Level::Baseline } else { Level::Restricted }
    }

    /// As Pod Security admission names it: `hostPorts`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.row().id
    }

    #[must_use]
    pub fn title(self) -> &'static str {
        self.row().title
    }

    #[must_use]
    pub fn framework_id(self) -> &'static str {
        self.row().framework_id
    }

    #[must_use]
    pub fn remediation(self) -> &'static str {
        self.row().remediation
    }

    /// The checks of the catalogue that look for the same.
    #[must_use]
    pub fn catalogue_ids(self) -> &'static [&'static str] {
        match self {
            Self::AppArmorProfile => &["POD-022"],
            Self::CapabilitiesBaseline => &["POD-015"],
            Self::HostNamespaces => &["POD-002", "POD-003", "POD-004"],
            Self::HostPathVolumes => &["POD-033"],
            Self::HostPorts => &["POD-029"],
            Self::HostProbesAndHostLifecycle => &["POD-032"],
            Self::Privileged => &["POD-001"],
            Self::ProcMount | Self::ProcMountRestricted => &["POD-025"],
            Self::SeLinuxOptions => &["POD-023"],
            Self::SeccompProfileBaseline => &["POD-021"],
            Self::Sysctls => &["POD-026"],
            Self::WindowsHostProcess => &["POD-027"],
            Self::AllowPrivilegeEscalation => &["POD-007"],
            Self::CapabilitiesRestricted => &["POD-013"],
            Self::RestrictedVolumes => &["POD-039"],
            Self::RunAsNonRoot => &["POD-008"],
            Self::RunAsUser => &["POD-009"],
            Self::SeccompProfileRestricted => &["POD-020"],
        }
    }

    fn row(self) -> Row {
        match self {
            Self::AppArmorProfile => row(
                "appArmorProfile",
                "AppArmor is switched off or its default profile replaced",
                "baseline.apparmor",
                "use the AppArmor profile RuntimeDefault or a Localhost one",
            ),
            Self::CapabilitiesBaseline => row(
                "capabilities_baseline",
                "capabilities beyond the default set are added",
                "baseline.capabilities",
                "add no capability beyond the runtime's default set",
            ),
            Self::HostNamespaces => row(
                "hostNamespaces",
                "a namespace of the node is shared",
                "baseline.host-namespaces",
                "remove hostNetwork, hostPID and hostIPC",
            ),
            Self::HostPathVolumes => row(
                "hostPathVolumes",
                "a folder of the node is mounted",
                "baseline.host-path",
                "replace hostPath volumes by another kind of volume",
            ),
            Self::HostPorts => row(
                "hostPorts",
                "a port of the node is taken",
                "baseline.host-ports",
                "remove hostPort and expose the port by a Service",
            ),
            Self::HostProbesAndHostLifecycle => row(
                "hostProbesAndHostLifecycle",
                "a probe or lifecycle hook names a host",
                "baseline.host-probes",
                "remove host from probes and lifecycle hooks",
            ),
            Self::Privileged => row(
                "privileged",
                "a container is privileged",
                "baseline.privileged",
                "remove privileged: true",
            ),
            Self::ProcMount => row(
                "procMount",
                "/proc is not masked",
                "baseline.proc-mount",
                "remove procMount, or set hostUsers: false",
            ),
            Self::SeLinuxOptions => row(
                "seLinuxOptions",
                "SELinux options beyond the container types are set",
                "baseline.selinux",
                "remove user and role, and use a container type",
            ),
            Self::SeccompProfileBaseline => row(
                "seccompProfile_baseline",
                "seccomp is switched off",
                "baseline.seccomp",
                "use the seccomp profile RuntimeDefault or a Localhost one",
            ),
            Self::Sysctls => row(
                "sysctls",
                "unsafe sysctls are set",
                "baseline.sysctls",
                "set only sysctls of the safe set",
            ),
            Self::WindowsHostProcess => row(
                "windowsHostProcess",
                "a Windows container runs as a process of the node",
                "baseline.host-process",
                "remove windowsOptions.hostProcess: true",
            ),
            restricted => restricted.restricted_row(),
        }
    }

    fn restricted_row(self) -> Row {
        match self {
            Self::AllowPrivilegeEscalation => row(
                "allowPrivilegeEscalation",
                "processes may gain privileges",
                "restricted.escalation",
                "set allowPrivilegeEscalation: false in every container",
            ),
            Self::CapabilitiesRestricted => row(
                "capabilities_restricted",
                "capabilities are not dropped",
                "restricted.capabilities",
                "drop ALL capabilities and add none but NET_BIND_SERVICE",
            ),
            Self::ProcMountRestricted => row(
                "procMount_restricted",
                "/proc is not masked",
                "restricted.proc-mount",
                "remove procMount",
            ),
            Self::RestrictedVolumes => row(
                "restrictedVolumes",
                "a kind of volume is used that is not for applications",
                "restricted.volume-types",
                "use configMap, csi, downwardAPI, emptyDir, ephemeral, image, \
                 persistentVolumeClaim, projected or secret volumes",
            ),
            Self::RunAsNonRoot => row(
                "runAsNonRoot",
                "containers may run as root",
                "restricted.non-root",
                "set runAsNonRoot: true for the pod or for every container",
            ),
            Self::RunAsUser => row(
                "runAsUser",
                "containers run as user 0",
                "restricted.non-root-user",
                "set runAsUser to anything but 0",
            ),
            _ => row(
                "seccompProfile_restricted",
                "no seccomp profile is set",
                "restricted.seccomp",
                "set the seccomp profile RuntimeDefault for the pod or for every container",
            ),
        }
    }
}
