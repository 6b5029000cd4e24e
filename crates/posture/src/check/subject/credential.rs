//! A hit of the credential detectors.

use kordon_cel::{Fields, Value};
use kordon_model::CredentialHit;

use super::{all_fields, text};

#[derive(Clone, Copy, Debug)]
pub(in crate::check) struct CredentialSubject<'a> {
    pub(in crate::check) hit: &'a CredentialHit,
}

impl Fields for CredentialSubject<'_> {
    fn field(&self, name: &str) -> Option<Value<'_>> {
        let hit = self.hit;
        Some(match name {
            "place" => Value::str(hit.place.as_str()),
            "detector" => Value::str(hit.detector),
            "title" => Value::str(hit.title),
            "confidence" => Value::str(hit.confidence.as_str()),
            "container" => text(hit.container.as_deref()),
            "name" => Value::str(&hit.name),
            "redacted" => Value::str(&hit.redacted),
            _ => return None,
        })
    }

    all_fields!("place", "detector", "title", "confidence", "container", "name", "redacted");
}
