//! Operators by precedence, from `?:` down to selection, call and index.

use super::{MAX_NESTING, Parser};
use crate::{
    Value,
    ast::{ExprId, ExprKind, Select, SelectMode},
    lexer::TokenKind,
    library::MacroSet,
};

/// What may be the name of a struct type when `{` follows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Qualified {
    /// `a`, `a.b`, `.a.b`: plain names only.
    Yes,
    No,
}

impl Parser<'_> {
    pub(super) fn expression(&mut self) -> ExprId {
        if self.nesting >= MAX_NESTING {
            self.too_deep(self.token.span);
            return self.push(self.token.span, ExprKind::Broken);
        }
        self.nesting += 1;
        let expr = self.conditional();
        self.nesting -= 1;
        expr
    }

    fn conditional(&mut self) -> ExprId {
        let condition = self.or();
        let name_span = self.token.span;
        if !self.eat(TokenKind::Question) {
            return condition;
        }
        let then = self.or();
        let otherwise = if self.expect(TokenKind::Colon, "`:` and the other branch of `?`") {
            self.expression()
        } else {
            self.push(self.token.span, ExprKind::Broken)
        };
        self.operator("_?_:_", name_span, vec![condition, then, otherwise])
    }

    fn or(&mut self) -> ExprId {
        let first = self.and();
        if self.token.kind != TokenKind::Or {
            return first;
        }
        let name_span = self.token.span;
        let mut operands = vec![first];
        while self.eat(TokenKind::Or) {
            operands.push(self.and());
        }
        self.operator("_||_", name_span, operands)
    }

    fn and(&mut self) -> ExprId {
        let first = self.relation();
        if self.token.kind != TokenKind::And {
            return first;
        }
        let name_span = self.token.span;
        let mut operands = vec![first];
        while self.eat(TokenKind::And) {
            operands.push(self.relation());
        }
        self.operator("_&&_", name_span, operands)
    }

    fn relation(&mut self) -> ExprId {
        let mut left = self.sum();
        loop {
            let function = match self.token.kind {
                TokenKind::Less => "_<_",
                TokenKind::LessEqual => "_<=_",
                TokenKind::Greater => "_>_",
                TokenKind::GreaterEqual => "_>=_",
                TokenKind::Equal => "_==_",
                TokenKind::NotEqual => "_!=_",
                TokenKind::In => "@in",
                _ => return left,
            };
            left = self.binary(function, left, Self::sum);
        }
    }

    fn sum(&mut self) -> ExprId {
        let mut left = self.product();
        loop {
            let function = match self.token.kind {
                TokenKind::Plus => "_+_",
                TokenKind::Minus => "_-_",
                _ => return left,
            };
            left = self.binary(function, left, Self::product);
        }
    }

    fn product(&mut self) -> ExprId {
        let mut left = self.unary();
        loop {
            let function = match self.token.kind {
                TokenKind::Star => "_*_",
                TokenKind::Slash => "_/_",
                TokenKind::Percent => "_%_",
                _ => return left,
            };
            left = self.binary(function, left, Self::unary);
        }
    }

    fn binary(
        &mut self,
        function: &str,
        left: ExprId,
        operand: impl Fn(&mut Self) -> ExprId,
    ) -> ExprId {
        let name_span = self.token.span;
        self.advance();
        let right = operand(self);
        self.operator(function, name_span, vec![left, right])
    }

    /// `!!a` is `a` and `--a` is `a`: only the number of signs counts. One minus before a number
    /// belongs to the literal.
    fn unary(&mut self) -> ExprId {
        let name_span = self.token.span;
        let (sign, function) = match self.token.kind {
            TokenKind::Minus => (TokenKind::Minus, "-_"),
            TokenKind::Not => (TokenKind::Not, "!_"),
            _ => return self.member(),
        };
        let mut n_signs = 0_usize;
        while self.eat(sign) {
            n_signs += 1;
        }
        let number = matches!(self.token.kind, TokenKind::Int | TokenKind::Double);
        if sign == TokenKind::Minus && n_signs == 1 && number {
            let literal = self.negative_number(name_span.start);
            return self.member_of(literal, Qualified::No);
        }
        let operand = self.member();
        if n_signs.is_multiple_of(2) {
            return operand;
        }
        self.operator(function, name_span, vec![operand])
    }

    pub(super) fn member(&mut self) -> ExprId {
        let (operand, qualified) = self.primary();
        self.member_of(operand, qualified)
    }

    /// What follows an operand: selections, calls, indexes, and the fields of a struct.
    pub(super) fn member_of(&mut self, mut operand: ExprId, mut qualified: Qualified) -> ExprId {
        loop {
            match self.token.kind {
                TokenKind::Dot => operand = self.selection(operand, &mut qualified),
                TokenKind::LeftBracket => {
                    operand = self.index(operand);
                    qualified = Qualified::No;
                }
                TokenKind::LeftBrace if qualified == Qualified::Yes => {
                    operand = self.structure(operand);
                    qualified = Qualified::No;
                }
                _ => return operand,
            }
        }
    }

    fn selection(&mut self, operand: ExprId, qualified: &mut Qualified) -> ExprId {
        let start = self.span_of(operand).start;
        self.advance();
        let mode = self.optional_mark("`.?`");
        let field_span = self.token.span;
        let text = self.slice(field_span);
        let field = match self.token.kind {
            TokenKind::Ident => text,
            TokenKind::EscapedIdent => self.escaped_name(text),
            _ => {
                self.unexpected("a field name");
                *qualified = Qualified::No;
                if self.token.kind.is_keyword() {
                    self.advance();
                }
                return self.push(self.span_from(start), ExprKind::Broken);
            }
        };
        let plain = self.token.kind == TokenKind::Ident && mode == SelectMode::Field;
        self.advance();
        if plain && self.token.kind == TokenKind::LeftParen {
            *qualified = Qualified::No;
            let args = self.arguments();
            return self.call(field, field_span, Some(operand), args);
        }
        if !plain {
            *qualified = Qualified::No;
        }
        let height = self.height(operand) + 1;
        let select = Select { operand, field: field.into(), mode, field_span };
        self.push_with_height(self.span_from(start), ExprKind::Select(select), height)
    }

    /// A name in backticks, which the first releases cannot read.
    pub(super) fn escaped_name<'n>(&mut self, text: &'n str) -> &'n str {
        if !self.syntax.since(37) {
            let hint = "write the field as an index: `a['b-c']`";
            let message = "names in backticks need Kubernetes 1.37";
            self.problem_with_hint(self.token.span, message, Some(hint));
        }
        text.trim_matches('`')
    }

    fn index(&mut self, operand: ExprId) -> ExprId {
        let name_span = self.token.span;
        self.advance();
        let function = match self.optional_mark("`[?`") {
            SelectMode::Optional => "_[?_]",
            _ => "_[_]",
        };
        let index = self.expression();
        self.close(TokenKind::RightBracket, "`]`");
        self.operator(function, name_span, vec![operand, index])
    }

    /// Takes a `?`, which is a problem where the environment has no optionals.
    pub(super) fn optional_mark(&mut self, what: &str) -> SelectMode {
        let span = self.token.span;
        if !self.eat(TokenKind::Question) {
            return SelectMode::Field;
        }
        if !self.syntax.has(MacroSet::Optionals) {
            self.problem(
                span,
                format!("{what} needs optional types, which this environment lacks"),
            );
        }
        SelectMode::Optional
    }

    /// The closing bracket, or the way to it.
    pub(super) fn close(&mut self, closer: TokenKind, what: &str) {
        if !self.expect(closer, what) {
            self.recover(&[closer]);
            self.eat(closer);
        }
    }

    pub(super) fn literal(&mut self, start: u32, value: Value<'static>) -> ExprId {
        let span = self.span_from(start);
        self.push(span, ExprKind::Literal(value))
    }
}

impl TokenKind {
    fn is_keyword(self) -> bool {
        matches!(self, Self::True | Self::False | Self::Null | Self::In)
    }
}
