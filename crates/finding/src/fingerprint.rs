//! The identity of a finding across scans.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::Subject;

/// 128 bits over what a finding is about, never over where it stands: the same after a second
/// scan, when documents are reordered and when lines move.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Fingerprint(pub [u8; 16]);

impl Fingerprint {
    /// `rule` is the id; `detail` tells apart findings of one rule on one container (such as the
    /// name of an environment variable) and holds no position and no list index.
    #[must_use]
    pub fn new(
        rule: &str,
        subject: Option<&Subject>,
        container: Option<&str>,
        detail: &str,
    ) -> Self {
        let mut hash = Sha256::new();
        let mut part = |text: &str| {
            // The length keeps ("a", "bc") and ("ab", "c") apart.
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        };
        part(rule);
        if let Some(subject) = subject {
            part(group(&subject.api_version));
            part(&subject.kind);
            part(subject.namespace.as_deref().unwrap_or(""));
            part(&subject.name);
        }
        part(container.unwrap_or(""));
        part(detail);
        let digest = hash.finalize();
        let mut short = [0; 16];
        short.copy_from_slice(&digest[..16]);
        Self(short)
    }
}

/// Without the version: an object keeps its findings when its manifest moves from v1beta1 to v1.
fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        // At once: a large report has hundreds of thousands of these.
        let mut text = String::with_capacity(2 * self.0.len());
        for byte in self.0 {
            text.push(char::from(DIGITS[usize::from(byte >> 4)]));
            text.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
        f.write_str(&text)
    }
}
