//! Keys of maps and items of lists that go.

use kordon_base::Span;
use kordon_model::{FieldPath, NodeRef, Segment};

use super::{Change, Way, text_of};

pub(super) fn of(way: &Way<'_>, path: &FieldPath<'_>) -> Option<Change> {
    let parent = way.parent()?;
    let spans: Vec<Span> = match path.segments().last()? {
        // A key and its value are one.
        Segment::Key(_) => parent
            .entries()
            .map(|(key, value)| Span { start: key.span().start, end: value.span().end })
            .collect(),
        Segment::Index(_) => parent.items().map(NodeRef::span).collect(),
    };
    let end = way.last().span().end;
    let idx = spans.iter().position(|span| span.end == end)?;
    let is_in_order = spans.windows(2).all(|pair| pair[0].end <= pair[1].start);
    let outer = parent.span();
    let is_inside = spans.iter().all(|span| outer.start <= span.start && span.end <= outer.end);
    if !is_in_order || !is_inside {
        return None;
    }
    let span = match (spans.get(idx + 1), idx.checked_sub(1)) {
        (Some(next), _) => Span { start: spans[idx].start, end: next.start },
        (None, Some(before)) => Span { start: spans[before].end, end: spans[idx].end },
        (None, None) => return only_one(parent),
    };
    Some(Change { span, text: String::new() })
}

/// What is left is empty, which only flow style can say.
fn only_one(parent: NodeRef<'_>) -> Option<Change> {
    let text = match text_of(parent).bytes().next()? {
        b'{' => "{}",
        b'[' => "[]",
        _ => return None,
    };
    Some(Change { span: parent.span(), text: text.to_owned() })
}
