//! What all findings of one check or policy have in common.

use crate::Severity;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FindingKind {
    Misconfiguration,
    Policy,
    Vulnerability,
    Secret,
    Licence,
    Rbac,
    Exposure,
    Detection,
    Anomaly,
}

impl FindingKind {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Misconfiguration => "misconfiguration",
            Self::Policy => "policy",
            Self::Vulnerability => "vulnerability",
            Self::Secret => "secret",
            Self::Licence => "licence",
            Self::Rbac => "rbac",
            Self::Exposure => "exposure",
            Self::Detection => "detection",
            Self::Anomaly => "anomaly",
        }
    }
}

/// A check of the catalogue, a Pod Security control or a user's policy, as reports name it.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `POD-001`, `pss/hostPorts`, `ValidatingAdmissionPolicy/name`, `CVE-…`.
    pub id: Box<str>,
    /// `privileged-container`: the bad state in a few words; empty for policies.
    pub name: Box<str>,
    /// Ids of peers for the same rule, without the peer's name: `KSV-0017`.
    pub aliases: Vec<Box<str>>,
    pub kind: FindingKind,
    pub title: Box<str>,
    pub severity: Severity,
    /// Why it matters and how an attacker uses it.
    pub description: Box<str>,
    pub remediation: Box<str>,
    /// `framework/control`, sorted: `cis-kubernetes-1.12/5.2.2`.
    pub controls: Vec<Box<str>>,
}
