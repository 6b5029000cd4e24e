//! What the user wants of the checks: which ones, how severe, with which settings.

use std::collections::BTreeMap;

use kordon_base::KubernetesVersion;
use kordon_finding::Severity;
use serde_json::Value;
use thiserror::Error;

use super::Profile;

/// Ids, families, globs and aliases stand for checks wherever a selector is asked for.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// Only these, also such as are off by default; all where it is empty.
    pub only: Vec<String>,
    pub skip: Vec<String>,
    pub profiles: Vec<Profile>,
    /// By selector; where several fit a check, the later ones in the order of the selectors win.
    pub overrides: BTreeMap<String, Override>,
    pub kubernetes: KubernetesVersion,
}

/// What the configuration file says of one check.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Override {
    pub enabled: Option<bool>,
    pub severity: Option<Severity>,
    pub settings: BTreeMap<String, Value>,
}

impl Default for Configuration {
    fn default() -> Self {
        Self {
            only: Vec::new(),
            skip: Vec::new(),
            profiles: vec![Profile::Security],
            overrides: BTreeMap::new(),
            kubernetes: KubernetesVersion::NEWEST,
        }
    }
}

/// Something in the configuration that the checks do not know or cannot use.
#[derive(Error, Clone, PartialEq, Eq, Debug)]
pub enum ConfigurationError {
    #[error("no check is called `{selector}`{}", Hint(hint.as_deref()))]
    UnknownSelector { selector: Box<str>, hint: Option<Box<str>> },
    #[error("{check} has no setting `{setting}`{}", Hint(hint.as_deref()))]
    UnknownSetting { check: Box<str>, setting: Box<str>, hint: Option<Box<str>> },
    #[error("setting `{setting}` of {check} must be {expected}")]
    WrongType { check: Box<str>, setting: Box<str>, expected: &'static str },
}

struct Hint<'a>(Option<&'a str>);

impl std::fmt::Display for Hint<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}
