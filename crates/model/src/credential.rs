//! A credential that stands in an object in plain text: what the detectors tell the checks.
//!
//! The value itself is not part of it, so that no report can leak what the scan has found.

use std::fmt;

use crate::NodeId;

/// Where in Kubernetes a credential can stand; each place is the business of one check.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CredentialPlace {
    Environment,
    Argument,
    Annotation,
    ConfigMap,
    Secret,
}

impl CredentialPlace {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::Argument => "argument",
            Self::Annotation => "annotation",
            Self::ConfigMap => "configmap",
            Self::Secret => "secret",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Confidence {
    /// The name says credential, the value could be a stand-in.
    Low,
    /// The name says credential and the value looks like one.
    Medium,
    /// The value has the form of a known kind of credential.
    High,
}

impl Confidence {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CredentialHit {
    pub place: CredentialPlace,
    /// `github-personal-token`
    pub detector: &'static str,
    /// `GitHub personal access token`
    pub title: &'static str,
    pub confidence: Confidence,
    /// From the object's root to the string that holds it, as findings write paths.
    pub path: String,
    pub node: NodeId,
    /// The container, for places inside of one.
    pub container: Option<String>,
    /// Name of the variable, key, flag or annotation; empty where there is none.
    pub name: String,
    /// What may be shown: a public prefix of the kind of credential and an ellipsis.
    pub redacted: String,
}

impl fmt::Display for CredentialHit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} {}", self.path, self.detector, self.confidence.as_str(), self.redacted)
    }
}
