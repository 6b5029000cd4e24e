//! Field paths of check files: where the judge has to look, in the words of the subject variables.

use std::fmt;

use thiserror::Error;

/// `container.ports[].hostPort`, parsed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PathTemplate {
    pub root: Root,
    pub steps: Vec<Step>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Root {
    Object,
    Pod,
    Container,
    /// What `each` stands at.
    Item,
    /// The hits of the credential detectors.
    Credentials,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    Key(Box<str>),
    Index(u32),
    /// `[]`: each item of a list.
    Items,
    /// `{}`: each value of a map.
    Values,
}

#[derive(Error, Clone, PartialEq, Eq, Debug)]
pub enum PathError {
    #[error("a path begins with object, pod, container, item or credentials, not `{0}`")]
    Root(Box<str>),
    #[error("`{0}` is no path: {1}")]
    Syntax(Box<str>, &'static str),
}

const ROOTS: [(&str, Root); 5] = [
    ("object", Root::Object),
    ("pod", Root::Pod),
    ("container", Root::Container),
    ("item", Root::Item),
    ("credentials", Root::Credentials),
];

impl PathTemplate {
    pub fn parse(text: &str) -> Result<Self, PathError> {
        let end = text.find(['.', '[', '{']).unwrap_or(text.len());
        let (first, mut rest) = text.split_at(end);
        let root = ROOTS.iter().find(|(name, _)| *name == first);
        let (_, root) = root.ok_or_else(|| PathError::Root(first.into()))?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, after) =
                next(rest).map_err(|reason| PathError::Syntax(text.into(), reason))?;
            steps.push(step);
            rest = after;
        }
        Ok(Self { root: *root, steps })
    }

    /// The keys and indexes before the first `[]` or `{}`.
    #[must_use]
    pub fn has_wildcard(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Items | Step::Values))
    }
}

fn next(rest: &str) -> Result<(Step, &str), &'static str> {
    if let Some(after) = rest.strip_prefix("[]") {
        return Ok((Step::Items, after));
    }
    if let Some(after) = rest.strip_prefix("{}") {
        return Ok((Step::Values, after));
    }
    if let Some(after) = rest.strip_prefix("[\"") {
        let (key, after) = after.split_once("\"]").ok_or("a quoted key is not closed")?;
        return Ok((Step::Key(key.into()), after));
    }
    if let Some(after) = rest.strip_prefix('[') {
        let (index, after) = after.split_once(']').ok_or("`]` is missing")?;
        let index = index.parse().map_err(|_error| "an index is a number")?;
        return Ok((Step::Index(index), after));
    }
    let after = rest.strip_prefix('.').ok_or("a `.` or `[` must follow")?;
    let end = after.find(['.', '[', '{']).unwrap_or(after.len());
    match after.split_at(end) {
        ("", _) => Err("a key is missing"),
        (key, after) => Ok((Step::Key(key.into()), after)),
    }
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let root = ROOTS.iter().find(|(_, root)| *root == self.root);
        f.write_str(root.map_or("", |(name, _)| name))?;
        for step in &self.steps {
            match step {
                Step::Key(key) if key.contains(['.', '[', '{', '/']) => write!(f, "[\"{key}\"]")?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Items => f.write_str("[]")?,
                Step::Values => f.write_str("{}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<(), &str>) {
        match (PathTemplate::parse(text), expected) {
            (Ok(path), Ok(())) => assert_eq!(path.to_string(), text),
            (Err(error), Err(message)) => assert_eq!(error.to_string(), message),
            (found, _) => panic!("{text}: {found:?}"),
        }
    }

    #[test]
    fn paths_print_as_they_are_written() {
        check("item", Ok(()));
        check("container.security.privileged", Ok(()));
        check("pod.volumes[].projected.sources[]", Ok(()));
        check(r#"object.metadata.annotations["a.b/c"]"#, Ok(()));
        check("object.data{}", Ok(()));
        check("object.items[3]", Ok(()));
        let roots = "a path begins with object, pod, container, item or credentials, not `spec`";
        check("spec.containers", Err(roots));
        check("pod..x", Err("`pod..x` is no path: a key is missing"));
        check("pod[x]", Err("`pod[x]` is no path: an index is a number"));
    }
}
