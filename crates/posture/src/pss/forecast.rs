//! What would happen if a level were enforced: which workloads of which namespaces stand in the
//! way, and for which fields.
//!
//! Objects come one after the other and on several threads, so a [`Forecast`] is filled by pieces
//! and keeps no tree.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use kordon_finding::Subject;
use kordon_model::{NodeRef, Object, PodView};

use super::{Control, LevelVersion, Mode, NamespacePolicy, Violation};

/// A field that stands in the way.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct BlockingField {
    pub control: Control,
    /// From the object's root.
    pub path: Box<str>,
}

/// A workload that stands in the way.
#[derive(Clone, Debug)]
pub struct Blocking {
    pub subject: Arc<Subject>,
    pub fields: Vec<BlockingField>,
}

/// One namespace under the level.
#[derive(Clone, Debug, Default)]
pub struct NamespaceForecast {
    pub n_workloads: usize,
    /// By kind and name.
    pub blocking: Vec<Blocking>,
    /// Workloads with fields of a wrong type: the API server refuses them at every level, so
    /// nothing can be said of this one.
    pub unjudged: Vec<Arc<Subject>>,
    /// What the labels of the namespace say today, where the Namespace is among the objects.
    pub policy: Option<NamespacePolicy>,
}

impl NamespaceForecast {
    /// Whether the level can be enforced today.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.blocking.is_empty() && self.unjudged.is_empty()
    }

    /// Whether it is enforced already.
    #[must_use]
    pub fn is_enforced(&self, level_version: LevelVersion) -> bool {
        let enforced = self.policy.map(|policy| policy.of(Mode::Enforce));
        enforced.is_some_and(|enforced| enforced.level >= level_version.level)
    }
}

/// Kind and name, in a namespace.
type Key = (Box<str>, Box<str>);

struct Seen {
    subject: Arc<Subject>,
    /// The controller that made it and would make it again.
    owner: Option<Key>,
    fields: Vec<BlockingField>,
    is_malformed: bool,
}

#[derive(Default)]
struct Collected {
    workloads: Vec<Seen>,
    policy: Option<NamespacePolicy>,
}

/// Filled object by object.
#[derive(Default)]
pub struct Forecast {
    /// By namespace; empty where manifests do not say.
    namespaces: BTreeMap<Box<str>, Collected>,
}

impl std::fmt::Debug for Forecast {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Forecast").field("n_namespaces", &self.namespaces.len()).finish()
    }
}

impl Forecast {
    /// A workload, with what each of its pods violates.
    pub fn add<'p, 't: 'p>(
        &mut self,
        subject: &Arc<Subject>,
        object: Object<'t>,
        judged: impl IntoIterator<Item = (&'p PodView<'t>, &'p [Violation<'t>])>,
    ) {
        let mut seen = Seen {
            subject: Arc::clone(subject),
            owner: controller(object),
            fields: Vec::new(),
            is_malformed: false,
        };
        for (pod, violations) in judged {
            seen.is_malformed |= !pod.malformed().is_empty();
            for violation in violations {
                seen.fields.extend(violation.fields.iter().map(|field| BlockingField {
                    control: violation.control,
                    path: field.path(pod).to_string().into(),
                }));
            }
        }
        let namespace = subject.namespace.clone().unwrap_or_default();
        self.namespaces.entry(namespace).or_default().workloads.push(seen);
    }

    /// A Namespace, whose labels say what holds in it today.
    pub fn add_namespace(&mut self, namespace: Object<'_>) {
        let Some(name) = namespace.name() else { return };
        let (policy, _errors) = NamespacePolicy::of_namespace(namespace, NamespacePolicy::DEFAULT);
        self.namespaces.entry(name.into()).or_default().policy = Some(policy);
    }

    /// What another thread collected.
    pub fn merge(&mut self, other: Self) {
        for (name, collected) in other.namespaces {
            let own = self.namespaces.entry(name).or_default();
            own.workloads.extend(collected.workloads);
            own.policy = own.policy.or(collected.policy);
        }
    }

    /// By namespace. What a controller among the objects made does not count beside it: the Pods
    /// of a Deployment are the Deployment's.
    #[must_use]
    pub fn finish(self) -> BTreeMap<Box<str>, NamespaceForecast> {
        let namespaces = self.namespaces.into_iter();
        namespaces.map(|(name, collected)| (name, finish(collected))).collect()
    }
}

fn finish(collected: Collected) -> NamespaceForecast {
    let key = |seen: &Seen| (seen.subject.kind.clone(), seen.subject.name.clone());
    let there: BTreeSet<Key> = collected.workloads.iter().map(key).collect();
    let is_made = |seen: &Seen| seen.owner.as_ref().is_some_and(|owner| there.contains(owner));
    let mut workloads: Vec<Seen> =
        collected.workloads.into_iter().filter(|seen| !is_made(seen)).collect();
    workloads.sort_by(|a, b| a.subject.cmp(&b.subject));
    let mut forecast = NamespaceForecast {
        n_workloads: workloads.len(),
        policy: collected.policy,
        ..NamespaceForecast::default()
    };
    for seen in workloads {
        if seen.is_malformed {
            forecast.unjudged.push(Arc::clone(&seen.subject));
        }
        if !seen.fields.is_empty() {
            forecast.blocking.push(Blocking { subject: seen.subject, fields: seen.fields });
        }
    }
    forecast
}

fn controller(object: Object<'_>) -> Option<Key> {
    let owners = object.metadata()?.get("ownerReferences")?;
    let is_controller =
        |owner: &NodeRef<'_>| owner.get("controller").and_then(NodeRef::as_bool) == Some(true);
    let owner = owners.items().find(is_controller)?;
    let text = |key| owner.get(key).and_then(NodeRef::as_str).map(Box::from);
    Some((text("kind")?, text("name")?))
}
