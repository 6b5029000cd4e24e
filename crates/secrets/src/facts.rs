//! The walk over an object: which of its texts are tested, and under which names.

mod annotation;
mod container;
mod data;

use kordon_model::{CredentialHit, CredentialPlace, FieldPath, NodeRef, Object, PodView};

use crate::Detection;

/// Credentials that stand in an object in plain text, in the order in which they are met. `pods`
/// are the pods of this object.
#[must_use]
pub fn facts(object: Object<'_>, pods: &[PodView<'_>]) -> Vec<CredentialHit> {
    let mut hits = Hits::default();
    match (object.group(), object.kind()) {
        ("", "Secret") => {
            data::secret(object, &mut hits);
            return hits.hits;
        }
        ("", "ConfigMap") => data::config_map(object, &mut hits),
        _ => {}
    }
    for pod in pods {
        for view in pod.containers() {
            container::environment(view, &mut hits);
            container::arguments(view, &mut hits);
        }
    }
    annotation::of_object(object, &mut hits);
    for pod in pods.iter().filter(|pod| pod.metadata().is_some()) {
        annotation::of_pod(pod, &mut hits);
    }
    hits.hits
}

/// What was found so far. A text with a hundred passwords is one place to mend, so each place has
/// few hits at most, and of each kind one.
#[derive(Default)]
struct Hits<'t> {
    hits: Vec<CredentialHit>,
    /// Texts that are known to hold a credential: the annotation that repeats one is no second
    /// cause.
    known: Vec<&'t str>,
}

/// Where a text stands.
struct Spot<'a, 't> {
    place: CredentialPlace,
    node: NodeRef<'t>,
    container: Option<&'a str>,
    name: &'a str,
}

const MAX_PER_SPOT: usize = 4;

impl<'t> Hits<'t> {
    fn add(
        &mut self,
        spot: &Spot<'_, 't>,
        found: Vec<Detection>,
        path: impl FnOnce() -> FieldPath<'t>,
    ) {
        if found.is_empty() {
            return;
        }
        self.known.extend(spot.node.as_str());
        let path = path().to_string();
        let mut seen: Vec<&str> = Vec::new();
        for detection in found {
            if seen.len() == MAX_PER_SPOT {
                break;
            }
            if seen.contains(&detection.detector) {
                continue;
            }
            seen.push(detection.detector);
            self.hits.push(CredentialHit {
                place: spot.place,
                detector: detection.detector,
                title: detection.title,
                confidence: detection.confidence,
                path: path.clone(),
                node: spot.node.id(),
                container: spot.container.map(str::to_owned),
                name: spot.name.to_owned(),
                redacted: detection.redacted,
            });
        }
    }
}

#[cfg(test)]
mod tests;
