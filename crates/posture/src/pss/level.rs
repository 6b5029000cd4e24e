//! Levels and versions of the standards, written as in the labels of namespaces.

use std::{fmt, str::FromStr};

use kordon_base::KubernetesVersion;
use thiserror::Error;

/// In order of strictness.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    Privileged,
    Baseline,
    Restricted,
}

impl Level {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Privileged => "privileged",
            Self::Baseline => "baseline",
            Self::Restricted => "restricted",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[derive(Error, PartialEq, Eq, Debug)]
#[error("must be one of privileged, baseline, restricted")]
pub struct ParseLevelError;

impl FromStr for Level {
    type Err = ParseLevelError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "privileged" => Ok(Self::Privileged),
            "baseline" => Ok(Self::Baseline),
            "restricted" => Ok(Self::Restricted),
            _ => Err(ParseLevelError),
        }
    }
}

/// The version of the standards, which is that of Kubernetes in which they stood so. A version
/// newer than the newest known one is judged as that one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PssVersion {
    V1(u32),
    Latest,
}

impl PssVersion {
    /// The minor version whose rules hold.
    #[must_use]
    pub fn minor(self) -> u32 {
        let newest = u32::from(KubernetesVersion::NEWEST.minor);
        match self {
            Self::V1(minor) => minor.min(newest),
            Self::Latest => newest,
        }
    }
}

impl fmt::Display for PssVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V1(minor) => write!(f, "v1.{minor}"),
            Self::Latest => f.write_str("latest"),
        }
    }
}

#[derive(Error, PartialEq, Eq, Debug)]
#[error("must be \"latest\" or \"v1.x\"")]
pub struct ParsePssVersionError;

impl FromStr for PssVersion {
    type Err = ParsePssVersionError;

    /// Exactly what the labels of namespaces may say: no leading zeros, no patch version.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "latest" {
            return Ok(Self::Latest);
        }
        let minor = text.strip_prefix("v1.").ok_or(ParsePssVersionError)?;
        let is_number = minor.bytes().all(|byte| byte.is_ascii_digit())
            && (minor == "0" || !minor.starts_with('0'));
        if !is_number {
            return Err(ParsePssVersionError);
        }
        minor.parse().map(Self::V1).map_err(|_not_32_bits| ParsePssVersionError)
    }
}

/// `restricted:v1.25`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LevelVersion {
    pub level: Level,
    pub version: PssVersion,
}

impl LevelVersion {
    /// What a cluster without configuration enforces: nothing.
    pub const PRIVILEGED: Self = Self { level: Level::Privileged, version: PssVersion::Latest };
}

impl fmt::Display for LevelVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.level, self.version)
    }
}
