//! A Kubernetes minor version, `1.N`.

use std::{fmt, str::FromStr};

use thiserror::Error;

/// A Kubernetes release `1.N`; patch releases do not change what kordon judges by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct KubernetesVersion {
    pub minor: u16,
}

impl KubernetesVersion {
    /// The newest version whose rules kordon knows.
    pub const NEWEST: Self = Self { minor: 37 };

    #[must_use]
    pub const fn v1(minor: u16) -> Self {
        Self { minor }
    }
}

impl fmt::Display for KubernetesVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.minor)
    }
}

#[derive(Error, Debug, PartialEq, Eq)]
#[error("`{text}` is no Kubernetes version; write it as 1.37")]
pub struct ParseVersionError {
    text: String,
}

impl FromStr for KubernetesVersion {
    type Err = ParseVersionError;

    /// Takes `1.N` and `v1.N`, with or without a patch number, and `latest`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "latest" {
            return Ok(Self::NEWEST);
        }
        let error = || ParseVersionError { text: text.to_owned() };
        let rest = text.strip_prefix('v').unwrap_or(text).strip_prefix("1.").ok_or_else(error)?;
        let (minor, patch) = rest.split_once('.').unwrap_or((rest, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(minor) || !digits(patch) {
            return Err(error());
        }
        let Ok(minor) = minor.parse() else { return Err(error()) };
        Ok(Self { minor })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_what_people_write() {
        for text in ["1.29", "v1.29", "1.29.4"] {
            assert_eq!(text.parse(), Ok(KubernetesVersion::v1(29)), "{text}");
        }
        assert_eq!("latest".parse(), Ok(KubernetesVersion::NEWEST));
        for text in ["", "2.1", "1.", "1.x", "1.2.", "v", "1.-3", "1.99999999"] {
            assert!(text.parse::<KubernetesVersion>().is_err(), "{text}");
        }
    }
}
