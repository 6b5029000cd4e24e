//! Scalars: from text and tag to a value.

use kordon_base::Span;
use kordon_model::NodeId;

use super::{Composer, Role, fail, node::Properties};
use crate::{
    assembly::Failure,
    json::float_node,
    text::push_lossy,
    yaml::{
        resolve::{Scalar, resolve},
        scanner::{Style, Token},
        tags::{Tag, decode_base64},
        timestamp::is_timestamp,
    },
};

const NO_JSON: &str = "infinity and not-a-number are no values of JSON";

impl Composer<'_> {
    /// Nothing if it is a merge key, which is no value.
    pub(super) fn scalar(
        &mut self,
        token: Token,
        properties: Properties,
    ) -> Result<Option<NodeId>, Failure> {
        self.scanner.skip();
        self.last_end = token.end;
        let text = self.scanner.text(&token);
        let is_plain = token.style == Style::Plain;
        if text == "<<" && self.is_merge(is_plain, properties.tag) {
            let level = self.level();
            level.role = Role::Value;
            level.merges = true;
            if properties.anchor.is_some() {
                let node = self.text_node(&token);
                self.anchor(properties, node);
            }
            return Ok(None);
        }
        self.aliases.count_node();
        let node = match properties.tag {
            None if !is_plain => self.text_node(&token),
            None => match resolve(text) {
                Scalar::Text => self.text_node(&token),
                value => self.value_node(span(&token), value, properties),
            },
            Some(tag) => self.tagged(&token, tag, properties)?,
        };
        self.anchor(properties, node);
        Ok(Some(node))
    }

    /// A tag or an anchor with nothing behind.
    pub(super) fn empty_with(&mut self, properties: Properties) -> Result<NodeId, Failure> {
        self.aliases.count_node();
        let at = self.last_end;
        let span = Span { start: at, end: at };
        let node = match properties.tag {
            None | Some(Tag::Null) => self.assembly.builder.null(span),
            Some(Tag::Bool | Tag::Int | Tag::Float | Tag::Timestamp) => {
                let tag = properties.tag.map_or("", Tag::short_name);
                return fail(at, format!("cannot decode !!null `` as a {tag}"));
            }
            Some(_) => self.assembly.builder.text(span, span),
        };
        self.anchor(properties, node);
        Ok(node)
    }

    fn is_merge(&self, is_plain: bool, tag: Option<Tag>) -> bool {
        let is_key = self.levels.last().is_some_and(|level| level.role == Role::Key);
        let is_merge = match tag {
            None => is_plain,
            Some(tag) => matches!(tag, Tag::Merge | Tag::NonSpecific),
        };
        is_key && is_merge
    }

    fn anchor(&mut self, properties: Properties, node: NodeId) {
        if let Some(anchor) = properties.anchor {
            let n_before = self.aliases.n_decoded() - 1;
            self.aliases.end(anchor, node, n_before, 0);
        }
    }

    fn text_node(&mut self, token: &Token) -> NodeId {
        if token.is_decoded {
            self.assembly.builder.decoded(span(token), self.scanner.text(token))
        } else {
            let text = Span { start: token.text_start, end: token.text_end };
            self.assembly.builder.text(span(token), text)
        }
    }

    fn value_node(&mut self, span: Span, value: Scalar, properties: Properties) -> NodeId {
        let builder = &mut self.assembly.builder;
        let node = match value {
            Scalar::Null => return builder.null(span),
            Scalar::Bool(value) => return builder.bool(span, value),
            Scalar::Int(value) => return builder.int(span, value),
            #[expect(clippy::cast_precision_loss, reason = "so the API server reads it from JSON")]
            Scalar::Unsigned(value) => builder.float(span, value as f64),
            Scalar::Float(value) if value.is_finite() => float_node(builder, span, value),
            Scalar::Float(value) => {
                let node = builder.float(span, value);
                self.unwritable.push((node, NO_JSON));
                node
            }
            Scalar::Text => unreachable!("text is no value of this kind"),
        };
        let is_key = self.levels.last().is_some_and(|level| level.role == Role::Key);
        if is_key || properties.anchor.is_some() {
            self.numbers.insert(node, value);
        }
        node
    }

    fn tagged(
        &mut self,
        token: &Token,
        tag: Tag,
        properties: Properties,
    ) -> Result<NodeId, Failure> {
        let text = self.scanner.text(token);
        let value = match tag {
            Tag::Str | Tag::Merge | Tag::NonSpecific | Tag::Other => {
                return Ok(self.text_node(token));
            }
            Tag::Binary => return self.binary(token),
            Tag::Timestamp if is_timestamp(text) => return Ok(self.text_node(token)),
            _ => resolve(text),
        };
        #[expect(clippy::cast_precision_loss, reason = "the tag asks for it")]
        let value = match (tag, value) {
            (Tag::Float, Scalar::Int(value)) => Scalar::Float(value as f64),
            (_, value) => value,
        };
        let fits = match tag {
            Tag::Bool => matches!(value, Scalar::Bool(_)),
            Tag::Int => matches!(value, Scalar::Int(_) | Scalar::Unsigned(_)),
            Tag::Float => matches!(value, Scalar::Float(_)),
            Tag::Null => value == Scalar::Null,
            _ => false,
        };
        if !fits {
            let message = format!("cannot decode `{text}` as a {}", tag.short_name());
            return fail(token.start, message);
        }
        Ok(self.value_node(span(token), value, properties))
    }

    fn binary(&mut self, token: &Token) -> Result<NodeId, Failure> {
        let Some(bytes) = decode_base64(self.scanner.text(token).as_bytes()) else {
            return fail(token.start, "!!binary value contains invalid base64 data");
        };
        let mut text = String::with_capacity(bytes.len());
        push_lossy(&mut text, &bytes, |_| {});
        Ok(self.assembly.builder.decoded(span(token), &text))
    }
}

fn span(token: &Token) -> Span {
    Span { start: token.start, end: token.end }
}
