//! Regular expressions in the syntax of RE2, which CEL speaks, written for the crate that matches
//! them here.
//!
//! The two agree but for these: `\d`, `\w`, `\s` and `\b` mean ASCII in RE2; `[` and doubled signs
//! stand for themselves inside of a class; `\Q…\E` quotes; `\123` is octal; and what RE2 does not
//! know (flags `x`, `u` and `R`, more than 1,000 repetitions) is refused.

use std::iter::Peekable;
use std::str::Chars;

use regex::{Regex, RegexBuilder};

use crate::EvalError;

/// What a compiled expression may take.
const SIZE_LIMIT: usize = 4 << 20;

const MAX_REPETITIONS: u32 = 1_000;

/// Compiles a regular expression with a cap on its size.
pub fn compile_regex(pattern: &str) -> Result<Regex, EvalError> {
    let translated = Translation::new(pattern)
        .run()
        .map_err(|why| EvalError::invalid(format!("error parsing regexp: {why}: `{pattern}`")))?;
    let regex = RegexBuilder::new(&translated).size_limit(SIZE_LIMIT).build();
    regex.map_err(|error| EvalError::invalid(format!("error parsing regexp: {error}")))
}

struct Translation<'p> {
    rest: Peekable<Chars<'p>>,
    written: String,
}

type Step = Result<(), &'static str>;

impl<'p> Translation<'p> {
    fn new(pattern: &'p str) -> Self {
        Self { rest: pattern.chars().peekable(), written: String::with_capacity(pattern.len()) }
    }

    fn run(mut self) -> Result<String, &'static str> {
        let mut is_repeated = false;
        while let Some(c) = self.rest.next() {
            let repeats = match c {
                '*' | '+' | '?' => {
                    self.written.push(c);
                    true
                }
                '{' => self.repetition()?,
                _ => {
                    self.part(c)?;
                    false
                }
            };
            if repeats && is_repeated {
                return Err("invalid nested repetition operator");
            }
            if repeats && self.rest.next_if_eq(&'?').is_some() {
                self.written.push('?');
            }
            is_repeated = repeats;
        }
        Ok(self.written)
    }

    fn part(&mut self, c: char) -> Step {
        match c {
            '\\' => self.escape(),
            '[' => self.class(),
            '(' => self.group(),
            _ => {
                self.written.push(c);
                Ok(())
            }
        }
    }

    fn escape(&mut self) -> Step {
        let c = self.rest.next().ok_or("trailing backslash at end of expression")?;
        match c {
            'd' => self.written.push_str("(?-i:[0-9])"),
            'D' => self.written.push_str("(?-i:[^0-9])"),
            'w' => self.written.push_str("(?-i:[0-9A-Za-z_])"),
            'W' => self.written.push_str("(?-i:[^0-9A-Za-z_])"),
            's' => self.written.push_str(r"[\t\n\x0C\r ]"),
            'S' => self.written.push_str(r"[^\t\n\x0C\r ]"),
            'b' => self.written.push_str(r"(?-u:\b)"),
            // Between the bytes of a character is no place of a text.
            'B' => self.written.push_str(r"(?-u:\b{start-half}\b{end-half}|\B)"),
            'Q' => self.quoted(),
            'A' | 'z' => self.written.extend(['\\', c]),
            _ => return self.character(c),
        }
        Ok(())
    }

    /// An escape that stands for a character or a class of Unicode, in and outside of classes.
    fn character(&mut self, c: char) -> Step {
        match c {
            'p' | 'P' | 'x' => {
                self.written.extend(['\\', c]);
                self.braced();
                Ok(())
            }
            'a' | 'f' | 'n' | 'r' | 't' | 'v' => {
                self.written.extend(['\\', c]);
                Ok(())
            }
            '0'..='7' => self.octal(c),
            _ if c.is_ascii_punctuation() => {
                self.written.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
                Ok(())
            }
            _ => Err("invalid escape sequence"),
        }
    }

    /// The name of a class of Unicode or the number of a character: `{Greek}`, `N`, `{1F600}`, `41`.
    fn braced(&mut self) {
        if self.rest.peek() == Some(&'{') {
            for c in self.rest.by_ref() {
                self.written.push(c);
                if c == '}' {
                    return;
                }
            }
        } else {
            self.written.extend(self.rest.next());
        }
    }

    /// `\1` to `\7` would be references back, unless more digits follow.
    fn octal(&mut self, first: char) -> Step {
        let next_is_octal = self.rest.peek().is_some_and(|c| matches!(c, '0'..='7'));
        if first != '0' && !next_is_octal {
            return Err("invalid escape sequence");
        }
        let mut code = first.to_digit(8).unwrap_or(0);
        for _ in 0..2 {
            let Some(digit) = self.rest.peek().and_then(|c| c.to_digit(8)) else { break };
            code = code * 8 + digit;
            self.rest.next();
        }
        self.written.push_str(&format!("\\x{{{code:x}}}"));
        Ok(())
    }

    fn quoted(&mut self) {
        while let Some(c) = self.rest.next() {
            if c == '\\' && self.rest.peek() == Some(&'E') {
                self.rest.next();
                return;
            }
            self.written.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
        }
    }

    fn class(&mut self) -> Step {
        self.written.push('[');
        if self.rest.next_if_eq(&'^').is_some() {
            self.written.push('^');
        }
        let mut is_first = true;
        while is_first || self.rest.next_if_eq(&']').is_none() {
            is_first = false;
            let is_single = self.class_item()?;
            let mut ahead = self.rest.clone();
            if is_single && ahead.next() == Some('-') && ahead.next() != Some(']') {
                self.rest.next();
                self.written.push('-');
                if !self.class_item()? {
                    return Err("invalid character class range");
                }
            }
        }
        self.written.push(']');
        Ok(())
    }

    /// A character (`true`) or a class inside of a class.
    fn class_item(&mut self) -> Result<bool, &'static str> {
        match self.rest.next().ok_or("missing closing ]")? {
            '[' if self.rest.peek() == Some(&':') => return Ok(!self.named_class()),
            '\\' => return self.class_escape(),
            // Unescaped, these may be operations on classes.
            c @ ('[' | ']' | '&' | '~' | '-' | '^') => self.written.extend(['\\', c]),
            c => self.written.push(c),
        }
        Ok(true)
    }

    /// `[:alpha:]`, where it is one; a bracket that only looks like it stands for itself.
    fn named_class(&mut self) -> bool {
        let ahead: String = self.rest.clone().take_while(|c| *c != ']').collect();
        let is_named = ahead.len() > 2 && ahead.starts_with(':') && ahead.ends_with(':');
        self.written.push_str(if is_named { "[" } else { r"\[" });
        if is_named {
            for _ in 0..=ahead.chars().count() {
                self.written.extend(self.rest.next());
            }
        }
        is_named
    }

    fn class_escape(&mut self) -> Result<bool, &'static str> {
        let c = self.rest.next().ok_or("missing closing ]")?;
        match c {
            'd' => self.written.push_str("0-9"),
            'D' => self.written.push_str("[^0-9]"),
            'w' => self.written.push_str("0-9A-Za-z_"),
            'W' => self.written.push_str("[^0-9A-Za-z_]"),
            's' => self.written.push_str(r"\t\n\x0C\r "),
            'S' => self.written.push_str(r"[^\t\n\x0C\r ]"),
            _ => {
                self.character(c)?;
                return Ok(!matches!(c, 'p' | 'P'));
            }
        }
        Ok(false)
    }

    /// Flags that RE2 does not have are refused.
    fn group(&mut self) -> Step {
        self.written.push('(');
        if self.rest.peek() != Some(&'?') {
            return Ok(());
        }
        let is_flag = |c: &char| c.is_ascii_alphabetic() || *c == '-';
        let flags: String = self.rest.clone().skip(1).take_while(is_flag).collect();
        let after = self.rest.clone().nth(1 + flags.len());
        let are_flags = matches!(after, Some(')' | ':'));
        if are_flags && flags.contains(|c| !"imsU-".contains(c)) {
            return Err("invalid or unsupported Perl syntax");
        }
        Ok(())
    }

    /// `{2,3}` repeats (`true`); braces around anything else stand for themselves.
    fn repetition(&mut self) -> Result<bool, &'static str> {
        let inner: String = self.rest.clone().take_while(|c| *c != '}').collect();
        let is_closed = self.rest.clone().nth(inner.chars().count()).is_some();
        let (least, most) = inner.split_once(',').unwrap_or((&*inner, ""));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !is_closed || !is_number(least) || !(most.is_empty() || is_number(most)) {
            self.written.push_str(r"\{");
            return Ok(false);
        }
        let is_large = |text: &str| !text.is_empty() && parsed(text) > MAX_REPETITIONS;
        if is_large(least) || is_large(most) {
            return Err("invalid repeat count");
        }
        self.written.push('{');
        self.written.extend(self.rest.by_ref().take(inner.len() + 1));
        Ok(true)
    }
}

fn parsed(digits: &str) -> u32 {
    digits.parse().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::proptest;

    use super::compile_regex;

    /// The parts of a text that match, or `error`.
    fn check(pattern: &str, text: &str, expected: &[&str]) {
        let found: Vec<&str> = match compile_regex(pattern) {
            Ok(regex) => regex.find_iter(text).map(|found| found.as_str()).collect(),
            Err(_) => vec!["error"],
        };
        assert_eq!(found, expected, "{pattern}");
    }

    #[test]
    fn classes_are_ascii() {
        check(r"\d+", "12 \u{663}", &["12"]);
        check(r"\w+", "a_1 \u{e9}", &["a_1"]);
        check(r"(?i)\w+", "A \u{212a}", &["A"]);
        check(r"[\d_]+", "1_\u{663}", &["1_"]);
        check(r"[^\D]+", "a12b", &["12"]);
        check(r"\s", "\u{a0} ", &[" "]);
        check(r"\bb", "\u{e9}b", &["b"]);
        check(r"\p{Greek}+|\pN", "\u{3b1}\u{3b2}1", &["\u{3b1}\u{3b2}", "1"]);
    }

    #[test]
    fn brackets_in_classes_stand_for_themselves() {
        check(r"[[a]+", "[a]", &["[a"]);
        check(r"[]a]+", "a]b", &["a]"]);
        check(r"[a&&b]+", "a&b", &["a&b"]);
        check(r"[a--]+", "a-b", &["error"]);
        check(r"[+--]+", "+,-.", &["+,-"]);
        check(r"[[:alpha:]]+", "ab1", &["ab"]);
        check(r"[[:a]+", "[:a", &["[:a"]);
        check(r"[a-c\-]+", "ab-d", &["ab-"]);
    }

    #[test]
    fn quoting_octal_and_braces() {
        check(r"\Qa.b\E+", "a.bb", &["a.bb"]);
        check(r"\101", "A", &["A"]);
        check(r"\x41\x{42}[\x{43}-\x44]", "ABD", &["ABD"]);
        check(r"a{,2}", "a{,2}", &["a{,2}"]);
        check(r"a{2}", "aaa", &["aa"]);
        check("{", "{", &["{"]);
        for bad in
            ["a**", "a{2}{3}", "a+?*", r"\1", "a{1001}", "(?x)a", "(", r"\", "[a", r"\h", "(?=a)"]
        {
            check(bad, "", &["error"]);
        }
    }

    proptest! {
        #[test]
        fn any_pattern_is_read_without_panic(pattern in "[\\[\\](){}|*+?.^$:\\\\a-dxQEpLdw0-9,-]{0,16}") {
            drop(compile_regex(&pattern));
        }
    }
}
