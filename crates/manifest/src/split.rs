//! Where the documents of a file stand: YAML between `---` lines, JSON values one after the other,
//! told apart and cut as kubectl does.

use kordon_base::Span;

use crate::{
    Limits,
    assembly::narrow,
    json::{Outline, outline},
    yaml::{self, ListOutline},
};

/// A list that is smaller than this is not handed out item by item.
const LARGE_LIST: u32 = 256 << 10;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    Json,
    Yaml,
}

#[derive(Debug)]
pub(crate) enum Piece {
    Document { form: Form, span: Span },
    List { form: Form, span: Span, kind: Span, api_version: Option<Span>, items: Vec<Span> },
}

impl Piece {
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Document { span, .. } | Self::List { span, .. } => *span,
        }
    }
}

/// `marked`: there was a byte order mark, which JSON does not have.
pub(crate) fn split(text: &str, marked: bool, _limits: &Limits) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    if !marked {
        at = json_stream(text, &mut pieces);
    }
    yaml_documents(text, at, &mut pieces);
    pieces
}

/// JSON objects from the start on; gives the place from which on it is something else.
fn json_stream(text: &str, pieces: &mut Vec<Piece>) -> usize {
    let bytes = text.as_bytes();
    let mut at = text.len() - text.trim_start().len();
    let mut patience = Patience { n_left: (1 << 20) + 8 * bytes.len() };
    while bytes.get(at) == Some(&b'{') {
        // Before the first one, indentation counts in case that it is YAML after all.
        let start = if pieces.is_empty() { 0 } else { narrow(at) };
        let end = match outline(bytes, at) {
            Outline::Value { end } => {
                let span = Span { start, end };
                pieces.push(Piece::Document { form: Form::Json, span });
                end
            }
            Outline::List { end, .. } if end - start < LARGE_LIST => {
                let span = Span { start, end };
                pieces.push(Piece::Document { form: Form::Json, span });
                end
            }
            Outline::List { end, kind, api_version, items } => {
                let (form, span) = (Form::Json, Span { start, end });
                pieces.push(Piece::List { form, span, kind, api_version, items });
                end
            }
            // Something broken between other JSON does not hide what comes after it.
            Outline::Other { at: reached } => match next_json_line(bytes, at) {
                Some(next)
                    if patience.covers(reached - narrow(at))
                        && (!pieces.is_empty() || is_json_line(bytes, next)) =>
                {
                    let end = narrow(next);
                    pieces.push(Piece::Document { form: Form::Json, span: Span { start, end } });
                    end
                }
                _ => break,
            },
        };
        let rest = &bytes[end as usize..];
        at = bytes.len() - rest.trim_ascii_start().len();
    }
    // The indentation of YAML counts.
    if pieces.is_empty() { 0 } else { at }
}

/// How much may be looked at in vain: what breaks off only at the end of the file is not to be
/// looked through again from each of its lines.
struct Patience {
    n_left: usize,
}

impl Patience {
    fn covers(&mut self, n: u32) -> bool {
        self.n_left = self.n_left.saturating_sub(n as usize);
        self.n_left > 0
    }
}

/// The next line that begins with a brace, before any `---` line.
fn next_json_line(bytes: &[u8], at: usize) -> Option<usize> {
    let end = next_marker_line(bytes, at, at).unwrap_or(bytes.len());
    memchr::memmem::find(&bytes[at..end], b"\n{").map(|n| at + n + 1)
}

/// Whether a whole JSON object stands on the line, as in a stream of such lines.
fn is_json_line(bytes: &[u8], at: usize) -> bool {
    let end = match outline(bytes, at) {
        Outline::Value { end } | Outline::List { end, .. } => end as usize,
        Outline::Other { .. } => return false,
    };
    !bytes[at..end].contains(&b'\n') && matches!(bytes.get(end), None | Some(b'\r' | b'\n'))
}

/// What a line that begins with `---` is.
enum Marker {
    /// Nothing or a comment follows: it stands between documents.
    Separator,
    /// The document begins on the line itself.
    Start,
    /// Text like any other.
    Text,
}

/// `line` begins with three dashes.
fn marker(line: &[u8]) -> Marker {
    let rest = &line[3..];
    match rest.trim_ascii() {
        [] | [b'#', ..] => Marker::Separator,
        _ if rest.starts_with(b" ") || rest.starts_with(b"\t") => Marker::Start,
        _ => Marker::Text,
    }
}

fn yaml_documents(text: &str, from: usize, pieces: &mut Vec<Piece>) {
    let bytes = text.as_bytes();
    let mut start = from;
    let mut at = from;
    let mut push = |start: usize, end: usize| {
        let span = Span { start: narrow(start), end: narrow(end) };
        let form = if json_span(text, span).is_some() { Form::Json } else { Form::Yaml };
        let is_large = span.end - span.start >= LARGE_LIST;
        if form == Form::Yaml
            && is_large
            && let Some(list) = yaml::outline(bytes, span)
        {
            let ListOutline { kind, api_version, items } = list;
            pieces.push(Piece::List { form, span, kind, api_version, items });
        } else {
            pieces.push(Piece::Document { form, span });
        }
    };
    while let Some(line) = next_marker_line(bytes, at, from) {
        let line_end = memchr::memchr(b'\n', &bytes[line..]).map_or(text.len(), |n| line + n + 1);
        at = line_end;
        let is_open = start < line && !is_only_directives(&bytes[start..line]);
        match marker(&bytes[line..line_end]) {
            Marker::Separator if is_open => {
                push(start, line);
                start = line_end;
            }
            Marker::Start if is_open => {
                push(start, line);
                start = line;
            }
            // The line is the first of its document.
            Marker::Separator | Marker::Start | Marker::Text => {}
        }
    }
    if start < text.len() {
        push(start, text.len());
    }
}

/// Where JSON stands in a document, if it is some. kubectl takes whatever begins with a brace for
/// JSON, but it may still be YAML.
pub(crate) fn json_span(text: &str, span: Span) -> Option<Span> {
    let document = &text.as_bytes()[span.start as usize..span.end as usize];
    let json = document.trim_ascii_start();
    let json = json.strip_prefix(b"---\n").unwrap_or(json).trim_ascii_start();
    json.starts_with(b"{").then(|| Span { start: span.end - narrow(json.len()), ..span })
}

/// The next line, from `at` on, that begins with `---`.
fn next_marker_line(bytes: &[u8], at: usize, from: usize) -> Option<usize> {
    let at_line_start = at == from || bytes[at - 1] == b'\n';
    if at_line_start && bytes[at..].starts_with(b"---") {
        return Some(at);
    }
    memchr::memmem::find(&bytes[at..], b"\n---").map(|n| at + n + 1)
}

/// Directives belong to the document after the `---` that follows them.
fn is_only_directives(text: &[u8]) -> bool {
    let mut lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    text.contains(&b'%') && lines.all(|line| matches!(line, [] | [b'%' | b'#', ..]))
}

#[cfg(test)]
mod tests;
