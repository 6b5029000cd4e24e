//! The words of reports for people, in the languages that kordon speaks: one file of words each.

/// What is written in for a name in braces.
type Value<'a> = (&'a str, &'a dyn std::fmt::Display);

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Language {
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    fn words(self) -> &'static str {
        match self {
            Self::English => include_str!("../lang/en.txt"),
            Self::Chinese => include_str!("../lang/zh.txt"),
        }
    }

    /// The text of a key with the values filled in. A report has few texts, so none is kept parsed.
    #[must_use]
    pub fn text(self, key: &str, values: &[Value<'_>]) -> String {
        let mut text = lookup(self.words(), key)
            .expect("a test holds the keys of the program against the files")
            .to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), &value.to_string());
        }
        text
    }
}

fn entries(words: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = words.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" = "))
}

fn lookup(words: &'static str, key: &str) -> Option<&'static str> {
    entries(words).find(|(name, _)| *name == key).map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placeholders(text: &str) -> Vec<&str> {
        let opened = text.split('{').skip(1);
        let mut names: Vec<_> = opened.filter_map(|rest| rest.split('}').next()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn every_language_has_every_text_with_the_same_values() {
        let keys = |language: Language| -> Vec<_> {
            entries(language.words()).map(|(key, text)| (key, placeholders(text))).collect()
        };
        assert_eq!(keys(Language::English), keys(Language::Chinese));
    }

    #[test]
    fn values_are_filled_in() {
        let text = Language::Chinese.text("count.high", &[("n", &3)]);
        assert_eq!(text, "3 个高危");
    }
}
