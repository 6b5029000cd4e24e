//! Which workloads run under which ServiceAccount, gathered over all objects of a scan.

use std::{collections::BTreeMap, sync::Arc};

use kordon_finding::{Evidence, Finding, Fingerprint, Location, Rule, Subject};

use super::{Analyser, tokens::Tokens};
use crate::check::{CheckSet, Subjects, owner_kind};

/// Users of each ServiceAccount, by namespace (as written) and name. Small: some hundred bytes for
/// each workload that names an account of its own.
#[derive(Debug, Default)]
pub struct Workloads {
    users: BTreeMap<(Box<str>, Box<str>), Vec<User>>,
    tokens: Tokens,
}

#[derive(Debug)]
struct User {
    subject: Arc<Subject>,
    location: Location,
}

/// Shared by design; the check on the default account speaks of it.
const DEFAULT: &str = "default";

impl Workloads {
    pub(crate) fn note(&mut self, subjects: &Subjects<'_>) {
        self.tokens.note(subjects);
        self.note_user(subjects);
    }

    fn note_user(&mut self, subjects: &Subjects<'_>) {
        // The object that made it is judged where it is there, and is the one to change.
        let Some(pod) = subjects.pods.first() else { return };
        let name = pod.service_account_name();
        if name == DEFAULT || owner_kind(subjects.object).is_some() {
            return;
        }
        let key = match pod.get("serviceAccountName") {
            Some(_) => "serviceAccountName",
            None => "serviceAccount",
        };
        let path = pod.path_of(key);
        let position = subjects.object.locate(&path).position();
        let namespace = subjects.subject.namespace.clone().unwrap_or_default();
        let user = User {
            subject: Arc::clone(&subjects.subject),
            location: Location {
                file: Arc::clone(&subjects.file),
                line: position.line,
                column: position.column,
                path: path.to_string().into(),
            },
        };
        self.users.entry((namespace, name.into())).or_default().push(user);
    }

    /// What the threads of a scan have seen, as one.
    #[must_use]
    pub fn merge(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for part in parts {
            for (account, users) in part.users {
                all.users.entry(account).or_default().extend(users);
            }
            all.tokens.merge(part.tokens);
        }
        all
    }

    /// The findings of the checks that ask about several workloads.
    #[must_use]
    pub fn judge(&self, set: &CheckSet) -> Vec<Finding> {
        let mut findings = Vec::new();
        if let Some(rule) = set.native_rule(Analyser::AutomountedToken) {
            findings.extend(self.tokens.judge(rule));
        }
        if let Some(rule) = set.native_rule(Analyser::SharedServiceAccount) {
            self.judge_users(rule, &mut findings);
        }
        findings
    }

    fn judge_users(&self, rule: &Arc<Rule>, findings: &mut Vec<Finding>) {
        for ((_, account), users) in &self.users {
            let mut subjects: Vec<&Subject> = users.iter().map(|user| &*user.subject).collect();
            subjects.sort_unstable();
            subjects.dedup();
            if subjects.len() > 1 {
                findings.extend(users.iter().map(|user| shared(rule, account, user, &subjects)));
            }
        }
    }
}

fn shared(rule: &Arc<Rule>, account: &str, user: &User, subjects: &[&Subject]) -> Finding {
    let others: Vec<_> = subjects
        .iter()
        .filter(|subject| ***subject != *user.subject)
        .map(|subject| format!("{}/{}", subject.kind, subject.name))
        .collect();
    let shown = others.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    let more = match others.len() {
        0..=3 => String::new(),
        n => format!(" and {} more", n - 3),
    };
    let path = Arc::clone(&user.location.path);
    Finding {
        rule: Arc::clone(rule),
        severity: rule.severity,
        subject: Some(Arc::clone(&user.subject)),
        container: None,
        principal: None,
        location: user.location.clone(),
        evidence: vec![Evidence { path, value: account.into() }],
        message: format!("ServiceAccount {account} is also that of {shown}{more}").into(),
        fix: None,
        excepted: None,
        fingerprint: Fingerprint::new(&rule.id, Some(&user.subject), None, ""),
    }
}
