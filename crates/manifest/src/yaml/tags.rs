//! Tags: the few that change how a scalar is read, and the handles that they are written with.

use std::collections::HashMap;

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
pub(super) fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.iter().copied().filter(|byte| !b"\r\n".contains(byte)).collect();
    let (groups, rest) = digits.as_chunks::<4>();
    if !rest.is_empty() {
        return None;
    }
    let mut bytes = Vec::with_capacity(groups.len() * 3);
    for (idx, group) in groups.iter().enumerate() {
        let n_padding = group.iter().rev().take_while(|digit| **digit == b'=').count();
        if n_padding > 2 || (n_padding > 0 && idx + 1 < groups.len()) {
            return None;
        }
        let mut bits = 0u32;
        for digit in &group[..4 - n_padding] {
            bits = bits << 6 | u32::from(sextet(*digit)?);
        }
        bits <<= 6 * n_padding;
        bytes.extend_from_slice(&bits.to_be_bytes()[1..4 - n_padding]);
    }
    Some(bytes)
}

fn sextet(digit: u8) -> Option<u8> {
    Some(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}
