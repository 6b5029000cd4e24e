//! What Pod Security admission does with an object: the labels of its namespace, exemptions,
//! refusals and warnings.

use kordon_model::{Object, PodView};
use thiserror::Error;

use super::{Level, LevelVersion, PssVersion, Standard, Violation, summary};

/// What is done about violations.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Mode {
    Enforce,
    Audit,
    Warn,
}

/// The labels of namespaces.
pub mod labels {
    pub const ENFORCE: &str = "pod-security.kubernetes.io/enforce";
    pub const ENFORCE_VERSION: &str = "pod-security.kubernetes.io/enforce-version";
    pub const AUDIT: &str = "pod-security.kubernetes.io/audit";
    pub const AUDIT_VERSION: &str = "pod-security.kubernetes.io/audit-version";
    pub const WARN: &str = "pod-security.kubernetes.io/warn";
    pub const WARN_VERSION: &str = "pod-security.kubernetes.io/warn-version";
}

/// What holds in a namespace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NamespacePolicy {
    pub enforce: LevelVersion,
    pub audit: LevelVersion,
    pub warn: LevelVersion,
}

impl NamespacePolicy {
    /// A cluster without a configuration of Pod Security admission.
    pub const DEFAULT: Self = Self {
        enforce: LevelVersion::PRIVILEGED,
        audit: LevelVersion::PRIVILEGED,
        warn: LevelVersion::PRIVILEGED,
    };

    #[must_use]
    pub fn of(&self, mode: Mode) -> LevelVersion {
        match mode {
            Mode::Enforce => self.enforce,
            Mode::Audit => self.audit,
            Mode::Warn => self.warn,
        }
    }

    /// The policy of a namespace's labels, with the cluster's defaults for what they do not say.
    /// Where a label cannot be read, the API server refuses the namespace; in one that is there
    /// already it enforces `restricted` and `latest` and neither audits nor warns.
    #[must_use]
    pub fn from_labels(
        label: impl Fn(&str) -> Option<String>,
        defaults: Self,
    ) -> (Self, Vec<LabelError>) {
        let mut errors = Vec::new();
        let mut policy = defaults;
        let enforce = read(&label, labels::ENFORCE, &mut errors, str::parse::<Level>);
        policy.enforce.level = enforce.or(defaults.enforce.level, Level::Restricted);
        let audit = read(&label, labels::AUDIT, &mut errors, str::parse::<Level>);
        policy.audit.level = audit.or(defaults.audit.level, Level::Privileged);
        let warn = read(&label, labels::WARN, &mut errors, str::parse::<Level>);
        policy.warn.level = warn.or(defaults.warn.level, Level::Privileged);
        let mut version = |name, default| {
            let read = read(&label, name, &mut errors, str::parse::<PssVersion>);
            (read.or(default, PssVersion::Latest), matches!(read, Read::Absent))
        };
        (policy.enforce.version, _) = version(labels::ENFORCE_VERSION, defaults.enforce.version);
        (policy.audit.version, _) = version(labels::AUDIT_VERSION, defaults.audit.version);
        let warn_version = version(labels::WARN_VERSION, defaults.warn.version);
        policy.warn.version = warn_version.0;

        let enforces_more =
            matches!(enforce, Read::Good(_)) && policy.enforce.level > policy.warn.level;
        if matches!(warn, Read::Absent) && enforces_more {
            policy.warn.level = policy.enforce.level;
            if warn_version.1 {
                policy.warn.version = policy.enforce.version;
            }
        }
        (policy, errors)
    }

    /// The policy of a Namespace object.
    #[must_use]
    pub fn of_namespace(namespace: Object<'_>, defaults: Self) -> (Self, Vec<LabelError>) {
        Self::from_labels(|name| namespace.label(name).map(str::to_owned), defaults)
    }
}

#[derive(Clone, Copy)]
enum Read<T> {
    Absent,
    Good(T),
    Bad,
}

impl<T> Read<T> {
    fn or(self, absent: T, bad: T) -> T {
        match self {
            Self::Absent => absent,
            Self::Good(value) => value,
            Self::Bad => bad,
        }
    }
}

fn read<T, E: ToString>(
    label: &impl Fn(&str) -> Option<String>,
    name: &'static str,
    errors: &mut Vec<LabelError>,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Read<T> {
    let Some(value) = label(name) else { return Read::Absent };
    match parse(&value) {
        Ok(read) => Read::Good(read),
        Err(error) => {
            let reason = error.to_string();
            errors.push(LabelError { label: name, value: value.into(), reason: reason.into() });
            Read::Bad
        }
    }
}

/// In the API server's words.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("metadata.labels[{label}]: Invalid value: \"{value}\": {reason}")]
pub struct LabelError {
    pub label: &'static str,
    pub value: Box<str>,
    pub reason: Box<str>,
}

/// What the cluster's configuration exempts. Names are exact.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Exemptions {
    pub namespaces: Vec<String>,
    pub runtime_classes: Vec<String>,
    pub usernames: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exemption {
    Namespace,
    User,
    RuntimeClass,
}

impl Exemptions {
    /// Which exemption holds for a pod, in the order in which the API server asks.
    #[must_use]
    pub fn find(
        &self,
        pod: &PodView<'_>,
        namespace: Option<&str>,
        user: Option<&str>,
    ) -> Option<Exemption> {
        let has = |list: &[String], name: Option<&str>| {
            name.is_some_and(|name| !name.is_empty() && list.iter().any(|item| item == name))
        };
        let class = pod.get("runtimeClassName").and_then(kordon_model::NodeRef::as_str);
        if has(&self.namespaces, namespace) {
            Some(Exemption::Namespace)
        } else if has(&self.usernames, user) {
            Some(Exemption::User)
        } else if has(&self.runtime_classes, class) {
            Some(Exemption::RuntimeClass)
        } else {
            None
        }
    }
}

/// Pod Security admission in one namespace.
#[derive(Clone, Debug)]
pub struct Admission {
    enforce: Standard,
    audit: Standard,
    warn: Standard,
}

/// What the API server answers to the creation of an object.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outcome {
    /// `violates PodSecurity "…": …`; the object is refused.
    pub denied: Option<String>,
    /// `would violate PodSecurity "…": …`.
    pub audited: Option<String>,
    pub warning: Option<String>,
}

impl Admission {
    #[must_use]
    pub fn new(policy: NamespacePolicy) -> Self {
        let [enforce, audit, warn] = [policy.enforce, policy.audit, policy.warn].map(Standard::new);
        Self { enforce, audit, warn }
    }

    /// Only Pods are refused. Workloads are audited and warned of, because their pods would be
    /// refused; custom resources are not looked at.
    #[must_use]
    pub fn judge<'t>(&self, pod: &PodView<'t>) -> Outcome {
        if pod.found() != kordon_model::Found::BuiltIn {
            return Outcome::default();
        }
        let is_pod = pod.object().is("", "Pod");
        let judged = |standard: &Standard, verb: &str| {
            let violations: Vec<Violation<'t>> = standard.violations(pod);
            let policy = standard.level_version();
            let text = || format!("{verb} PodSecurity \"{policy}\": {}", summary(&violations, pod));
            (!violations.is_empty()).then(text)
        };
        let denied = if is_pod { judged(&self.enforce, "violates") } else { None };
        let audited = judged(&self.audit, "would violate");
        // Who is refused need not be warned.
        let warning = if denied.is_some() { None } else { judged(&self.warn, "would violate") };
        Outcome { denied, audited, warning }
    }
}
