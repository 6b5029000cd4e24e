//! A container's image reference in its parts.

use std::borrow::Cow;

use kordon_cel::{Fields, Str, Value};
use kordon_model::ImageRef;

use super::{all_fields, text};

#[derive(Debug)]
pub(super) struct ImageSubject<'a> {
    text: &'a str,
    /// Absent where the text is no image reference.
    parsed: Option<Parsed<'a>>,
}

#[derive(Debug)]
struct Parsed<'a> {
    image: ImageRef<'a>,
    registry: Cow<'a, str>,
    repository: Cow<'a, str>,
    digest: Option<&'a str>,
}

impl<'a> ImageSubject<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let parsed = match ImageRef::parse(text) {
            Err(_) => None,
            Ok(image) => Some(Parsed {
                registry: image.registry(),
                repository: image.repository(),
                digest: image.digest().and_then(|_| text.split_once('@')).map(|(_, digest)| digest),
                image,
            }),
        };
        Self { text, parsed }
    }

    fn is_latest(&self) -> bool {
        let Some(parsed) = &self.parsed else { return false };
        parsed.image.effective_tag() == Some("latest")
    }
}

fn part<'a>(text: Option<&'a Cow<'_, str>>) -> Value<'a> {
    Value::String(Str::Borrowed(text.map_or("", |text| text)))
}

impl Fields for ImageSubject<'_> {
    fn field(&self, name: &str) -> Option<Value<'_>> {
        let parsed = self.parsed.as_ref();
        Some(match name {
            "text" => Value::str(self.text),
            "valid" => Value::Bool(parsed.is_some()),
            "registry" => part(parsed.map(|parsed| &parsed.registry)),
            "repository" => part(parsed.map(|parsed| &parsed.repository)),
            "tag" => text(parsed.and_then(|parsed| parsed.image.tag())),
            "digest" => text(parsed.and_then(|parsed| parsed.digest)),
            "pinned" => Value::Bool(parsed.is_some_and(|parsed| parsed.image.is_pinned())),
            "latest" => Value::Bool(self.is_latest()),
            _ => return None,
        })
    }

    all_fields!("text", "valid", "registry", "repository", "tag", "digest", "pinned", "latest");
}
