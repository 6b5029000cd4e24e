//! All check files that are known, ours and the user's, and the names that they go by.

mod embedded;
mod selector;

use kordon_model::NodeRef;
use kordon_policy::{Problem, Problems};

use super::CheckDocument;

pub(in crate::check) use selector::Selector;

#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    checks: Vec<CheckDocument>,
}

impl Catalogue {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The checks that are part of the program.
    #[must_use]
    pub fn builtin() -> Self {
        let mut catalogue = Self::new();
        for tree in embedded::trees() {
            catalogue
                .add(tree.root())
                .expect("the check files of the program are read by its tests");
        }
        catalogue
    }

    /// Adds a check file.
    ///
    /// # Errors
    ///
    /// Every mistake in the file; it is not added then.
    pub fn add(&mut self, root: NodeRef<'_>) -> Result<(), Vec<Problem>> {
        let check = CheckDocument::read(root)?;
        if let Some(other) = self.get(&check.rule.id) {
            let mut problems = Problems::of(root, &check.rule.id);
            let at = root.get("id").map_or(0, |id| id.span().start);
            problems.error(at, "id", format!("`{}` is taken by {}", check.rule.id, other.file));
            return Err(problems.finish());
        }
        self.checks.push(check);
        Ok(())
    }

    #[must_use]
    pub fn checks(&self) -> &[CheckDocument] {
        &self.checks
    }

    #[must_use]
    pub fn get(&self, id: &str) -> Option<&CheckDocument> {
        self.checks.iter().find(|check| *check.rule.id == *id)
    }

    /// The checks that a word stands for: an id, a name, a family, a glob or an alias of a peer.
    #[must_use]
    pub fn select(&self, word: &str) -> Vec<&CheckDocument> {
        let selector = Selector::new(word);
        self.checks.iter().filter(|check| selector.matches(check)).collect()
    }

    /// What was probably meant by a word that stands for nothing.
    #[must_use]
    pub fn hint(&self, word: &str) -> Option<Box<str>> {
        let names = self.checks.iter().flat_map(|check| [&*check.rule.id, &*check.rule.name]);
        let aliases = self.checks.iter().flat_map(|check| check.rule.aliases.iter().map(|a| &**a));
        kordon_policy::did_you_mean(word, names.chain(aliases))
    }
}
