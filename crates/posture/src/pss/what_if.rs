//! What would happen if a level were enforced: which workloads of which namespaces block it, and
//! for which fields.

use std::collections::BTreeMap;

use kordon_model::PodView;

use super::{Standard, Violation};

/// One workload, with all the pods that its object describes.
#[derive(Clone, Copy, Debug)]
pub struct Workload<'p, 't> {
    /// Empty where the manifest does not say.
    pub namespace: &'t str,
    pub pods: &'p [PodView<'t>],
}

/// A workload that stands in the way.
#[derive(Clone, Debug)]
pub struct Blocking<'p, 't> {
    /// Its place in the list of workloads.
    pub workload_idx: usize,
    /// Each pod that violates something, with what it violates.
    pub pods: Vec<(&'p PodView<'t>, Vec<Violation<'t>>)>,
}

/// One namespace under a level.
#[derive(Clone, Debug)]
pub struct NamespaceForecast<'p, 't> {
    pub namespace: &'t str,
    pub n_workloads: usize,
    pub blocking: Vec<Blocking<'p, 't>>,
    /// Workloads with fields of a wrong type, by their place in the list: the API server refuses
    /// them at every level, so nothing can be said of this one.
    pub unjudged: Vec<usize>,
}

impl NamespaceForecast<'_, '_> {
    /// Whether the level can be enforced today.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.blocking.is_empty() && self.unjudged.is_empty()
    }
}

/// Namespaces by name, workloads in the order given.
#[must_use]
pub fn forecast<'p, 't>(
    standard: &Standard,
    workloads: &[Workload<'p, 't>],
) -> Vec<NamespaceForecast<'p, 't>> {
    let mut namespaces: BTreeMap<&'t str, NamespaceForecast<'p, 't>> = BTreeMap::new();
    for (workload_idx, workload) in workloads.iter().enumerate() {
        let namespace = workload.namespace;
        let forecast = namespaces.entry(namespace).or_insert_with(|| NamespaceForecast {
            namespace,
            n_workloads: 0,
            blocking: Vec::new(),
            unjudged: Vec::new(),
        });
        forecast.n_workloads += 1;
        if workload.pods.iter().any(|pod| !pod.malformed().is_empty()) {
            forecast.unjudged.push(workload_idx);
        }
        let pods: Vec<_> = workload
            .pods
            .iter()
            .map(|pod| (pod, standard.violations(pod)))
            .filter(|(_, violations)| !violations.is_empty())
            .collect();
        if !pods.is_empty() {
            forecast.blocking.push(Blocking { workload_idx, pods });
        }
    }
    namespaces.into_values().collect()
}
