//! Text in columns: its width on a terminal, lines of at most so many columns, and nothing in it
//! that a terminal would obey.

use std::{
    borrow::Cow,
    fmt::Write as _,
    io::{self, Write},
};

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// Names and messages come out of files that anybody may have written: control characters, and
/// such as turn the direction of text around, are shown as what they are.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !text.contains(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\n' | '\t' | '\r' => shown.push(' '),
            other if is_hostile(other) => {
                write!(shown, "\\u{{{:x}}}", u32::from(other))
                    .expect("writing to a string cannot fail");
            }
            other => shown.push(other),
        }
    }
    Cow::Owned(shown)
}

/// Nearly all text is, and a look at the bytes is quick.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn is_hostile(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Fills up to `columns`.
pub(super) fn pad(out: &mut dyn Write, columns: usize) -> io::Result<()> {
    write!(out, "{:columns$}", "")
}

/// Cuts a text into lines of at most `columns`, between words where that is possible. Chinese has
/// no spaces between words, so a line may end after any wide character.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(MIN_COLUMNS);
    if text.len() <= columns && is_plain(text) {
        return vec![text.trim_end().to_owned()];
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut line_width = 0;
    for piece in pieces(text) {
        let piece_width = piece.trim_end().width();
        if line_width + piece_width > columns && !line.is_empty() {
            push_line(&mut lines, &mut line);
            line_width = 0;
        }
        if piece_width > columns {
            line_width = push_hard(&mut lines, &mut line, piece, columns);
            continue;
        }
        line.push_str(piece);
        line_width += piece.width();
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        push_line(&mut lines, &mut line);
    }
    lines
}

const MIN_COLUMNS: usize = 20;

fn push_line(lines: &mut Vec<String>, line: &mut String) {
    lines.push(line.trim_end().to_owned());
    line.clear();
}

/// A word that is longer than a line is cut where the line ends.
fn push_hard(lines: &mut Vec<String>, line: &mut String, piece: &str, columns: usize) -> usize {
    let mut line_width = 0;
    for character in piece.chars() {
        let character_width = character.width().unwrap_or(0);
        if line_width + character_width > columns {
            push_line(lines, line);
            line_width = 0;
        }
        line.push(character);
        line_width += character_width;
    }
    line_width
}

/// Words with the spaces after them; each wide character is a word.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut end = 0;
        let mut has_space = false;
        for (at, character) in rest.char_indices() {
            let is_space = character == ' ';
            if has_space && !is_space {
                break;
            }
            let is_wide = character.width() == Some(2);
            if is_wide && at > 0 && !has_space && !is_closing(character) {
                break;
            }
            has_space |= is_space;
            end = at + character.len_utf8();
            if is_wide && !next_is_closing(rest, end) {
                break;
            }
        }
        let (piece, tail) = rest.split_at(end);
        rest = tail;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Punctuation that must not begin a line.
fn is_closing(character: char) -> bool {
    "\u{ff0c}\u{3002}\u{3001}\u{ff1b}\u{ff1a}\u{ff01}\u{ff1f}\u{ff09}\u{300b}\u{300d}\u{201d}"
        .contains(character)
}

fn next_is_closing(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(|c| is_closing(c) || c == ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words() {
        let check = |text, expected: &[&str]| assert_eq!(wrap(text, 20), expected);
        check("", &[""]);
        check("one two three four five", &["one two three four", "five"]);
        check("一二三四五六七八九十\u{ff0c}十一", &["一二三四五六七八九", "十\u{ff0c}十一"]);
        check("aaaaaaaaaaaaaaaaaaaaaaaaa b", &["aaaaaaaaaaaaaaaaaaaa", "aaaaa b"]);
    }

    #[test]
    fn a_terminal_is_given_no_orders() {
        assert_eq!(clean("plain 文"), "plain 文");
        assert_eq!(clean("a\x1b[31mb\nc\u{202e}"), "a\\u{1b}[31mb c\\u{202e}");
    }
}
