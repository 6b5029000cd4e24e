//! Which check stands for a control in which version, and what a level consists of.

use kordon_model::PodView;

use super::{BadField, Control, Level, LevelVersion, Violation, check, check::Check};

/// A control's check from a version on.
type Revision = (u32, Check);

fn revisions(control: Control) -> &'static [Revision] {
    match control {
        Control::AppArmorProfile => &[(0, check::app_armor)],
        Control::CapabilitiesBaseline => &[(0, check::capabilities_baseline)],
        Control::HostNamespaces => &[(0, check::host_namespaces)],
        Control::HostPathVolumes => &[(0, check::host_path_volumes)],
        Control::HostPorts => &[(0, check::host_ports)],
        Control::HostProbesAndHostLifecycle => &[(34, check::host_probes)],
        Control::Privileged => &[(0, check::privileged)],
        Control::ProcMount => {
            &[(0, check::proc_mount), (35, |pod, bad| on_node_users(pod, bad, check::proc_mount))]
        }
        Control::SeLinuxOptions => &[(0, check::se_linux::<0>), (31, check::se_linux::<31>)],
        Control::SeccompProfileBaseline => {
            &[(0, check::seccomp_annotations), (19, check::seccomp_baseline)]
        }
        Control::Sysctls => &[
            (0, check::sysctls::<0>),
            (27, check::sysctls::<27>),
            (29, check::sysctls::<29>),
            (32, check::sysctls::<32>),
            (37, check::sysctls::<37>),
        ],
        Control::WindowsHostProcess => &[(0, check::windows_host_process)],
        Control::AllowPrivilegeEscalation => &[
            (8, check::allow_privilege_escalation),
            (25, |pod, bad| on_linux(pod, bad, check::allow_privilege_escalation)),
        ],
        Control::CapabilitiesRestricted => &[
            (22, check::capabilities_restricted),
            (25, |pod, bad| on_linux(pod, bad, check::capabilities_restricted)),
        ],
        Control::ProcMountRestricted => &[(35, check::proc_mount)],
        Control::RestrictedVolumes => &[(0, check::restricted_volumes)],
        Control::RunAsNonRoot => &[
            (0, check::run_as_non_root),
            (35, |pod, bad| on_node_users(pod, bad, check::run_as_non_root)),
        ],
        Control::RunAsUser => &[
            (23, check::run_as_user),
            (35, |pod, bad| on_node_users(pod, bad, check::run_as_user)),
        ],
        Control::SeccompProfileRestricted => &[
            (19, check::seccomp_restricted),
            (25, |pod, bad| on_linux(pod, bad, check::seccomp_restricted)),
        ],
    }
}

/// Pods for Windows may not have these fields at all, so they are excused.
fn on_linux<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>, check: Check) {
    if !pod.is_windows() {
        check(pod, bad);
    }
}

/// In a pod with a user namespace of its own, root is nobody on the node.
fn on_node_users<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>, check: Check) {
    if !pod.has_own_users() {
        check(pod, bad);
    }
}

/// The baseline control that a restricted one makes superfluous.
fn overridden_by(control: Control) -> Option<Control> {
    match control {
        Control::CapabilitiesRestricted => Some(Control::CapabilitiesBaseline),
        Control::ProcMountRestricted => Some(Control::ProcMount),
        Control::RestrictedVolumes => Some(Control::HostPathVolumes),
        Control::SeccompProfileRestricted => Some(Control::SeccompProfileBaseline),
        _ => None,
    }
}

/// A level in one version, ready to judge.
#[derive(Clone, Debug)]
pub struct Standard {
    level_version: LevelVersion,
    checks: Vec<(Control, Check)>,
}

impl Standard {
    #[must_use]
    pub fn new(level_version: LevelVersion) -> Self {
        let minor = level_version.version.minor();
        let mut checks: Vec<(Control, Check)> = Control::ALL
            .into_iter()
            .filter(|control| control.level() <= level_version.level)
            .filter_map(|control| Some((control, current(control, minor)?)))
            .collect();
        let overridden: Vec<Control> =
            checks.iter().filter_map(|(control, _)| overridden_by(*control)).collect();
        checks.retain(|(control, _)| !overridden.contains(control));
        Self { level_version, checks }
    }

    #[must_use]
    pub fn level_version(&self) -> LevelVersion {
        self.level_version
    }

    #[must_use]
    pub fn level(&self) -> Level {
        self.level_version.level
    }

    pub fn controls(&self) -> impl Iterator<Item = Control> {
        self.checks.iter().map(|(control, _)| *control)
    }

    /// What the pod violates, in the order of the API server's messages.
    #[must_use]
    pub fn violations<'t>(&self, pod: &PodView<'t>) -> Vec<Violation<'t>> {
        let mut violations = Vec::new();
        let mut fields = Vec::new();
        for (control, check) in &self.checks {
            check(pod, &mut fields);
            if !fields.is_empty() {
                let fields = std::mem::take(&mut fields);
                violations.push(Violation { control: *control, fields });
            }
        }
        violations
    }
}

fn current(control: Control, minor: u32) -> Option<Check> {
    let in_force = revisions(control).iter().rev().find(|(since, _)| *since <= minor);
    in_force.map(|(_, check)| *check)
}
