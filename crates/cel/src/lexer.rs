//! Text to tokens, by the lexical rules of cel-spec: the longest match wins, comments and white
//! space vanish, and what is no token is reported and skipped so that the parser can go on.

mod literal;

pub(crate) use literal::{bytes_literal, string_literal};

use kordon_base::Span;

use crate::Problem;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TokenKind {
    Ident,
    /// `` `a-b` ``
    EscapedIdent,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    True,
    False,
    Null,
    In,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    And,
    Or,
    LeftBracket,
    RightBracket,
    LeftBrace,
    RightBrace,
    LeftParen,
    RightParen,
    Dot,
    Comma,
    Minus,
    Not,
    Question,
    Colon,
    Plus,
    Star,
    Slash,
    Percent,
    End,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
}

#[derive(Debug)]
pub(crate) struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Lexer<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, bytes: text.as_bytes(), at: 0 }
    }

    /// Makes every following token [`TokenKind::End`].
    pub(crate) fn stop(&mut self) {
        self.at = self.bytes.len();
    }

    /// The next token; what cannot start one is pushed to `problems` and skipped.
    pub(crate) fn next_token(&mut self, problems: &mut Vec<Problem>) -> Token {
        loop {
            self.skip_blanks();
            let start = self.at;
            let Some(&byte) = self.bytes.get(start) else {
                return Token { kind: TokenKind::End, span: self.span(start) };
            };
            match self.token(byte) {
                Ok(kind) => return Token { kind, span: self.span(start) },
                Err(Unlexable { message, hint, meant }) => {
                    let span = self.span(start);
                    let hint = hint.map(Into::into);
                    problems.push(Problem { span, message: message.into(), hint });
                    if let Some(kind) = meant {
                        return Token { kind, span };
                    }
                }
            }
        }
    }

    fn span(&self, start: usize) -> Span {
        let offset = |at: usize| u32::try_from(at).expect("the size limit keeps texts short");
        Span { start: offset(start), end: offset(self.at) }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn skip_blanks(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | 0x0C => self.at += 1,
                b'/' if self.peek(1) == b'/' => self.skip_while(|byte| byte != b'\n'),
                _ => return,
            }
        }
    }

    fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.bytes.get(self.at).is_some_and(|byte| wanted(*byte)) {
            self.at += 1;
        }
    }

    fn token(&mut self, byte: u8) -> Result<TokenKind, Unlexable> {
        match byte {
            b'"' | b'\'' => self.string(Raw::No, TokenKind::String),
            b'0'..=b'9' => Ok(self.number()),
            b'.' if self.peek(1).is_ascii_digit() => Ok(self.number()),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(),
            b'`' => self.escaped_ident(),
            _ => self.punctuation(byte),
        }
    }

    fn punctuation(&mut self, byte: u8) -> Result<TokenKind, Unlexable> {
        use TokenKind as T;
        let next = self.peek(1);
        let (kind, len) = match (byte, next) {
            (b'=', b'=') => (T::Equal, 2),
            (b'!', b'=') => (T::NotEqual, 2),
            (b'<', b'=') => (T::LessEqual, 2),
            (b'>', b'=') => (T::GreaterEqual, 2),
            (b'&', b'&') => (T::And, 2),
            (b'|', b'|') => (T::Or, 2),
            (b'!', _) => (T::Not, 1),
            (b'<', _) => (T::Less, 1),
            (b'>', _) => (T::Greater, 1),
            (b'[', _) => (T::LeftBracket, 1),
            (b']', _) => (T::RightBracket, 1),
            (b'{', _) => (T::LeftBrace, 1),
            (b'}', _) => (T::RightBrace, 1),
            (b'(', _) => (T::LeftParen, 1),
            (b')', _) => (T::RightParen, 1),
            (b'.', _) => (T::Dot, 1),
            (b',', _) => (T::Comma, 1),
            (b'-', _) => (T::Minus, 1),
            (b'?', _) => (T::Question, 1),
            (b':', _) => (T::Colon, 1),
            (b'+', _) => (T::Plus, 1),
            (b'*', _) => (T::Star, 1),
            (b'/', _) => (T::Slash, 1),
            (b'%', _) => (T::Percent, 1),
            _ => return Err(self.stray_character()),
        };
        self.at += len;
        Ok(kind)
    }

    fn stray_character(&mut self) -> Unlexable {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let character = rest.chars().next().unwrap_or(' ');
        self.at += character.len_utf8();
        let (hint, meant) = match character {
            '=' => (Some("equality is written `==`"), Some(TokenKind::Equal)),
            '&' => (Some("logical and is written `&&`"), Some(TokenKind::And)),
            '|' => (Some("logical or is written `||`"), Some(TokenKind::Or)),
            '“' | '”' | '„' | '‘' | '’' => (Some("strings stand in `'` or `\"`"), None),
            _ => (None, None),
        };
        let message = format!("unexpected character `{}`", character.escape_debug());
        Unlexable { message, hint, meant }
    }

    /// A keyword, an identifier, or the prefix of a string.
    fn word(&mut self) -> Result<TokenKind, Unlexable> {
        let quote = |byte: u8| byte == b'"' || byte == b'\'';
        let first = self.peek(0).to_ascii_lowercase();
        let second = self.peek(1);
        if first == b'r' && quote(second) {
            self.at += 1;
            return self.string(Raw::Yes, TokenKind::String);
        }
        if first == b'b' && quote(second) {
            self.at += 1;
            return self.string(Raw::No, TokenKind::Bytes);
        }
        if first == b'b' && second.eq_ignore_ascii_case(&b'r') && quote(self.peek(2)) {
            self.at += 2;
            return self.string(Raw::Yes, TokenKind::Bytes);
        }
        let start = self.at;
        self.skip_while(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        Ok(match &self.bytes[start..self.at] {
            b"in" => TokenKind::In,
            b"true" => TokenKind::True,
            b"false" => TokenKind::False,
            b"null" => TokenKind::Null,
            _ => TokenKind::Ident,
        })
    }

    fn escaped_ident(&mut self) -> Result<TokenKind, Unlexable> {
        self.at += 1;
        let start = self.at;
        self.skip_while(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b'/' | b' ')
        });
        if self.at == start || self.peek(0) != b'`' {
            let hint = "between backticks stand letters, digits and `_.-/ `";
            return Err(Unlexable::new("broken quoted identifier".to_owned(), Some(hint)));
        }
        self.at += 1;
        Ok(TokenKind::EscapedIdent)
    }

    fn number(&mut self) -> TokenKind {
        if self.peek(0) == b'0' && self.peek(1) == b'x' && self.peek(2).is_ascii_hexdigit() {
            self.at += 2;
            self.skip_while(|byte| byte.is_ascii_hexdigit());
            return self.maybe_unsigned();
        }
        self.skip_while(|byte| byte.is_ascii_digit());
        let mut kind = TokenKind::Int;
        if self.peek(0) == b'.' && self.peek(1).is_ascii_digit() {
            self.at += 1;
            self.skip_while(|byte| byte.is_ascii_digit());
            kind = TokenKind::Double;
        }
        if self.peek(0).eq_ignore_ascii_case(&b'e') {
            let signed = usize::from(matches!(self.peek(1), b'+' | b'-'));
            if self.peek(1 + signed).is_ascii_digit() {
                self.at += 1 + signed;
                self.skip_while(|byte| byte.is_ascii_digit());
                kind = TokenKind::Double;
            }
        }
        match kind {
            TokenKind::Int => self.maybe_unsigned(),
            other => other,
        }
    }

    fn maybe_unsigned(&mut self) -> TokenKind {
        if self.peek(0).eq_ignore_ascii_case(&b'u') {
            self.at += 1;
            return TokenKind::Uint;
        }
        TokenKind::Int
    }

    /// From the opening quote; escapes are looked at when the literal is made.
    fn string(&mut self, raw: Raw, kind: TokenKind) -> Result<TokenKind, Unlexable> {
        let quote = self.peek(0);
        let triple = self.peek(1) == quote && self.peek(2) == quote;
        self.at += if triple { 3 } else { 1 };
        let open = self.at;
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\\' if raw == Raw::No => self.at += 2,
                b'\n' | b'\r' if !triple => break,
                _ if byte != quote => self.at += 1,
                _ if !triple => {
                    self.at += 1;
                    return Ok(kind);
                }
                _ if self.peek(1) == quote && self.peek(2) == quote => {
                    self.at += 3;
                    return Ok(kind);
                }
                _ => self.at += 1,
            }
        }
        // An escape at the very end jumps over it; a multi-byte character may follow a backslash.
        self.at = self.text.floor_char_boundary(self.at.min(self.bytes.len())).max(open);
        let hint = if triple { None } else { Some("a string ends on its line") };
        Err(Unlexable::new("the string is not closed".to_owned(), hint))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Raw {
    Yes,
    No,
}

struct Unlexable {
    message: String,
    hint: Option<&'static str>,
    /// The token to go on with.
    meant: Option<TokenKind>,
}

impl Unlexable {
    fn new(message: String, hint: Option<&'static str>) -> Self {
        Self { message, hint, meant: None }
    }
}
