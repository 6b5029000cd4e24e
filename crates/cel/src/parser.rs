//! Text to an [`Ast`]: recursive descent along cel-go's grammar, macros expanded on the way.
//!
//! A mistake does not end the parse: what is broken becomes [`ExprKind::Broken`], the parser goes
//! on at the next comma or closing bracket, and every problem is reported. Depth and size are
//! limited as the API server limits them, so no input exhausts the stack.

mod expression;
mod macros;
mod primary;

pub use primary::is_identifier;

use kordon_base::Span;

use crate::{
    Dialect, Problem,
    ast::{Ast, Call, Expr, ExprId, ExprKind},
    env::StandardMacros,
    lexer::{Lexer, Token, TokenKind},
    library::MacroSet,
};

/// Code points of an expression, as in cel-go.
const MAX_CHARACTERS: usize = 100_000;
/// Nested expressions (brackets, arguments, branches of `?:`).
const MAX_NESTING: u16 = 250;
/// Operators, selections and calls on each other, on the longest path to a leaf.
const MAX_HEIGHT: u16 = 250;
/// More problems than this help nobody.
const MAX_PROBLEMS: usize = 30;

/// What the parser knows of the environment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Syntax<'e> {
    pub(crate) dialect: Dialect,
    pub(crate) standard_macros: StandardMacros,
    pub(crate) macros: &'e [MacroSet],
}

impl Syntax<'_> {
    fn has(&self, set: MacroSet) -> bool {
        self.macros.contains(&set)
    }

    /// Whether the release of cel-go that Kubernetes `1.minor` is built with is new enough for
    /// something.
    fn since(&self, minor: u16) -> bool {
        match self.dialect {
            Dialect::Standard => true,
            Dialect::Kubernetes(built) => built >= minor,
        }
    }
}

/// Parses; the tree is there even when there are problems.
pub(crate) fn parse(text: &str, syntax: Syntax<'_>) -> (Ast, Vec<Problem>) {
    let mut parser = Parser::new(text, syntax);
    if text.len() > MAX_CHARACTERS && text.chars().count() > MAX_CHARACTERS {
        let message = format!("the expression has more than {MAX_CHARACTERS} characters");
        parser.problems.push(Problem {
            span: Span::default(),
            message: message.into(),
            hint: None,
        });
        let root = parser.push(Span::default(), ExprKind::Broken);
        return (Ast { exprs: parser.exprs, root }, parser.problems);
    }
    parser.advance();
    let root = parser.expression();
    if parser.token.kind != TokenKind::End {
        parser.unexpected("the end of the expression");
    }
    let mut problems = parser.problems;
    problems.sort_by_key(|problem| problem.span.start);
    problems.truncate(MAX_PROBLEMS);
    (Ast { exprs: parser.exprs, root }, problems)
}

#[derive(Debug)]
struct Parser<'t> {
    text: &'t str,
    syntax: Syntax<'t>,
    lexer: Lexer<'t>,
    token: Token,
    /// Where the token before this one ended.
    end: u32,
    nesting: u16,
    /// By expression: see [`MAX_HEIGHT`].
    heights: Vec<u16>,
    exprs: Vec<Expr>,
    problems: Vec<Problem>,
    /// A limit was hit: nothing that follows is worth reporting.
    stopped: bool,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, syntax: Syntax<'t>) -> Self {
        let n_exprs = (text.len() / 5).min(1024);
        Self {
            text,
            syntax,
            lexer: Lexer::new(text),
            token: Token { kind: TokenKind::End, span: Span::default() },
            end: 0,
            nesting: 0,
            heights: Vec::with_capacity(n_exprs),
            exprs: Vec::with_capacity(n_exprs),
            problems: Vec::new(),
            stopped: false,
        }
    }

    fn advance(&mut self) {
        self.end = self.token.span.end;
        self.token = self.lexer.next_token(&mut self.problems);
        if self.problems.len() > MAX_PROBLEMS && !self.stopped {
            self.stop();
        }
    }

    fn eat(&mut self, kind: TokenKind) -> bool {
        let found = self.token.kind == kind;
        if found {
            self.advance();
        }
        found
    }

    fn expect(&mut self, kind: TokenKind, what: &str) -> bool {
        let found = self.eat(kind);
        if !found {
            self.unexpected(what);
        }
        found
    }

    fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    fn span_from(&self, start: u32) -> Span {
        Span { start, end: self.end.max(start) }
    }

    fn problem(&mut self, span: Span, message: impl Into<Box<str>>) {
        self.problem_with_hint(span, message, None);
    }

    fn problem_with_hint(&mut self, span: Span, message: impl Into<Box<str>>, hint: Option<&str>) {
        let again = self.problems.last().is_some_and(|last| last.span.start == span.start);
        if !self.stopped && !again {
            let hint = hint.map(Into::into);
            self.problems.push(Problem { span, message: message.into(), hint });
        }
    }

    fn unexpected(&mut self, expected: &str) {
        let Token { kind, span } = self.token;
        let text = self.slice(span);
        let found = match kind {
            TokenKind::End => "the end".to_owned(),
            _ => format!("`{text}`"),
        };
        let hint = match text {
            "and" => Some("logical and is written `&&`"),
            "or" => Some("logical or is written `||`"),
            "not" => Some("logical not is written `!`"),
            _ => None,
        };
        self.problem_with_hint(span, format!("expected {expected}, found {found}"), hint);
    }

    /// Ends the parse: every further token is the end, and no further problem is reported.
    fn stop(&mut self) {
        self.stopped = true;
        self.lexer.stop();
        let end = u32::try_from(self.text.len()).expect("the size limit keeps texts short");
        self.token = Token { kind: TokenKind::End, span: Span { start: end, end } };
    }

    fn too_deep(&mut self, span: Span) {
        let message = format!("the expression is nested more than {MAX_NESTING} levels deep");
        self.problem(span, message);
        self.stop();
    }

    /// Skips to the next token of `stops` that belongs to the bracket that the parser is in.
    fn recover(&mut self, stops: &[TokenKind]) {
        let mut depth = 0_usize;
        loop {
            let kind = self.token.kind;
            match kind {
                TokenKind::End => return,
                _ if depth == 0 && stops.contains(&kind) => return,
                TokenKind::LeftBracket | TokenKind::LeftBrace | TokenKind::LeftParen => depth += 1,
                TokenKind::RightBracket | TokenKind::RightBrace | TokenKind::RightParen => {
                    // A closing bracket of an outer one: what is missing was reported.
                    let Some(outer) = depth.checked_sub(1) else { return };
                    depth = outer;
                }
                _ => {}
            }
            self.advance();
        }
    }

    fn push(&mut self, span: Span, kind: ExprKind) -> ExprId {
        self.push_with_height(span, kind, 0)
    }

    fn push_with_height(&mut self, span: Span, kind: ExprKind, height: u16) -> ExprId {
        let id = ExprId(u32::try_from(self.exprs.len()).expect("the size limit bounds the nodes"));
        self.exprs.push(Expr { span, kind });
        self.heights.push(height);
        if height > MAX_HEIGHT {
            self.too_deep(span);
        }
        id
    }

    fn height(&self, id: ExprId) -> u16 {
        self.heights[id.index()]
    }

    fn max_height(&self, ids: &[ExprId]) -> u16 {
        ids.iter().map(|id| self.height(*id)).max().unwrap_or(0)
    }

    fn span_of(&self, id: ExprId) -> Span {
        self.exprs[id.index()].span
    }

    fn kind(&self, id: ExprId) -> &ExprKind {
        &self.exprs[id.index()].kind
    }

    /// An operator as the call of its function.
    fn operator(&mut self, function: &str, name_span: Span, args: Vec<ExprId>) -> ExprId {
        let start = args.first().map_or(name_span, |first| self.span_of(*first)).start;
        let span = self.span_from(start.min(name_span.start));
        let height = self.max_height(&args) + 1;
        let call = Call { function: function.into(), target: None, args, name_span };
        self.push_with_height(span, ExprKind::Call(call), height)
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
