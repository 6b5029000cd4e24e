//! Tags: the few that change how a scalar is read, and the handles that they are written with.

use std::collections::HashMap;

use base64::{
    Engine as _, alphabet,
    engine::{GeneralPurpose, GeneralPurposeConfig},
};

const CORE: &[u8] = b"tag:yaml.org,2002:";

/// Tags of lists and maps, and those that nobody knows, change nothing but that a scalar is text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tag {
    Str,
    Bool,
    Int,
    Float,
    Null,
    Timestamp,
    Binary,
    Merge,
    /// `!` alone.
    NonSpecific,
    Other,
}

impl Tag {
    pub(super) fn short_name(self) -> &'static str {
        match self {
            Self::Str => "!!str",
            Self::Bool => "!!bool",
            Self::Int => "!!int",
            Self::Float => "!!float",
            Self::Null => "!!null",
            Self::Timestamp => "!!timestamp",
            Self::Binary => "!!binary",
            Self::Merge => "!!merge",
            Self::NonSpecific => "!",
            Self::Other => "tag",
        }
    }
}

/// The handles that a document declares, besides `!` and `!!`.
#[derive(Default)]
pub(super) struct Handles {
    declared: HashMap<Vec<u8>, Vec<u8>>,
}

impl Handles {
    /// Gives whether the handle is new.
    pub(super) fn declare(&mut self, handle: &[u8], prefix: &[u8]) -> bool {
        self.declared.insert(handle.to_vec(), prefix.to_vec()).is_none()
    }

    /// Nothing if the handle is not known.
    pub(super) fn resolve(&self, handle: &[u8], suffix: &[u8]) -> Option<Tag> {
        if handle.is_empty() {
            return Some(tag(suffix));
        }
        let declared = self.declared.get(handle);
        match (declared, handle) {
            (Some(prefix), _) => Some(tag(&[prefix, suffix].concat())),
            (None, b"!!") => Some(core(suffix)),
            (None, b"!") => Some(tag(&[b"!", suffix].concat())),
            (None, _) => None,
        }
    }
}

fn tag(name: &[u8]) -> Tag {
    match name.strip_prefix(CORE) {
        Some(name) => core(name),
        None if name == b"!" => Tag::NonSpecific,
        None => Tag::Other,
    }
}

fn core(name: &[u8]) -> Tag {
    match name {
        b"str" => Tag::Str,
        b"bool" => Tag::Bool,
        b"int" => Tag::Int,
        b"float" => Tag::Float,
        b"null" => Tag::Null,
        b"timestamp" => Tag::Timestamp,
        b"binary" => Tag::Binary,
        b"merge" => Tag::Merge,
        _ => Tag::Other,
    }
}

/// The text of a `!!binary` scalar: standard base64 with padding, in which line breaks do not count.
/// `None` for what is none: go-yaml does not say where either.
pub(super) fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    // Go does not look at bits beyond the last byte either.
    const CONFIG: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true);
    const ENGINE: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);
    let digits: Vec<u8> = text.iter().copied().filter(|byte| !b"\r\n".contains(byte)).collect();
    ENGINE.decode(digits).ok()
}
