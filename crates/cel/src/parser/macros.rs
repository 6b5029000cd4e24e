//! Macros: calls that the parser turns into nodes of their own.
//!
//! A call with a macro's name, style and number of arguments is that macro; with another number of
//! arguments it stays a call, which the checker then does not know.

mod extensions;

use kordon_base::Span;

use super::Parser;
use crate::{
    ast::{Call, Comprehension, ExprId, ExprKind, Macro, Select, SelectMode},
    env::StandardMacros,
    library::MacroSet,
};

/// What came of a call: an expanded expression, or the call itself.
pub(super) type Expansion = Result<ExprId, Call>;

impl Parser<'_> {
    /// Gives the call back where it is no macro.
    pub(super) fn expand(&mut self, call: Call, span: Span) -> Expansion {
        match call.target {
            None => self.expand_global(call, span),
            Some(target) => self.expand_member(call, span, target),
        }
    }

    fn expand_global(&mut self, call: Call, span: Span) -> Expansion {
        let standard = self.syntax.standard_macros == StandardMacros::On;
        match (&*call.function, &*call.args) {
            ("has", &[operand]) if standard => Ok(self.presence(operand, span)),
            _ => Err(call),
        }
    }

    fn presence(&mut self, operand: ExprId, span: Span) -> ExprId {
        match self.kind(operand) {
            ExprKind::Broken => self.push(span, ExprKind::Broken),
            ExprKind::Select(select) if select.mode != SelectMode::Optional => {
                let select = Select { mode: SelectMode::Test, ..select.clone() };
                let height = self.height(operand);
                self.push_with_height(span, ExprKind::Select(select), height)
            }
            _ => {
                let at = self.span_of(operand);
                let hint = "`has(a.b)` asks for a field; for a key write `'b' in a`";
                self.problem_with_hint(at, "has() takes a field selection", Some(hint));
                self.push(span, ExprKind::Broken)
            }
        }
    }

    fn expand_member(&mut self, call: Call, span: Span, target: ExprId) -> Expansion {
        if let Some((kind, n_vars)) = self.comprehension_of(&call) {
            return Ok(self.comprehension(kind, n_vars, &call, span));
        }
        self.expand_extension(call, span, target)
    }

    fn comprehension_of(&self, call: &Call) -> Option<(Macro, usize)> {
        let standard = self.syntax.standard_macros == StandardMacros::On;
        let one = match (&*call.function, call.args.len()) {
            ("all", 2) => Some(Macro::All),
            ("exists", 2) => Some(Macro::Exists),
            ("exists_one", 2) => Some(Macro::ExistsOne),
            ("existsOne", 2) if self.syntax.since(33) => Some(Macro::ExistsOne),
            ("map", 2 | 3) => Some(Macro::Map),
            ("filter", 2) => Some(Macro::Filter),
            _ => None,
        };
        if let Some(kind) = one.filter(|_| standard) {
            return Some((kind, 1));
        }
        let two = match (&*call.function, call.args.len()) {
            ("all", 3) => Macro::All,
            ("exists", 3) => Macro::Exists,
            ("exists_one" | "existsOne", 3) => Macro::ExistsOne,
            ("transformList", 3 | 4) => Macro::TransformList,
            ("transformMap", 3 | 4) => Macro::TransformMap,
            ("transformMapEntry", 3 | 4) => Macro::TransformMapEntry,
            _ => return None,
        };
        self.syntax.has(MacroSet::TwoVariables).then_some((two, 2))
    }

    fn comprehension(&mut self, kind: Macro, n_vars: usize, call: &Call, span: Span) -> ExprId {
        let (names, rest) = call.args.split_at(n_vars);
        let vars: Option<Vec<Box<str>>> =
            names.iter().map(|name| self.iteration_variable(*name)).collect();
        let Some(mut vars) = vars else { return self.push(span, ExprKind::Broken) };
        let var2 = if n_vars == 2 { vars.pop() } else { None };
        let var = vars.pop().expect("a comprehension has a variable");
        if var2.as_ref() == Some(&var) {
            let at = self.span_of(names[1]);
            self.problem(at, format!("both variables are named `{var}`"));
            return self.push(span, ExprKind::Broken);
        }
        let range = call.target.expect("comprehensions are methods");
        let (filter, body) = match *rest {
            [filter, body] => (Some(filter), body),
            _ => (None, rest[0]),
        };
        let height = self.max_height(rest).max(self.height(range)) + 1;
        let comprehension = Comprehension { kind, range, var, var2, filter, body };
        self.push_with_height(span, ExprKind::Comprehension(Box::new(comprehension)), height)
    }

    /// The name that an argument declares; a problem and `None` where it is no plain name.
    fn iteration_variable(&mut self, id: ExprId) -> Option<Box<str>> {
        let name = self.declared_name(id)?;
        if &*name == "__result__" {
            let at = self.span_of(id);
            self.problem(at, "`__result__` is kept for the language itself");
            return None;
        }
        Some(name)
    }

    fn declared_name(&mut self, id: ExprId) -> Option<Box<str>> {
        match self.kind(id) {
            ExprKind::Ident(name) if !name.starts_with('.') => Some(name.clone()),
            ExprKind::Broken => None,
            _ => {
                let at = self.span_of(id);
                self.problem(at, "a variable's name must be a single plain name");
                None
            }
        }
    }
}
