//! A check file as it was read: what it says of itself, and its logic, not yet compiled.

mod fix;
mod read;
mod settings;

use std::sync::Arc;

use kordon_base::Position;
use kordon_finding::{Rule, Severity};

use super::{PathTemplate, Template};

pub(crate) use read::json;

pub use fix::{EditAction, EditTemplate, EditTemplateValue, FixTemplate};
pub use settings::{SettingDeclaration, SettingType, SettingValue};

/// What a check is asked of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SubjectKind {
    /// Every object, or those of some kinds.
    Object,
    /// Every pod, whatever the kind around it.
    Pod,
    /// Every container of every pod.
    Container,
}

impl SubjectKind {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::Pod => "pod",
            Self::Container => "container",
        }
    }
}

/// A group of checks that a user asks for as a whole.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Profile {
    Security,
    Reliability,
}

/// `Service`, `apps/Deployment`; every group where none is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KindPattern {
    pub group: Option<Box<str>>,
    pub kind: Box<str>,
}

#[derive(Clone, Debug)]
pub struct CheckDocument {
    /// What findings show.
    pub rule: Arc<Rule>,
    /// The file that it stands in.
    pub file: Arc<str>,
    pub profile: Profile,
    /// Whether it runs without being asked for by name.
    pub enabled: bool,
    pub why: Box<str>,
    pub attack: Box<str>,
    /// `(peer, alias)`, as `(trivy, KSV-0017)`.
    pub aliases: Vec<(Box<str>, Box<str>)>,
    /// Ids of checks whose finding of the same cause makes one of this check superfluous.
    pub covered_by: Vec<Expr>,
    pub settings: Vec<SettingDeclaration>,
    pub logic: Logic,
}

#[derive(Clone, Debug)]
pub enum Logic {
    /// Questions, each of which can give findings.
    Cel(Vec<CelLogic>),
    /// Name of an analyser of the program.
    Native(Expr),
}

/// A text of the file with its place, for messages about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expr {
    pub text: Box<str>,
    /// The field: `fails`.
    pub field: Box<str>,
    pub position: Position,
}

#[derive(Clone, Debug)]
pub struct CelLogic {
    pub subject: SubjectKind,
    /// Empty: all.
    pub kinds: Vec<KindPattern>,
    pub variables: Vec<(Box<str>, Expr)>,
    pub each: Option<PathTemplate>,
    pub fails: Expr,
    pub at: Option<PathTemplate>,
    pub evidence: Vec<PathTemplate>,
    pub together: Together,
    pub key: Option<Expr>,
    pub message: Template,
    pub severity_when: Vec<(Expr, Severity)>,
    pub fix: Option<FixTemplate>,
}

/// Whether the failing items of one subject are one finding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Together {
    No,
    Yes,
}

impl CheckDocument {
    /// `POD` of `POD-001`.
    #[must_use]
    pub fn family(&self) -> &str {
        self.rule.id.split('-').next().unwrap_or_default()
    }
}

impl KindPattern {
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text.rsplit_once('/') {
            Some((group, kind)) => Self { group: Some(group.into()), kind: kind.into() },
            None => Self { group: None, kind: text.into() },
        }
    }

    #[must_use]
    pub fn matches(&self, group: &str, kind: &str) -> bool {
        *self.kind == *kind && self.group.as_deref().is_none_or(|own| own == group)
    }
}
