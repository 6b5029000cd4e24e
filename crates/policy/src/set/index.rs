//! Which groups of policies may match a resource.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use kordon_model::resources::Resources;

use crate::{
    SubjectKind,
    document::{MatchPolicy, MatchResources},
};

/// A resource that a policy may match; `*` stands for any.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Key {
    Resource(Box<str>, Box<str>),
    /// Every object with a pod template.
    PodTemplate,
    Any,
}

/// An API group, and the groups of policies that may match the resource in it.
type InApiGroup = (Box<str>, Vec<u32>);

#[derive(Default, Debug)]
pub(crate) struct Index {
    by_plural: HashMap<Box<str>, Vec<InApiGroup>, FixedState>,
    pod_template: Vec<u32>,
    any: Vec<u32>,
}

/// The keys of what a policy matches, sorted; equal keys may share a plan.
pub(super) fn keys(
    subject: SubjectKind,
    matches: Option<&MatchResources>,
    resources: &Resources,
) -> Vec<Key> {
    if subject == SubjectKind::Pod {
        return vec![Key::PodTemplate];
    }
    let Some(matches) = matches.filter(|matches| !matches.rules.is_empty()) else {
        return vec![Key::Any];
    };
    let mut found = Vec::new();
    for rule in &matches.rules {
        for pattern in &rule.resources {
            for group in &rule.groups {
                push(&mut found, (group, &pattern.resource), matches.match_policy, resources);
            }
        }
    }
    found.sort();
    found.dedup();
    if found.contains(&Key::Any) {
        return vec![Key::Any];
    }
    found
}

fn push(
    found: &mut Vec<Key>,
    (group, plural): (&str, &str),
    policy: MatchPolicy,
    resources: &Resources,
) {
    if group == "*" || plural == "*" {
        found.push(Key::Any);
        return;
    }
    found.push(Key::Resource(group.into(), plural.into()));
    if policy == MatchPolicy::Equivalent {
        let others = resources.equivalents(group, plural).into_iter();
        found.extend(others.map(|other| Key::Resource(other.group.into(), other.plural.into())));
    }
}

impl Index {
    pub(super) fn insert(&mut self, key: &Key, group: u32) {
        match key {
            Key::PodTemplate => self.pod_template.push(group),
            Key::Any => self.any.push(group),
            Key::Resource(api_group, plural) => {
                let rows = self.by_plural.entry(plural.clone()).or_default();
                match rows.iter_mut().find(|(known, _)| known == api_group) {
                    Some((_, groups)) => groups.push(group),
                    None => rows.push((api_group.clone(), vec![group])),
                }
            }
        }
    }

    /// Groups that may match the resource `(group, plural)` itself.
    pub(crate) fn of_resource(&self, group: &str, plural: &str) -> impl Iterator<Item = u32> {
        let rows = self.by_plural.get(plural).map_or(&[][..], Vec::as_slice);
        let exact = rows.iter().find(|(known, _)| **known == *group);
        exact.map_or(&[][..], |(_, groups)| groups).iter().chain(&self.any).copied()
    }

    /// Groups that judge every pod template.
    pub(crate) fn of_pod_templates(&self) -> &[u32] {
        &self.pod_template
    }
}
