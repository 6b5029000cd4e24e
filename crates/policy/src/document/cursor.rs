//! A place in a document and typed reading from there. Whatever is not as it should be becomes a
//! problem that names field and position, and reading goes on.

use kordon_model::{Kind, NodeRef};

use crate::problem::{Problems, did_you_mean};

#[derive(Clone)]
pub struct Cursor<'t> {
    node: NodeRef<'t>,
    path: String,
}

impl<'t> Cursor<'t> {
    pub fn root(node: NodeRef<'t>) -> Self {
        Self { node, path: String::new() }
    }

    pub fn node(&self) -> NodeRef<'t> {
        self.node
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn offset(&self) -> u32 {
        self.node.span().start
    }

    fn child_path(&self, key: &str) -> String {
        match self.path.as_str() {
            "" => key.to_owned(),
            path => format!("{path}.{key}"),
        }
    }

    pub fn error(&self, problems: &mut Problems<'t>, message: impl Into<Box<str>>) {
        problems.error(self.offset(), &self.path, message);
    }

    /// Says that a field of this object is missing.
    pub fn required(&self, key: &str, problems: &mut Problems<'t>) {
        problems.error(self.offset(), &self.child_path(key), "is required");
    }

    /// Reports every field that is not in `known`.
    pub fn only(&self, known: &[&str], problems: &mut Problems<'t>) {
        for (key, _) in self.node.entries() {
            let name = key.as_str().unwrap_or_default();
            if !known.contains(&name) {
                let hint = did_you_mean(name, known.iter().copied());
                let path = self.child_path(name);
                problems.error_with_hint(key.span().start, &path, "unknown field", hint);
            }
        }
    }

    /// The field's value; `null` is as good as absent.
    pub fn get(&self, key: &str) -> Option<Self> {
        let node = self.node.get(key).filter(|node| !node.is_null())?;
        Some(Self { node, path: self.child_path(key) })
    }

    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub fn map(&self, key: &str, problems: &mut Problems<'t>) -> Option<Self> {
        let child = self.get(key)?;
        child.is_a("an object", Kind::Map, problems).then_some(child)
    }

    pub fn text(&self, key: &str, problems: &mut Problems<'t>) -> Option<&'t str> {
        let child = self.get(key)?;
        child.as_text(problems)
    }

    pub fn as_text(&self, problems: &mut Problems<'t>) -> Option<&'t str> {
        if !self.is_a("a string", Kind::String, problems) {
            return None;
        }
        self.node.as_str()
    }

    /// A field that must be there and not be empty; blank text is empty.
    pub fn required_text(&self, key: &str, problems: &mut Problems<'t>) -> Option<&'t str> {
        match self.get(key) {
            None => {
                self.required(key, problems);
                None
            }
            Some(child) => {
                let text = child.as_text(problems)?;
                if text.trim().is_empty() {
                    child.error(problems, "must not be empty");
                    return None;
                }
                Some(text)
            }
        }
    }

    /// The items of a list; none where it is absent or no list.
    pub fn items(&self, key: &str, problems: &mut Problems<'t>) -> Vec<Self> {
        let Some(child) = self.get(key) else { return Vec::new() };
        if !child.is_a("a list", Kind::List, problems) {
            return Vec::new();
        }
        let item = |(idx, node)| Self { node, path: format!("{}[{idx}]", child.path) };
        child.node.items().enumerate().map(item).collect()
    }

    pub fn objects(&self, key: &str, problems: &mut Problems<'t>) -> Vec<Self> {
        let mut items = self.items(key, problems);
        items.retain(|item| item.is_a("an object", Kind::Map, problems));
        items
    }

    pub fn texts(&self, key: &str, problems: &mut Problems<'t>) -> Vec<Box<str>> {
        let items = self.items(key, problems);
        items.iter().filter_map(|item| item.as_text(problems)).map(Box::from).collect()
    }

    /// Entries of a map from strings to strings.
    pub fn text_entries(&self, key: &str, problems: &mut Problems<'t>) -> Vec<(&'t str, Self)> {
        let Some(child) = self.map(key, problems) else { return Vec::new() };
        let entry = |(name, node): (NodeRef<'t>, NodeRef<'t>)| {
            let name = name.as_str().unwrap_or_default();
            (name, Self { node, path: child.child_path(name) })
        };
        child.node.entries().map(entry).collect()
    }

    /// One of a fixed set of words; `None` where the field is absent or another word.
    pub fn choice<T: Copy>(
        &self,
        key: &str,
        choices: &[(&str, T)],
        problems: &mut Problems<'t>,
    ) -> Option<T> {
        let child = self.get(key)?;
        child.as_choice(choices, problems)
    }

    pub fn as_choice<T: Copy>(
        &self,
        choices: &[(&str, T)],
        problems: &mut Problems<'t>,
    ) -> Option<T> {
        let text = self.as_text(problems)?;
        let found = choices.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let words: Vec<_> = choices.iter().map(|(word, _)| *word).collect();
            let message = format!("`{text}` is not one of {}", words.join(", "));
            let hint = did_you_mean(text, words);
            problems.error_with_hint(self.offset(), &self.path, message, hint);
        }
        found.map(|(_, value)| *value)
    }

    fn is_a(&self, what: &str, kind: Kind, problems: &mut Problems<'t>) -> bool {
        let found = self.node.kind();
        let same = std::mem::discriminant(&found) == std::mem::discriminant(&kind);
        if !same {
            self.error(problems, format!("must be {what}, is {}", describe(found)));
        }
        same
    }
}

fn describe(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Bool(_) => "true or false",
        Kind::Int(_) | Kind::Float(_) => "a number",
        Kind::String => "a string",
        Kind::List => "a list",
        Kind::Map => "an object",
    }
}
