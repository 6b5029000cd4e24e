//! Literals, names, calls, lists, maps, structs.

use kordon_base::Span;

use super::{Parser, expression::Qualified};
use crate::{
    Value,
    ast::{Call, Entry, ExprId, ExprKind, Item, SelectMode},
    lexer::{TokenKind, bytes_literal, string_literal},
    value::{Bytes, Str},
};

/// Names that no variable, function or iteration variable may have; fields may.
const RESERVED: &[&str] = &[
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

/// Whether a text can be the name of a variable.
#[must_use]
pub fn is_identifier(text: &str) -> bool {
    const LITERALS: [&str; 4] = ["true", "false", "null", "in"];
    let bytes = text.as_bytes();
    let starts_well = bytes.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    let is_plain = bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    starts_well && is_plain && !LITERALS.contains(&text) && !RESERVED.contains(&text)
}

impl Parser<'_> {
    pub(super) fn primary(&mut self) -> (ExprId, Qualified) {
        let span = self.token.span;
        let expr = match self.token.kind {
            TokenKind::Dot | TokenKind::Ident => return self.name(),
            TokenKind::LeftParen => self.parenthesised(),
            TokenKind::LeftBracket => self.list(),
            TokenKind::LeftBrace => self.map(),
            TokenKind::Int | TokenKind::Uint | TokenKind::Double => self.number(span.start),
            TokenKind::Minus => self.signed_number(),
            TokenKind::String | TokenKind::Bytes => self.text(),
            TokenKind::True => self.keyword(Value::Bool(true)),
            TokenKind::False => self.keyword(Value::Bool(false)),
            TokenKind::Null => self.keyword(Value::Null),
            _ => {
                self.unexpected("an expression");
                self.push(span, ExprKind::Broken)
            }
        };
        (expr, Qualified::No)
    }

    fn keyword(&mut self, value: Value<'static>) -> ExprId {
        let start = self.token.span.start;
        self.advance();
        self.literal(start, value)
    }

    fn parenthesised(&mut self) -> ExprId {
        self.advance();
        let expr = self.expression();
        self.close(TokenKind::RightParen, "`)`");
        expr
    }

    /// A variable or a global call, with or without a leading dot.
    fn name(&mut self) -> (ExprId, Qualified) {
        let start = self.token.span.start;
        let rooted = self.eat(TokenKind::Dot);
        let name_span = self.token.span;
        if self.token.kind != TokenKind::Ident {
            self.unexpected("a name");
            return (self.push(self.span_from(start), ExprKind::Broken), Qualified::No);
        }
        let bare = self.slice(name_span);
        self.advance();
        if RESERVED.contains(&bare) && self.token.kind != TokenKind::LeftBrace {
            self.problem(name_span, format!("`{bare}` is a reserved word and names nothing"));
            if self.token.kind == TokenKind::LeftParen {
                self.arguments();
            }
            return (self.push(self.span_from(start), ExprKind::Broken), Qualified::No);
        }
        let name: Box<str> = if rooted { format!(".{bare}").into() } else { bare.into() };
        if self.token.kind == TokenKind::LeftParen {
            let args = self.arguments();
            return (self.call(&name, name_span, None, args), Qualified::No);
        }
        (self.push(self.span_from(start), ExprKind::Ident(name)), Qualified::Yes)
    }

    /// Arguments with their parentheses; the current token is the opening one.
    pub(super) fn arguments(&mut self) -> Vec<ExprId> {
        let mut args = Vec::new();
        self.advance();
        if self.eat(TokenKind::RightParen) {
            return args;
        }
        loop {
            args.push(self.expression());
            if !self.separated(TokenKind::RightParen, "`,` or `)`") {
                return args;
            }
        }
    }

    /// Between the parts of a bracket: `true` when another follows. Eats the closer.
    fn separated(&mut self, closer: TokenKind, what: &str) -> bool {
        if !matches!(self.token.kind, TokenKind::Comma) && self.token.kind != closer {
            self.unexpected(what);
            self.recover(&[TokenKind::Comma, closer]);
        }
        let more = self.eat(TokenKind::Comma);
        if !more {
            self.eat(closer);
        }
        more
    }

    fn list(&mut self) -> ExprId {
        let start = self.token.span.start;
        let mut items = Vec::new();
        let mut height = 0;
        self.advance();
        let mut more = !self.empty(TokenKind::RightBracket);
        while more {
            let optional = self.optional_mark("`[?`") == SelectMode::Optional;
            let value = self.expression();
            height = height.max(self.height(value));
            items.push(Item { value, optional });
            more = self.separated(TokenKind::RightBracket, "`,` or `]`")
                && !self.eat(TokenKind::RightBracket);
        }
        self.push_with_height(self.span_from(start), ExprKind::List(items), height)
    }

    /// Nothing, or only a comma, up to the closer.
    fn empty(&mut self, closer: TokenKind) -> bool {
        if self.eat(closer) {
            return true;
        }
        self.eat(TokenKind::Comma) && {
            self.close(closer, "the closing bracket");
            true
        }
    }

    fn map(&mut self) -> ExprId {
        let start = self.token.span.start;
        self.advance();
        let (entries, height) = self.entries(Self::expression);
        self.push_with_height(self.span_from(start), ExprKind::Map(entries), height)
    }

    fn entries(&mut self, key: impl Fn(&mut Self) -> ExprId) -> (Vec<Entry>, u16) {
        let mut entries = Vec::new();
        let mut height = 0;
        let mut more = !self.empty(TokenKind::RightBrace);
        while more {
            let optional = self.optional_mark("`{?`") == SelectMode::Optional;
            let key = key(self);
            if self.expect(TokenKind::Colon, "`:` and a value") {
                let value = self.expression();
                height = height.max(self.height(key)).max(self.height(value));
                entries.push(Entry { key, value, optional });
            }
            more = self.separated(TokenKind::RightBrace, "`,` or `}`")
                && !self.eat(TokenKind::RightBrace);
        }
        (entries, height)
    }

    /// `name{field: value}`; the names of the fields are string literals in the tree.
    pub(super) fn structure(&mut self, name: ExprId) -> ExprId {
        let start = self.span_of(name).start;
        let qualified = self.dotted(name);
        self.advance();
        let (entries, height) = self.entries(Self::field_name);
        let kind = ExprKind::Struct(qualified.into(), entries);
        self.push_with_height(self.span_from(start), kind, height)
    }

    fn field_name(&mut self) -> ExprId {
        let span = self.token.span;
        let text = self.slice(span);
        let name = match self.token.kind {
            TokenKind::Ident => text,
            TokenKind::EscapedIdent => self.escaped_name(text),
            _ => {
                self.unexpected("a field name");
                return self.push(span, ExprKind::Broken);
            }
        };
        self.advance();
        self.push(span, ExprKind::Literal(Value::string(name)))
    }

    /// The name that an identifier or a chain of selections spells.
    fn dotted(&self, id: ExprId) -> String {
        match self.kind(id) {
            ExprKind::Ident(name) => name.to_string(),
            ExprKind::Select(select) => {
                let mut name = self.dotted(select.operand);
                name.push('.');
                name.push_str(&select.field);
                name
            }
            _ => String::new(),
        }
    }

    fn number(&mut self, start: u32) -> ExprId {
        let text = self.slice(self.token.span);
        self.number_from(start, text, "")
    }

    /// A minus that is no operator, as in `!-1`, belongs to a number.
    fn signed_number(&mut self) -> ExprId {
        let minus = self.token;
        self.advance();
        if matches!(self.token.kind, TokenKind::Int | TokenKind::Double) {
            return self.negative_number(minus.span.start);
        }
        self.problem(minus.span, "expected an expression, found `-`");
        self.member()
    }

    /// A number whose minus sign stood at `start`.
    pub(super) fn negative_number(&mut self, start: u32) -> ExprId {
        let text = self.slice(self.token.span);
        self.number_from(start, text, "-")
    }

    fn number_from(&mut self, start: u32, text: &str, sign: &str) -> ExprId {
        let kind = self.token.kind;
        self.advance();
        let value = match kind {
            TokenKind::Double => double(&format!("{sign}{text}")),
            TokenKind::Uint => unsigned(text),
            _ => integer(text, sign),
        };
        match value {
            Some(value) => self.literal(start, value),
            None => {
                let span = self.span_from(start);
                let what = match kind {
                    TokenKind::Double => "double",
                    TokenKind::Uint => "uint (64 bits, unsigned)",
                    _ => "int (64 bits, signed)",
                };
                self.problem(span, format!("`{sign}{text}` does not fit in {what}"));
                self.push(span, ExprKind::Broken)
            }
        }
    }

    fn text(&mut self) -> ExprId {
        let span = self.token.span;
        let token = self.slice(span);
        let value = match self.token.kind {
            TokenKind::Bytes => {
                bytes_literal(token).map(|bytes| Value::Bytes(Bytes::Shared(bytes.into())))
            }
            _ => string_literal(token).map(|text| Value::String(Str::Shared(text.into()))),
        };
        self.advance();
        match value {
            Ok(value) => self.literal(span.start, value),
            Err(message) => {
                self.problem(span, message);
                self.push(span, ExprKind::Broken)
            }
        }
    }

    /// A call, or what the macro of that name makes of it.
    pub(super) fn call(
        &mut self,
        function: &str,
        name_span: Span,
        target: Option<ExprId>,
        args: Vec<ExprId>,
    ) -> ExprId {
        let start = target.map_or(name_span, |target| self.span_of(target)).start;
        let span = self.span_from(start);
        let call = Call { function: function.into(), target, args, name_span };
        let call = match self.expand(call, span) {
            Ok(expanded) => return expanded,
            Err(call) => call,
        };
        let mut height = self.max_height(&call.args);
        if let Some(target) = target {
            height = height.max(self.height(target)) + 1;
        }
        self.push_with_height(span, ExprKind::Call(call), height)
    }
}

fn double(text: &str) -> Option<Value<'static>> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Some(Value::Double(value)),
        _ => None,
    }
}

fn integer(text: &str, sign: &str) -> Option<Value<'static>> {
    let value = match text.strip_prefix("0x") {
        Some(digits) => i64::from_str_radix(&format!("{sign}{digits}"), 16),
        None => format!("{sign}{text}").parse(),
    };
    match value {
        Ok(value) => Some(Value::Int(value)),
        Err(_) => None,
    }
}

fn unsigned(text: &str) -> Option<Value<'static>> {
    let text = text.strip_suffix(['u', 'U'])?;
    let value = match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16),
        None => text.parse(),
    };
    match value {
        Ok(value) => Some(Value::Uint(value)),
        Err(_) => None,
    }
}
