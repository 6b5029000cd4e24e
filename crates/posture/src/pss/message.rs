//! Reasons and details in the words of the API server, so that what kordon says can be compared
//! with its warnings letter by letter.

use std::{collections::BTreeSet, fmt::Write as _};

use kordon_model::{Kind, NodeRef, PodView};

use super::{BadField, Control, Site, Violation, check::volume_type};

pub(super) fn reason(violation: &Violation<'_>) -> &'static str {
    match violation.control {
        Control::AllowPrivilegeEscalation => "allowPrivilegeEscalation != false",
        Control::AppArmorProfile => {
            if values(violation).len() + annotations(violation).count() == 1 {
                "forbidden AppArmor profile"
            } else {
                "forbidden AppArmor profiles"
            }
        }
        Control::CapabilitiesBaseline => "non-default capabilities",
        Control::CapabilitiesRestricted => "unrestricted capabilities",
        Control::HostNamespaces => "host namespaces",
        Control::HostPathVolumes => "hostPath volumes",
        Control::HostPorts => "hostPort",
        Control::HostProbesAndHostLifecycle => "probe or lifecycle host",
        Control::Privileged => "privileged",
        Control::ProcMount | Control::ProcMountRestricted => "procMount",
        Control::RestrictedVolumes => "restricted volume types",
        Control::RunAsNonRoot => "runAsNonRoot != true",
        Control::RunAsUser => "runAsUser=0",
        Control::SeLinuxOptions => "seLinuxOptions",
        Control::SeccompProfileBaseline | Control::SeccompProfileRestricted => "seccompProfile",
        Control::Sysctls => "forbidden sysctls",
        Control::WindowsHostProcess => "hostProcess",
    }
}

pub(super) fn detail(violation: &Violation<'_>, pod: &PodView<'_>) -> String {
    match violation.control {
        Control::AllowPrivilegeEscalation => {
            must(violation, pod, "must set securityContext.allowPrivilegeEscalation=false")
        }
        Control::AppArmorProfile => app_armor(violation, pod),
        Control::CapabilitiesBaseline => capabilities_added(violation, pod),
        Control::CapabilitiesRestricted => capabilities_restricted(violation, pod),
        Control::HostNamespaces => {
            join(violation.fields.iter().map(|field| format!("{}=true", field.field)), ", ")
        }
        Control::HostPathVolumes => volumes(violation, pod),
        Control::HostPorts => host_ports(violation, pod),
        Control::HostProbesAndHostLifecycle => probe_hosts(violation, pod),
        Control::Privileged => must(violation, pod, "must not set securityContext.privileged=true"),
        Control::ProcMount | Control::ProcMountRestricted => {
            let values = quoted(values(violation));
            must(violation, pod, &format!("must not set securityContext.procMount to {values}"))
        }
        Control::RestrictedVolumes => restricted_volumes(violation, pod),
        Control::RunAsNonRoot => run_as_non_root(violation, pod),
        Control::RunAsUser => must(violation, pod, "must not set runAsUser=0"),
        Control::SeLinuxOptions => se_linux(violation, pod),
        Control::SeccompProfileBaseline | Control::SeccompProfileRestricted => {
            seccomp(violation, pod)
        }
        Control::Sysctls => join(violation.fields.iter().map(|f| f.text().to_owned()), ", "),
        Control::WindowsHostProcess => {
            must(violation, pod, "must not set securityContext.windowsOptions.hostProcess=true")
        }
    }
}

/// `pod and containers "a", "b"`, then what they must.
fn must(violation: &Violation<'_>, pod: &PodView<'_>, what: &str) -> String {
    format!("{} {what}", setters(violation.fields.iter(), pod).join(" and "))
}

/// `pod`, `containers "a", "b"`: who has the fields.
fn setters<'a, 't: 'a>(
    fields: impl Iterator<Item = &'a BadField<'t>> + Clone,
    pod: &PodView<'_>,
) -> Vec<String> {
    let mut setters = Vec::new();
    if fields.clone().any(|field| field.site.is_of_pod()) {
        setters.push("pod".to_owned());
    }
    let names = container_names(fields, pod);
    if !names.is_empty() {
        setters.push(named("container", &names));
    }
    setters
}

/// Each container once, in the order of visits. Two containers may have one name.
fn container_names<'a, 't: 'a, 'p>(
    fields: impl Iterator<Item = &'a BadField<'t>>,
    pod: &PodView<'p>,
) -> Vec<&'p str> {
    let mut idxs: Vec<usize> = fields.filter_map(|field| field.site.container()).collect();
    idxs.dedup();
    idxs.iter().filter_map(|idx| Some(pod.container(*idx)?.name())).collect()
}

/// `container "a"`, `containers "a", "b"`.
fn named(what: &str, names: &[&str]) -> String {
    format!("{what}{} {}", plural(names.len()), quoted(names.iter().copied()))
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

fn quoted<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    join(items.into_iter().map(|item| format!("\"{item}\"")), ", ")
}

fn join(items: impl Iterator<Item = String>, separator: &str) -> String {
    items.collect::<Vec<_>>().join(separator)
}

/// The distinct values of the fields, sorted.
fn values<'t>(violation: &Violation<'t>) -> BTreeSet<&'t str> {
    let fields = violation.fields.iter();
    fields.filter(|field| field.site != Site::Annotation).map(BadField::text).collect()
}

/// `key="value"` of each annotation.
fn annotations(violation: &Violation<'_>) -> impl Iterator<Item = String> {
    let fields = violation.fields.iter().filter(|field| field.site == Site::Annotation);
    fields.map(|field| format!("{}={}", field.field, go_quoted(field.text())))
}

/// As Go's `%q` writes text.
fn go_quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{b}' => quoted.push_str("\\v"),
            '\u{c}' => quoted.push_str("\\f"),
            control if control.is_ascii_control() => {
                write!(quoted, "\\x{:02x}", u32::from(control)).expect("to a string");
            }
            control if control.is_control() => {
                write!(quoted, "\\u{:04x}", u32::from(control)).expect("to a string");
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

fn app_armor(violation: &Violation<'_>, pod: &PodView<'_>) -> String {
    let mut setters = setters(violation.fields.iter(), pod);
    let mut annotations: Vec<String> = annotations(violation).collect();
    annotations.sort_unstable();
    if !annotations.is_empty() {
        setters.push(format!("annotation{}", plural(annotations.len())));
    }
    let mut values: BTreeSet<&str> = BTreeSet::new();
    for field in violation.fields.iter().filter(|field| field.site != Site::Annotation) {
        let container = field.site.container().and_then(|idx| pod.container(idx));
        // A container without a profile is here for its annotation.
        let has_profile = container.is_none_or(|own| own.security("appArmorProfile").is_some());
        values.insert(if has_profile { field.text() } else { "Unconfined" });
    }
    let values = values.into_iter().chain(annotations.iter().map(String::as_str));
    format!("{} must not set AppArmor profile type to {}", setters.join(" and "), quoted(values))
}

fn seccomp(violation: &Violation<'_>, pod: &PodView<'_>) -> String {
    let annotations: BTreeSet<String> = annotations(violation).collect();
    if !annotations.is_empty() {
        let n = plural(annotations.len());
        return format!("forbidden annotation{n} {}", join(annotations.into_iter(), ", "));
    }
    let is_missing = violation.control == Control::SeccompProfileRestricted
        && violation.fields.iter().all(|field| is_without_profile(field, pod));
    if is_missing {
        let what =
            r#"must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost""#;
        return format!("pod or {}", must(violation, pod, what));
    }
    let values = quoted(values(violation));
    must(violation, pod, &format!("must not set securityContext.seccompProfile.type to {values}"))
}

/// A profile without a type is a bad one, not a missing one.
fn is_without_profile(field: &BadField<'_>, pod: &PodView<'_>) -> bool {
    let container = field.site.container().and_then(|idx| pod.container(idx));
    container.is_some_and(|container| container.security("seccompProfile").is_none())
}

fn capabilities_added(violation: &Violation<'_>, pod: &PodView<'_>) -> String {
    let values = quoted(values(violation));
    must(violation, pod, &format!("must not include {values} in securityContext.capabilities.add"))
}

fn capabilities_restricted(violation: &Violation<'_>, pod: &PodView<'_>) -> String {
    let is_drop = |field: &&BadField<'_>| field.field == "capabilities.drop";
    let undropped = container_names(violation.fields.iter().filter(is_drop), pod);
    let added = || violation.fields.iter().filter(|field| !is_drop(field));
    let adding = container_names(added(), pod);
    let mut details = Vec::new();
    if !undropped.is_empty() {
        let names = named("container", &undropped);
        details.push(format!(r#"{names} must set securityContext.capabilities.drop=["ALL"]"#));
    }
    if !adding.is_empty() {
        let names = named("container", &adding);
        let values = quoted(added().map(BadField::text).collect::<BTreeSet<_>>());
        details
            .push(format!("{names} must not include {values} in securityContext.capabilities.add"));
    }
    details.join("; ")
}

fn run_as_non_root(violation: &Violation<'_>, pod: &PodView<'_>) -> String {
    if violation.fields.iter().all(|field| field.value.is_none()) {
        return format!(
            "pod or {}",
            must(violation, pod, "must set securityContext.runAsNonRoot=true")
        );
    }
    must(violation, pod, "must not set securityContext.runAsNonRoot=false")
}

fn se_linux(violation: &Violation<'_>, pod: &PodView<'_>) -> String {
    let of = |name: &'static str| violation.fields.iter().filter(move |field| field.field == name);
    let types: BTreeSet<&str> = of("seLinuxOptions.type").map(BadField::text).collect();
    let mut bad = Vec::new();
    if !types.is_empty() {
        bad.push(format!("type{} {}", plural(types.len()), quoted(types)));
    }
    for (field, name) in [("seLinuxOptions.user", "user"), ("seLinuxOptions.role", "role")] {
        if of(field).next().is_some() {
            bad.push(format!("{name} may not be set"));
        }
    }
    let what = format!("set forbidden securityContext.seLinuxOptions: {}", bad.join("; "));
    must(violation, pod, &what)
}

fn host_ports(violation: &Violation<'_>, pod: &PodView<'_>) -> String {
    let number = |node: NodeRef<'_>| match node.kind() {
        Kind::Float(value) => value.to_string(),
        _ => node.as_i64().unwrap_or_default().to_string(),
    };
    let ports: BTreeSet<String> =
        violation.fields.iter().filter_map(|field| field.value).map(number).collect();
    let names = container_names(violation.fields.iter(), pod);
    let ports_word = format!("hostPort{}", plural(ports.len()));
    let ports = join(ports.into_iter(), ", ");
    format!("{} {} {ports_word} {ports}", named("container", &names), uses(names.len()))
}

fn uses(n: usize) -> &'static str {
    if n == 1 { "uses" } else { "use" }
}

/// Here the API server sorts the containers, and names those of one name once.
fn probe_hosts(violation: &Violation<'_>, pod: &PodView<'_>) -> String {
    let names: BTreeSet<&str> = container_names(violation.fields.iter(), pod).into_iter().collect();
    let names: Vec<&str> = names.into_iter().collect();
    let hosts = values(violation);
    let hosts_word = format!("probe or lifecycle host{}", plural(hosts.len()));
    let who = format!("{} {}", named("container", &names), uses(names.len()));
    format!("{who} {hosts_word} {}", quoted(hosts))
}

fn volume_names<'p>(violation: &Violation<'_>, pod: &PodView<'p>) -> Vec<&'p str> {
    let name = |idx: u32| {
        let volume = pod.item_nodes("volumes").nth(idx as usize)?;
        Some(volume.get("name").and_then(NodeRef::as_str).unwrap_or_default())
    };
    let idxs = violation.fields.iter().filter_map(|field| match field.site {
        Site::Volume(idx) => Some(idx),
        _ => None,
    });
    idxs.filter_map(name).collect()
}

fn volumes(violation: &Violation<'_>, pod: &PodView<'_>) -> String {
    named("volume", &volume_names(violation, pod))
}

fn restricted_volumes(violation: &Violation<'_>, pod: &PodView<'_>) -> String {
    let names = volume_names(violation, pod);
    let types: BTreeSet<&str> = violation.fields.iter().map(volume_type).collect();
    let types_word = format!("restricted volume type{}", plural(types.len()));
    format!("{} {} {types_word} {}", named("volume", &names), uses(names.len()), quoted(types))
}
