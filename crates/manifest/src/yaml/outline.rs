//! Where the items of a large list stand, as `kubectl get -o yaml` writes it, so that it need not
//! be one tree.
//!
//! Only lines without indentation are looked at. That is enough: what a quote or a bracket holds
//! over such a line makes the part before it unreadable by itself, and so it is reported and never
//! read as something else.

use kordon_base::Span;

use crate::assembly::narrow;

/// A list of objects: where its kind and version stand, and its items, each with its dash.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ListOutline {
    pub(crate) kind: Span,
    pub(crate) api_version: Option<Span>,
    pub(crate) items: Vec<Span>,
}

/// Nothing if the document at `span` is not plainly such a list.
pub(crate) fn outline(text: &[u8], span: Span) -> Option<ListOutline> {
    let (start, end) = (span.start as usize, span.end as usize);
    if has_aliases(&text[start..end]) {
        return None;
    }
    let (mut kind, mut api_version, mut items) = (None, None, None::<Vec<Span>>);
    let mut in_items = false;
    let mut at = start;
    while at < end {
        let line_end = memchr::memchr(b'\n', &text[at..end]).map_or(end, |n| at + n + 1);
        let line = text[at..line_end].trim_ascii_end();
        let is_item = matches!(line, [b'-'] | [b'-', b' ', ..]);
        if let Some(items) = items.as_mut().filter(|_| in_items && is_item) {
            items.push(Span { start: narrow(at), end: narrow(line_end) });
        } else if !matches!(line, [] | [b' ' | b'#', ..]) {
            in_items = false;
            let value = |key: &[u8]| value(line, key).map(|(from, to)| shift(at, from, to));
            if let Some(value) = value(b"kind:") {
                replace_none(&mut kind, value)?;
            } else if let Some(value) = value(b"apiVersion:") {
                replace_none(&mut api_version, value)?;
            } else if line == b"items:" {
                replace_none(&mut items, Vec::new())?;
                in_items = true;
            } else if line != b"metadata:"
                && line != b"metadata: {}"
                && !(at == start && line == b"---")
            {
                return None;
            }
        } else if let Some(item) = items.iter_mut().flatten().last().filter(|_| in_items) {
            item.end = narrow(line_end);
        }
        at = line_end;
    }
    let kind: Span = kind?;
    let is_list = text[kind.start as usize..kind.end as usize].ends_with(b"List");
    let items = items.filter(|items| is_list && !items.is_empty())?;
    Some(ListOutline { kind, api_version, items })
}

/// A key that is there twice is for the reader of whole documents.
fn replace_none<T>(place: &mut Option<T>, value: T) -> Option<()> {
    place.replace(value).is_none().then_some(())
}

/// Where in the line the value of the key stands; a word, perhaps in quotes.
fn value(line: &[u8], key: &[u8]) -> Option<(usize, usize)> {
    let value = line.strip_prefix(key)?.trim_ascii_start();
    let inner = match value {
        [quote @ (b'"' | b'\''), inner @ .., last] if quote == last => inner,
        value => value,
    };
    let is_word = !inner.is_empty()
        && inner.iter().all(|byte| byte.is_ascii_alphanumeric() || b"./-".contains(byte));
    let from = line.len() - value.len() + (value.len() - inner.len()) / 2;
    is_word.then_some((from, from + inner.len()))
}

fn shift(at: usize, from: usize, to: usize) -> Span {
    Span { start: narrow(at + from), end: narrow(at + to) }
}

/// Whether something may be an anchor or an alias, which items could share.
fn has_aliases(text: &[u8]) -> bool {
    memchr::memchr2_iter(b'&', b'*', text).any(|at| {
        let before = at.checked_sub(1).map_or(b'\n', |before| text[before]);
        let after = text.get(at + 1).copied().unwrap_or(b' ');
        b" \t\n[{,".contains(&before) && super::chars::is_word(after)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kordon_base::Source;
    use kordon_model::NodeRef;
    use proptest::prelude::*;

    use super::*;
    use crate::Limits;

    /// Whole and in parts, a list reads the same, unless a part tells that it cannot be read.
    fn check_parts(text: &str) -> Result<(), TestCaseError> {
        let source = Arc::new(Source::new("-", text));
        let whole = Span { start: 0, end: narrow(text.len()) };
        let read = |span| crate::yaml::parse(&source, span, &Limits::default());
        let Some(list) = outline(text.as_bytes(), whole) else { return Ok(()) };
        let mut items = Vec::new();
        for item in list.items {
            let Ok((tree, _)) = read(item) else { return Ok(()) };
            items.extend(tree.root().items().map(|item| item.to_string()));
        }
        let Ok((tree, _)) = read(whole) else {
            return Err(TestCaseError::fail(format!("only the parts are readable: {text}")));
        };
        let expected = tree.root().get("items").into_iter().flat_map(NodeRef::items);
        let expected: Vec<_> = expected.map(|item| item.to_string()).collect();
        prop_assert_eq!(items, expected, "{}", text);
        Ok(())
    }

    proptest! {
        #[test]
        fn parts_read_as_the_whole_does(
            lines in prop::collection::vec(
                "(- |  |    |)(a: |b: |- |)(x|'|\"|\\[|\\]|\\{|\\}|\\||>|y: z|#|,|\\?|''|)",
                0..12,
            ),
        ) {
            let lines = lines.join("\n");
            check_parts(&format!("kind: List\nitems:\n- {lines}\nmetadata:\n  x: y\n"))?;
        }
    }

    /// The items, separated by `|`, with kind and version before them.
    fn check(text: &str, expected: Option<&str>) {
        let span = Span { start: 0, end: narrow(text.len()) };
        let at = |span: Span| text.get(span.start as usize..span.end as usize).unwrap();
        let shown = outline(text.as_bytes(), span).map(|list| {
            let version = list.api_version.map_or("-", at);
            let items: Vec<_> = list.items.iter().map(|item| at(*item)).collect();
            format!("{} {version} {}", at(list.kind), items.join("|"))
        });
        assert_eq!(shown.as_deref(), expected, "{text}");
    }

    #[test]
    fn lists_as_kubectl_writes_them() {
        let text =
            "apiVersion: v1\nitems:\n- a: 1\n  b:\n  - c\n- a: 2\nkind: List\nmetadata:\n  x: y\n";
        check(text, Some("List v1 - a: 1\n  b:\n  - c\n|- a: 2\n"));
        let text = "---\nkind: \"PodList\"\r\nitems:\r\n# x\r\n- a: |\r\n    b\r\n\r\n-\r\n  a: 2";
        check(text, Some("PodList - - a: |\r\n    b\r\n\r\n|-\r\n  a: 2"));
    }

    #[test]
    fn anything_else_is_read_as_a_whole() {
        for text in [
            "",
            "kind: Pod\nitems:\n- a\n",
            "kind: List\nitems: []\n",
            "kind: List\nitems: [a]\n",
            "kind: List\nitems:\n- a: &x 1\n- a: *x\n",
            "kind: List\nitems:\n  - a\n",
            "kind: List\nitems:\n- a\nitems:\n- b\n",
            "kind: List\nitems:\n- a\n...\n",
            "kind: List\nkind: List\nitems:\n- a\n",
            "? kind\n: List\nitems:\n- a\n",
            "kind: List # x\nitems:\n- a\n",
            "spec: 1\nkind: List\nitems:\n- a\n",
        ] {
            check(text, None);
        }
    }
}
