//! Tokens: small, copied, without text of their own.

use std::num::NonZeroU32;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::yaml) enum Kind {
    StreamEnd,
    /// Major and minor number in the place of the text.
    VersionDirective,
    TagDirective,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias,
    Anchor,
    Tag,
    Scalar,
}

/// Of a scalar: only plain ones are resolved to numbers and the like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::yaml) enum Style {
    Plain,
    Other,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::yaml) struct Token {
    pub(in crate::yaml) kind: Kind,
    pub(in crate::yaml) style: Style,
    /// The text is among the decoded, not in the source.
    pub(in crate::yaml) is_decoded: bool,
    pub(in crate::yaml) start: u32,
    pub(in crate::yaml) end: u32,
    pub(in crate::yaml) text_start: u32,
    pub(in crate::yaml) text_end: u32,
    /// Where a key may begin with this token: its place in the stack of simple keys, from 1.
    pub(super) simple_key: Option<NonZeroU32>,
}

impl Token {
    pub(super) fn new(kind: Kind, start: u32, end: u32) -> Self {
        let (style, is_decoded) = (Style::Other, false);
        Self { kind, style, is_decoded, start, end, text_start: 0, text_end: 0, simple_key: None }
    }
}
