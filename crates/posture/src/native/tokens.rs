//! Pods that get the token of their ServiceAccount: the account, which may be in another document,
//! has a say in it.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use foldhash::fast::FixedState;
use kordon_finding::{
    Edit, EditValue, Evidence, Finding, Fingerprint, Fix, Location, Rule, Safety, Subject,
};
use kordon_model::{NodeRef, PodView};
use serde_json::Value;

use crate::check::Subjects;

const FIELD: &str = "automountServiceAccountToken";

/// Pods that do not refuse the token, and accounts that do.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    mounts: Vec<Mount>,
    /// Namespace (as written) and name of ServiceAccounts whose pods get no token unless they ask.
    silent: BTreeSet<(Box<str>, Box<str>)>,
    /// The objects of a scan have the same fields.
    fixes: HashMap<Box<str>, (Arc<str>, Arc<Fix>), FixedState>,
}

#[derive(Debug)]
struct Mount {
    subject: Arc<Subject>,
    location: Location,
    account: Box<str>,
    /// The pod asks for the token, whatever the account says.
    is_asked: bool,
    /// Of several pods of one object.
    is_one_of_several: bool,
    fix: Arc<Fix>,
}

impl Tokens {
    pub(super) fn note(&mut self, subjects: &Subjects<'_>) {
        let object = subjects.object;
        if object.is("", "ServiceAccount") {
            let is_off = object.root().get(FIELD).and_then(NodeRef::as_bool) == Some(false);
            if is_off && let Some(name) = object.name() {
                self.silent.insert((namespace(&subjects.subject), name.into()));
            }
        }
        for pod in subjects.pods {
            let automount = pod.get(FIELD).and_then(NodeRef::as_bool);
            if automount != Some(false) {
                self.mount(subjects, pod, automount.is_some());
            }
        }
    }

    fn mount(&mut self, subjects: &Subjects<'_>, pod: &PodView<'_>, is_asked: bool) {
        let path = pod.path_of(FIELD);
        let position = subjects.object.locate(&path).position();
        let path = path.to_string();
        let (path, fix) = match self.fixes.get(&*path) {
            Some(known) => known.clone(),
            None => self
                .fixes
                .entry(path.clone().into())
                .or_insert((path.clone().into(), fix(&path)))
                .clone(),
        };
        let (file, line, column) = (Arc::clone(&subjects.file), position.line, position.column);
        self.mounts.push(Mount {
            subject: Arc::clone(&subjects.subject),
            location: Location { file, line, column, path },
            account: pod.service_account_name().into(),
            is_asked,
            is_one_of_several: subjects.pods.len() > 1,
            fix,
        });
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.mounts.extend(other.mounts);
        self.silent.extend(other.silent);
    }

    pub(super) fn judge<'s>(&'s self, rule: &'s Arc<Rule>) -> impl Iterator<Item = Finding> + 's {
        let mounts = self.mounts.iter().filter(|mount| mount.is_asked || !self.is_silent(mount));
        mounts.map(|mount| finding(rule, mount))
    }

    fn is_silent(&self, mount: &Mount) -> bool {
        !self.silent.is_empty()
            && self.silent.contains(&(namespace(&mount.subject), mount.account.clone()))
    }
}

fn namespace(subject: &Subject) -> Box<str> {
    subject.namespace.clone().unwrap_or_default()
}

fn fix(path: &str) -> Arc<Fix> {
    let edit = Edit { path: path.into(), value: EditValue::Set(Value::Bool(false)) };
    Arc::new(Fix { safety: Safety::Review, edits: vec![edit] })
}

fn finding(rule: &Arc<Rule>, mount: &Mount) -> Finding {
    let path = Arc::clone(&mount.location.path);
    let value = if mount.is_asked { Value::Bool(true) } else { Value::Null };
    let detail = if mount.is_one_of_several { &*mount.location.path } else { "" };
    let message = format!(
        "every container gets the token of ServiceAccount {}, and nothing says that it needs it",
        mount.account
    );
    Finding {
        rule: Arc::clone(rule),
        severity: rule.severity,
        subject: Some(Arc::clone(&mount.subject)),
        container: None,
        principal: None,
        location: mount.location.clone(),
        evidence: vec![Evidence { path: Arc::clone(&path), value }],
        message: message.into(),
        fix: Some(Arc::clone(&mount.fix)),
        excepted: None,
        fingerprint: Fingerprint::new(&rule.id, Some(&mount.subject), None, detail),
    }
}
