//! A fix as changes of a file's text, for formats that can carry those.
//!
//! Only what is sure: a place that is reached through an alias or a merge key is left alone, since
//! a change there would change other places too. A fix is given whole or not at all.

mod insertion;
mod removal;

use kordon_base::Span;
use kordon_finding::{Edit, EditValue, Finding, Fix};
use kordon_model::{FieldPath, Kind, NodeRef, Object, Segment};
use kordon_report::{Region, Replacement};
use serde_json::Value;

use insertion::Insertions;

/// A change of a file's text.
#[derive(Debug)]
struct Change {
    span: Span,
    text: String,
}

pub(crate) fn replacements(object: Object<'_>, finding: &Finding) -> Vec<Replacement> {
    let changes = finding.fix.as_deref().and_then(|fix| changes(object, fix));
    let replacement = |change: Change| {
        let at = |offset| {
            let position = object.source().position(offset);
            (position.line, position.column)
        };
        let region = Region { start: at(change.span.start), end: at(change.span.end) };
        Replacement { region, text: change.text.into() }
    };
    changes.unwrap_or_default().into_iter().map(replacement).collect()
}

fn changes(object: Object<'_>, fix: &Fix) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    let mut insertions = Insertions::default();
    for edit in &fix.edits {
        changes.extend(change(object, edit, &mut insertions)?);
    }
    changes.extend(insertions.finish()?);
    changes.sort_by_key(|change| change.span.start);
    let overlap = changes.windows(2).any(|pair| pair[0].span.end > pair[1].span.start);
    (!overlap).then_some(changes)
}

/// The change of one edit, if it is one by itself: insertions into a map are gathered, since two
/// of them may be into one new map.
fn change<'t>(
    object: Object<'t>,
    edit: &Edit,
    insertions: &mut Insertions<'t>,
) -> Option<Option<Change>> {
    let Ok(path) = FieldPath::parse(&edit.path) else { return None };
    let way = Way::along(object.root(), &path)?;
    let is_there = way.n_segments() == path.segments().len();
    match &edit.value {
        EditValue::Remove if is_there => removal::of(&way, &path).map(Some),
        EditValue::Remove => Some(None),
        EditValue::Set(value) if is_there => set(way.last(), value).map(Some),
        EditValue::Append(value) if is_there && is_a_list(way.last()) => {
            append(way.last(), value).map(Some)
        }
        EditValue::Append(value) if is_there => set(way.last(), &list_of(value)).map(Some),
        EditValue::Set(value) => insert(&way, &path, value.clone(), insertions),
        EditValue::Append(value) => insert(&way, &path, list_of(value), insertions),
    }
}

fn insert<'t>(
    way: &Way<'t>,
    path: &FieldPath<'_>,
    value: Value,
    insertions: &mut Insertions<'t>,
) -> Option<Option<Change>> {
    let mut keys = Vec::new();
    for segment in &path.segments()[way.n_segments()..] {
        let Segment::Key(key) = segment else { return None };
        keys.push(key.as_ref());
    }
    insertions.add(way.last(), &keys, value)?;
    Some(None)
}

fn list_of(value: &Value) -> Value {
    Value::Array(vec![value.clone()])
}

fn is_a_list(node: NodeRef<'_>) -> bool {
    matches!(node.kind(), Kind::List)
}

/// Nodes on a path, each inside of the one before: none is an alias or merged from elsewhere.
struct Way<'t> {
    nodes: Vec<NodeRef<'t>>,
}

impl<'t> Way<'t> {
    fn along(root: NodeRef<'t>, path: &FieldPath<'_>) -> Option<Self> {
        let mut nodes = vec![root];
        let mut node = root;
        for segment in path.segments() {
            // Where the value may begin: behind its key, or behind the item before it.
            let (next, from) = match segment {
                Segment::Key(key) => {
                    let Some((key, value)) = node.entry(key) else { break };
                    (value, key.span().end)
                }
                Segment::Index(idx) => {
                    let idx = *idx as usize;
                    let Some(item) = node.items().nth(idx) else { break };
                    let before = idx.checked_sub(1).and_then(|idx| node.items().nth(idx));
                    (item, before.map_or(node.span().start, |before| before.span().end))
                }
            };
            if !is_own(node, from, next) {
                return None;
            }
            nodes.push(next);
            node = next;
        }
        Some(Self { nodes })
    }

    fn n_segments(&self) -> usize {
        self.nodes.len() - 1
    }

    fn last(&self) -> NodeRef<'t> {
        *self.nodes.last().expect("the root is always there")
    }

    fn parent(&self) -> Option<NodeRef<'t>> {
        self.nodes.len().checked_sub(2).map(|idx| self.nodes[idx])
    }
}

/// Whether a value stands in its parent, and there only: an anchor makes it one of many.
fn is_own(parent: NodeRef<'_>, from: u32, value: NodeRef<'_>) -> bool {
    let (outer, inner) = (parent.span(), value.span());
    let before = parent.tree().source().slice(Span { start: from, end: inner.start });
    // An empty value stands at the end of its key, which may be just outside.
    let is_inside = inner.end <= outer.end || inner.start == inner.end;
    inner.start >= from.max(outer.start)
        && is_inside
        && !before.contains('&')
        && !text_of(value).starts_with('&')
}

fn text_of(node: NodeRef<'_>) -> &str {
    node.tree().source().slice(node.span())
}

fn set(node: NodeRef<'_>, value: &Value) -> Option<Change> {
    let is_scalar = !matches!(node.kind(), Kind::List | Kind::Map);
    let is_flow = text_of(node).starts_with(['{', '[']);
    // Anchors and tags may stand before a value; block text ends where the line below begins.
    let is_plain = is_scalar && !text_of(node).starts_with(['&', '!', '|', '>', '*']);
    if !is_plain && !is_flow {
        return None;
    }
    let space = if node.span().start == node.span().end { " " } else { "" };
    Some(Change { span: node.span(), text: format!("{space}{}", scalar(node, value)) })
}

fn append(list: NodeRef<'_>, value: &Value) -> Option<Change> {
    let text = text_of(list);
    let start = list.span().start;
    if text.starts_with('[') {
        let comma = if list.is_empty() { "" } else { ", " };
        let at = Span { start: start + 1, end: start + 1 };
        return Some(Change { span: at, text: format!("{value}{comma}") });
    }
    if !text.starts_with('-') {
        return None;
    }
    let indent = indent_at(list, start);
    let at = Span { start, end: start };
    Some(Change { span: at, text: format!("- {}\n{indent}", scalar(list, value)) })
}

/// Blanks up to the column of a place.
fn indent_at(node: NodeRef<'_>, offset: u32) -> String {
    let column = node.tree().source().position(offset).column;
    " ".repeat(column as usize - 1)
}

/// JSON, which YAML is too; in YAML, words that are plainly text go without quotes.
fn scalar(beside: NodeRef<'_>, value: &Value) -> String {
    let is_json = beside.tree().source().text().trim_start().starts_with('{');
    match value {
        Value::String(text) if is_plain(text) && !is_json => text.clone(),
        other => other.to_string(),
    }
}

fn is_plain(text: &str) -> bool {
    let reserved = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    let is_word = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_word
        && text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && !reserved.iter().any(|word| word.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests;
