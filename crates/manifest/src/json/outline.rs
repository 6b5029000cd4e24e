//! The outline of a JSON value: where it ends and, for a list of objects, where its items stand.
//! It looks at brackets and strings only, so that a large file need not be one tree, and parts of
//! it can be read at the same time.

use kordon_base::Span;

use super::string::plain_end;
use crate::assembly::narrow;

/// What stands at a place where JSON may begin.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outline {
    /// The value ends here.
    Value { end: u32 },
    /// An object with a `kind` that ends in `List` and a list of `items`. What the object has
    /// besides is well-formed.
    List { end: u32, kind: Span, api_version: Option<Span>, items: Vec<Span> },
    /// It is not JSON from here on, or breaks off.
    Other { at: u32 },
}

/// `at` is at the opening brace.
pub(crate) fn outline(bytes: &[u8], at: usize) -> Outline {
    let mut scan = Scan { bytes, at };
    let outline = scan.object();
    outline.unwrap_or(Outline::Other { at: narrow(scan.at.min(bytes.len())) })
}

struct Scan<'s> {
    bytes: &'s [u8],
    at: usize,
}

impl Scan<'_> {
    fn object(&mut self) -> Option<Outline> {
        let start = self.at;
        let end = self.skip_value()?;
        self.at = start;
        Some(self.list(end).unwrap_or(Outline::Value { end: narrow(end) }))
    }

    /// Nothing if the object is no list, or not exactly JSON; then it is read as a whole.
    fn list(&mut self, end: usize) -> Option<Outline> {
        let (mut kind, mut api_version, mut items) = (None, None, None);
        self.at += 1;
        loop {
            self.skip_space();
            let key = self.string()?;
            self.skip_space();
            self.expect(b':')?;
            self.skip_space();
            match &self.bytes[key] {
                b"kind" => kind = Some(span(self.string()?)),
                b"apiVersion" => api_version = Some(span(self.string()?)),
                // Twice the same key: the reader of whole documents knows what to do.
                b"items" if items.is_none() => items = Some(self.items()?),
                b"metadata" => {
                    self.skip_value()?;
                }
                _ => return None,
            }
            self.skip_space();
            if self.peek() == b'}' {
                break;
            }
            self.expect(b',')?;
        }
        let kind: Span = kind?;
        let is_list = self.bytes[..kind.end as usize].ends_with(b"List");
        let items = items.filter(|_| is_list && self.at + 1 == end)?;
        Some(Outline::List { end: narrow(end), kind, api_version, items })
    }

    fn items(&mut self) -> Option<Vec<Span>> {
        let mut items = Vec::new();
        self.expect(b'[')?;
        self.skip_space();
        if self.peek() == b']' {
            self.at += 1;
            return Some(items);
        }
        loop {
            self.skip_space();
            let start = self.at;
            let end = self.skip_value()?;
            items.push(span(start..end));
            self.skip_space();
            if self.peek() == b']' {
                self.at += 1;
                return Some(items);
            }
            self.expect(b',')?;
        }
    }

    /// A string without escapes, without its quotes.
    fn string(&mut self) -> Option<std::ops::Range<usize>> {
        self.expect(b'"')?;
        let start = self.at;
        let end = plain_end(self.bytes, start);
        self.at = end;
        self.expect(b'"')?;
        Some(start..end)
    }

    fn skip_value(&mut self) -> Option<usize> {
        let mut depth = 0usize;
        loop {
            match CLASSES[usize::from(self.peek())] {
                Class::Inside => self.at += 1,
                Class::Quote => self.skip_string()?,
                Class::Open => {
                    let is_map = self.peek() == b'{';
                    depth += 1;
                    self.at += 1;
                    if is_map {
                        self.skip_space();
                        if !matches!(self.peek(), b'"' | b'}') {
                            return None;
                        }
                    }
                }
                // The end of what a scalar stands in.
                Class::Close | Class::Comma if depth == 0 => return Some(self.at),
                Class::Comma => self.at += 1,
                Class::Close => {
                    depth -= 1;
                    self.at += 1;
                    if depth == 0 {
                        return Some(self.at);
                    }
                }
                Class::Foreign => return None,
            }
        }
    }

    fn skip_string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            self.at = plain_end(self.bytes, self.at);
            match self.peek() {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' => self.at = (self.at + 2).min(self.bytes.len()),
                _ => return None,
            }
        }
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek() == byte).then(|| self.at += 1)
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }
}

fn span(range: std::ops::Range<usize>) -> Span {
    Span { start: narrow(range.start), end: narrow(range.end) }
}

#[derive(Clone, Copy)]
enum Class {
    /// What may stand in JSON outside of strings.
    Inside,
    Quote,
    Open,
    Close,
    Comma,
    /// What may not: it is YAML, or broken.
    Foreign,
}

static CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut classes = [Class::Foreign; 256];
    let inside = b" \t\r\n:0123456789+-.Etruefalsn";
    let mut idx = 0;
    while idx < inside.len() {
        classes[inside[idx] as usize] = Class::Inside;
        idx += 1;
    }
    classes[b'"' as usize] = Class::Quote;
    classes[b'{' as usize] = Class::Open;
    classes[b'[' as usize] = Class::Open;
    classes[b'}' as usize] = Class::Close;
    classes[b']' as usize] = Class::Close;
    classes[b',' as usize] = Class::Comma;
    classes
}
