//! Objects in, findings out.
//!
//! First every check is asked, which gives hits; then hits that another hit makes superfluous go;
//! only what is left is turned to findings, with places, messages and fixes.

mod ask;
mod build;
mod cover;
mod item;
mod place;
mod texts;

use std::sync::Arc;

use kordon_cel::{Limits, Session, Value};
use kordon_finding::{Coverage, Covered, Finding, State, Subject};
use kordon_model::{CredentialHit, Object, PodView};

use super::{
    CheckSet,
    subject::{CredentialSubject, Kubernetes, PodSubject, Views},
};
use crate::native::Workloads;
use ask::{Asker, Trouble};
use texts::Texts;

/// One object and what was read of it.
#[derive(Clone, Debug)]
pub struct Subjects<'a> {
    pub object: Object<'a>,
    pub pods: &'a [PodView<'a>],
    /// Who the findings are about.
    pub subject: Arc<Subject>,
    /// The file as findings name it.
    pub file: Arc<str>,
}

/// What other engines found in the object.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    pub credentials: &'a [CredentialHit],
}

#[derive(Debug, Default)]
pub struct Judged {
    pub findings: Vec<Finding>,
    /// Checks that could not be asked about this object.
    pub coverage: Vec<Coverage>,
}

/// Asks the checks of a set about one object after the other. One for each thread: it keeps the
/// texts that findings share.
#[derive(Debug)]
pub struct Judge<'s> {
    set: &'s CheckSet,
    texts: Texts,
    workloads: Workloads,
}

/// A check's evaluation on one object: far above what any check of ours needs, and milliseconds.
const LIMITS: Limits = Limits { cost: 100_000_000, expression: u64::MAX, iterations: 10_000_000 };

impl<'s> Judge<'s> {
    #[must_use]
    pub fn new(set: &'s CheckSet) -> Self {
        Self { set, texts: Texts::default(), workloads: Workloads::default() }
    }

    pub fn judge(&mut self, subjects: &Subjects<'_>, facts: &Facts<'_>) -> Judged {
        self.note_workloads(subjects);
        let views = Views {
            pods: subjects.pods.iter().map(PodSubject::new).collect(),
            credentials: facts.credentials.iter().map(|hit| CredentialSubject { hit }).collect(),
            kubernetes: Kubernetes { minor: self.set.kubernetes.minor },
        };
        let session = Session::new(&self.set.plan, LIMITS, None);
        let mut asker = Asker::new(self.set, subjects, &views, session);
        asker.ask_all();
        let Asker { hits, troubles, session, .. } = asker;
        let hits = cover::uncovered(self.set, hits);
        let mut builder = build::Builder {
            set: self.set,
            subjects,
            views: &views,
            session,
            texts: &mut self.texts,
            troubles,
            findings: Vec::with_capacity(hits.len()),
            bound: None,
        };
        builder.build_all(&hits);
        let build::Builder { findings, troubles, .. } = builder;
        let coverage = troubles.iter().map(|trouble| self.unassessed(subjects, trouble)).collect();
        Judged { findings, coverage }
    }

    /// What was seen of the workloads so far, for checks that ask about several objects.
    #[must_use]
    pub fn finish(self) -> Workloads {
        self.workloads
    }

    fn note_workloads(&mut self, subjects: &Subjects<'_>) {
        if self.set.index.wants_workloads {
            self.workloads.note(subjects);
        }
    }

    fn unassessed(&self, subjects: &Subjects<'_>, trouble: &Trouble) -> Coverage {
        let root = subjects.object.root();
        let position = root.tree().source().position(root.span().start);
        Coverage {
            what: Covered::Check,
            file: Some(Arc::clone(&subjects.file)),
            line: position.line,
            column: position.column,
            id: Some(Arc::from(&*self.set.checks[trouble.check].rule.id)),
            state: State::NotAssessed,
            reason: format!("{}: {}", subjects.subject, trouble.reason).into(),
        }
    }
}

/// The text of a value in a message.
fn display(value: &Value<'_>, text: &mut String) {
    use std::fmt::Write as _;
    let written = match value {
        Value::Null => write!(text, "null"),
        Value::Bool(value) => write!(text, "{value}"),
        Value::Int(value) => write!(text, "{value}"),
        Value::Uint(value) => write!(text, "{value}"),
        Value::Double(value) => write!(text, "{value}"),
        Value::String(value) => write!(text, "{value}"),
        Value::List(list) => {
            for (idx, item) in list.iter().enumerate() {
                if idx > 0 {
                    text.push_str(", ");
                }
                display(&item, text);
            }
            Ok(())
        }
        other => write!(text, "{}", other.type_of()),
    };
    written.expect("writing to a string cannot fail");
}
