//! References to container images, read as container runtimes read them: registry, repository, tag
//! and digest, with Docker Hub's defaults filled in only where somebody asks.
//!
//! The grammar is that of github.com/distribution/reference; digests follow the OCI image
//! specification, whose grammar is wider, so that an image pinned by any digest counts as pinned.

use std::{borrow::Cow, fmt};

use thiserror::Error;

mod digest;
mod grammar;

pub use digest::{Digest, DigestError};

/// `[registry/]repository[:tag][@digest]`, borrowed from the text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ImageRef<'a> {
    registry: Option<&'a str>,
    path: &'a str,
    tag: Option<&'a str>,
    digest: Option<Digest<'a>>,
}

#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ImageError {
    #[error("the image reference is empty")]
    Empty,
    #[error("the repository name must be lowercase")]
    Uppercase,
    #[error("64 hexadecimal characters are an image id, not a repository name")]
    ImageId,
    #[error("invalid registry")]
    Registry,
    #[error("invalid repository name")]
    Repository,
    #[error("the repository name is longer than 255 characters")]
    TooLong,
    #[error("invalid tag")]
    Tag,
    #[error(transparent)]
    Digest(#[from] DigestError),
}

/// What a runtime pulls from when the reference names no registry.
pub const DEFAULT_REGISTRY: &str = "docker.io";
const LEGACY_DEFAULT_REGISTRY: &str = "index.docker.io";
const OFFICIAL_NAMESPACE: &str = "library";
const DEFAULT_TAG: &str = "latest";
const MAX_REPOSITORY: usize = 255;

impl<'a> ImageRef<'a> {
    pub fn parse(text: &'a str) -> Result<Self, ImageError> {
        if text.is_empty() {
            return Err(ImageError::Empty);
        }
        if grammar::is_image_id(text) {
            return Err(ImageError::ImageId);
        }
        let (name, digest) = match text.split_once('@') {
            Some((name, digest)) => (name, Some(digest)),
            None => (text, None),
        };
        let (registry, rest) = split_registry(name);
        let (path, tag) = match rest.split_once(':') {
            Some((path, tag)) => (path, Some(tag)),
            None => (rest, None),
        };
        let image = Self { registry, path, tag, digest: None };
        image.check()?;
        Ok(Self { digest: digest.map(Digest::parse).transpose()?, ..image })
    }

    fn check(&self) -> Result<(), ImageError> {
        if self.registry.is_some_and(|registry| !grammar::is_registry(registry)) {
            return Err(ImageError::Registry);
        }
        if self.path.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(ImageError::Uppercase);
        }
        if !grammar::is_repository(self.path) {
            return Err(ImageError::Repository);
        }
        if self.repository().len() > MAX_REPOSITORY {
            return Err(ImageError::TooLong);
        }
        match self.tag {
            Some(tag) if !grammar::is_tag(tag) => Err(ImageError::Tag),
            _ => Ok(()),
        }
    }

    /// `registry.k8s.io`, `localhost:5000`, `docker.io` where none is written; lowercase where the
    /// text is not, because host names have no case.
    #[must_use]
    pub fn registry(&self) -> Cow<'a, str> {
        let Some(registry) = self.registry else { return DEFAULT_REGISTRY.into() };
        // A bare word is a registry only by its uppercase letters, so it keeps them.
        let is_mixed = registry.bytes().any(|byte| byte.is_ascii_uppercase());
        let registry: Cow<'a, str> = if is_mixed && registry.contains(['.', ':']) {
            registry.to_ascii_lowercase().into()
        } else {
            registry.into()
        };
        if registry == LEGACY_DEFAULT_REGISTRY { DEFAULT_REGISTRY.into() } else { registry }
    }

    /// As written.
    #[must_use]
    pub fn written_registry(&self) -> Option<&'a str> {
        self.registry
    }

    /// `bitnami/redis`; `library/nginx` for Docker Hub's `nginx`.
    #[must_use]
    pub fn repository(&self) -> Cow<'a, str> {
        if self.registry() == DEFAULT_REGISTRY && !self.path.contains('/') {
            format!("{OFFICIAL_NAMESPACE}/{}", self.path).into()
        } else {
            self.path.into()
        }
    }

    /// As written.
    #[must_use]
    pub fn tag(&self) -> Option<&'a str> {
        self.tag
    }

    /// The tag that decides what is pulled: none beside a digest, else `latest` by default.
    #[must_use]
    pub fn effective_tag(&self) -> Option<&'a str> {
        if self.digest.is_some() { None } else { Some(self.tag.unwrap_or(DEFAULT_TAG)) }
    }

    #[must_use]
    pub fn digest(&self) -> Option<Digest<'a>> {
        self.digest
    }

    #[must_use]
    pub fn is_pinned(&self) -> bool {
        self.digest.is_some()
    }
}

/// With all defaults filled in: two references to one image have one text.
impl fmt::Display for ImageRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.registry(), self.repository())?;
        if let Some(tag) = self.tag.or_else(|| self.effective_tag()) {
            write!(f, ":{tag}")?;
        }
        match self.digest {
            Some(digest) => write!(f, "@{digest}"),
            None => Ok(()),
        }
    }
}

/// What stands before the first `/` is a registry if it could not be part of a repository name:
/// it has a dot, a port or an uppercase letter, or is `localhost`.
fn split_registry(name: &str) -> (Option<&str>, &str) {
    let Some((first, rest)) = name.split_once('/') else { return (None, name) };
    let is_registry = first.contains(['.', ':'])
        || first == "localhost"
        || first.bytes().any(|byte| byte.is_ascii_uppercase());
    if is_registry { (Some(first), rest) } else { (None, name) }
}

#[cfg(test)]
mod tests;
