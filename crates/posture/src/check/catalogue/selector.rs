//! The words by which people call checks.

use crate::check::CheckDocument;

/// Case does not count.
pub(in crate::check) struct Selector {
    word: String,
    /// The spelling of an alias without what peers change between versions.
    alias: String,
    peer: Option<String>,
}

impl Selector {
    pub(in crate::check) fn new(word: &str) -> Self {
        let word = word.trim().to_ascii_lowercase();
        let (peer, alias) = match word.split_once(':') {
            Some((peer, alias)) => (Some(peer.to_owned()), alias),
            None => (None, &*word),
        };
        let alias = canonical(alias);
        Self { word, alias, peer }
    }

    pub(in crate::check) fn matches(&self, check: &CheckDocument) -> bool {
        let id = check.rule.id.to_ascii_lowercase();
        glob(&self.word, &id)
            || check.family().eq_ignore_ascii_case(&self.word)
            || check.rule.name.eq_ignore_ascii_case(&self.word)
            || check.aliases.iter().any(|(peer, alias)| self.is_alias(peer, alias))
    }

    fn is_alias(&self, peer: &str, alias: &str) -> bool {
        self.peer.as_deref().is_none_or(|own| own.eq_ignore_ascii_case(peer))
            && canonical(&alias.to_ascii_lowercase()) == self.alias
    }
}

/// Trivy's older spellings `AVD-KSV-0017` and `KSV017` are `KSV-0017`.
fn canonical(alias: &str) -> String {
    let short = alias.strip_prefix("avd-").unwrap_or(alias);
    for family in ["ksv", "kcv"] {
        let Some(number) = short.strip_prefix(family) else { continue };
        let number = number.strip_prefix('-').unwrap_or(number);
        if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
            return format!("{family}-{number:0>4}");
        }
    }
    alias.to_owned()
}

/// `*` stands for any text, `?` for one character.
fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(byte) if *byte == b'?' || *byte == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    p = at + 1;
                    t = from + 1;
                    star = Some((at, t));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs() {
        for (pattern, text, expected) in [
            ("pod-001", "pod-001", true),
            ("pod-*", "pod-001", true),
            ("*-00?", "pod-001", true),
            ("pod-0*1*", "pod-011", true),
            ("pod", "pod-001", false),
            ("pod-00", "pod-001", false),
            ("", "pod-001", false),
        ] {
            assert_eq!(glob(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn older_spellings() {
        for alias in ["ksv-0017", "avd-ksv-0017", "ksv017", "ksv-17"] {
            assert_eq!(canonical(alias), "ksv-0017", "{alias}");
        }
        assert_eq!(canonical("ksv"), "ksv");
        assert_eq!(canonical("avd-x"), "avd-x");
    }
}
