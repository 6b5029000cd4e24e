//! The Pod Security Standards over a stream of objects: findings and coverage of each, and the
//! forecast of what enforcing the level would stop.

use std::{collections::BTreeMap, sync::Arc};

use kordon_finding::{Coverage, State};
use kordon_model::{Object, PodKinds, PodView, find_pods};
use kordon_posture::{
    Subjects,
    pss::{
        Exemptions, Forecast, NamespaceForecast, NamespacePolicy, Place, Standard, Violation,
        finding,
    },
};

use crate::{Assessed, guarded, malformed, object_entry, subject};

/// What a run asks.
#[derive(Debug)]
pub struct PodSecurity {
    pub standard: Standard,
    /// Custom resources that have pods, by the user's configuration.
    pub pod_kinds: PodKinds,
    pub exemptions: Exemptions,
}

/// Asks about objects on one thread.
#[derive(Debug)]
pub struct PodSecurityAssessment<'a> {
    asked: &'a PodSecurity,
    forecast: Forecast,
}

impl PodSecurity {
    #[must_use]
    pub fn start(&self) -> PodSecurityAssessment<'_> {
        PodSecurityAssessment { asked: self, forecast: Forecast::default() }
    }

    /// By namespace; empty text where manifests name none.
    #[must_use]
    pub fn finish<'a>(
        &'a self,
        parts: impl IntoIterator<Item = PodSecurityAssessment<'a>>,
    ) -> BTreeMap<Box<str>, NamespaceForecast> {
        let mut forecast = Forecast::default();
        for part in parts {
            forecast.merge(part.forecast);
        }
        forecast.finish()
    }
}

impl PodSecurityAssessment<'_> {
    pub fn assess(&mut self, object: Object<'_>, file: &Arc<str>) -> Assessed {
        guarded(object, file, || self.judge(object, file)).unwrap_or_else(|unjudged| unjudged)
    }

    fn judge(&mut self, object: Object<'_>, file: &Arc<str>) -> Assessed {
        if object.is("", "Namespace") {
            self.forecast.add_namespace(object);
            let coverage = unreadable_labels(object, file);
            return Assessed { findings: Vec::new(), coverage };
        }
        let mut pods = find_pods(object, &self.asked.pod_kinds);
        let exemptions = &self.asked.exemptions;
        pods.retain(|pod| exemptions.find(pod, object.namespace(), None).is_none());
        if pods.is_empty() {
            return Assessed::default();
        }
        let subjects =
            Subjects { object, pods: &pods, subject: subject(object), file: Arc::clone(file) };
        let standard = &self.asked.standard;
        let judged: Vec<(&PodView<'_>, Vec<Violation<'_>>)> =
            pods.iter().map(|pod| (pod, standard.violations(pod))).collect();
        let level_version = standard.level_version();
        let place = Place { subject: &subjects.subject, file };
        let of_pod = |(pod, violations): &(&PodView<'_>, Vec<Violation<'_>>)| -> Vec<_> {
            violations.iter().map(|one| finding(pod, one, level_version, place)).collect()
        };
        let findings = judged.iter().flat_map(of_pod).collect();
        let pairs = judged.iter().map(|(pod, violations)| (*pod, violations.as_slice()));
        self.forecast.add(&subjects.subject, object, pairs);
        Assessed { findings, coverage: malformed(&subjects) }
    }
}

/// The API server refuses a Namespace whose labels it cannot read.
fn unreadable_labels(namespace: Object<'_>, file: &Arc<str>) -> Vec<Coverage> {
    let (_, errors) = NamespacePolicy::of_namespace(namespace, NamespacePolicy::DEFAULT);
    let name = namespace.display_name();
    let entries = errors.iter().map(|error| {
        let label =
            namespace.metadata().and_then(|metadata| metadata.get("labels")?.get(error.label));
        let node = label.unwrap_or_else(|| namespace.root());
        object_entry(node, file, State::Partial, format!("Namespace/{name}: {error}"))
    });
    entries.collect()
}
