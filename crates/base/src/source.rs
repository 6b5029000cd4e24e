//! The text that was read, and where in it something stands.

use std::sync::OnceLock;

/// Half-open byte range in a [`Source`]'s text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// Line and column as people count: from 1, the column in Unicode characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// One file (or standard input, named `-`) as UTF-8 text. Files in UTF-16 are decoded before they
/// get here; spans count bytes of the decoded text.
#[derive(Debug)]
pub struct Source {
    name: Box<str>,
    text: Box<str>,
    line_starts: OnceLock<Box<[u32]>>,
    /// Number of characters before each block of bytes.
    characters: OnceLock<Box<[u32]>>,
}

const BLOCK: usize = 1024;

impl Source {
    /// `text` has less than 4 GiB: the reader's size limit sees to it.
    #[must_use]
    pub fn new(name: impl Into<Box<str>>, text: impl Into<Box<str>>) -> Self {
        let (line_starts, characters) = (OnceLock::new(), OnceLock::new());
        Self { name: name.into(), text: text.into(), line_starts, characters }
    }

    /// The path as it is reached from the working directory, with `/`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text at `span`, or an empty text where the span does not fall on characters.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Line and column of a byte offset. The line index is built at the first call, since most
    /// files have no finding.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let starts = self.line_starts.get_or_init(|| line_starts(&self.text));
        let line_idx = starts.partition_point(|start| *start <= offset) - 1;
        let start = starts[line_idx] as usize;
        let end = (offset as usize).min(self.text.len());
        Position { line: narrow(line_idx) + 1, column: narrow(self.n_characters(start, end)) + 1 }
    }

    /// A file may be one line of many megabytes, so that counting each time would not do.
    fn n_characters(&self, start: usize, end: usize) -> usize {
        let text = self.text.as_bytes();
        if end.saturating_sub(start) <= 4 * BLOCK {
            return count(text.get(start..end).unwrap_or(&[]));
        }
        let blocks = self.characters.get_or_init(|| {
            let mut n = 0;
            let before = |block| {
                let next = n + narrow(count(block));
                std::mem::replace(&mut n, next)
            };
            text.chunks(BLOCK).map(before).collect()
        });
        let before = |at: usize| match blocks.get(at / BLOCK) {
            Some(n) => *n as usize + count(text.get(at - at % BLOCK..at).unwrap_or(&[])),
            None => count(text),
        };
        before(end) - before(start)
    }
}

/// Every byte but those that go on a character is one.
fn count(text: &[u8]) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

fn line_starts(text: &str) -> Box<[u32]> {
    let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
    std::iter::once(0).chain(ends.map(|(at, _)| narrow(at) + 1)).collect()
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = Source::new("a.yaml", "a: 1\nbé: 2\n");
        let at = |offset| {
            let position = source.position(offset);
            (position.line, position.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(5), (2, 1));
        assert_eq!(at(8), (2, 3));
        assert_eq!(at(999), (3, 1));
    }

    #[test]
    fn long_lines_count_the_same() {
        let text = format!("a\n{}", "aé日".repeat(4000));
        let source = Source::new("-", text.as_str());
        for (n, (at, _)) in (1..).zip(text.char_indices().skip(2)) {
            let at = u32::try_from(at).unwrap();
            assert_eq!(source.position(at), Position { line: 2, column: n });
        }
        let end = u32::try_from(text.len()).unwrap();
        assert_eq!(source.position(end), Position { line: 2, column: 12_001 });
        assert_eq!(source.position(end + 7), Position { line: 2, column: 12_001 });
    }
}
