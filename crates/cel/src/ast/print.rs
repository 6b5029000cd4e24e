//! An expression as text again, with no more parentheses than it needs; macros as they are
//! written.

mod literal;

use std::fmt::{self, Write as _};

use super::{Ast, Bind, BindKind, Call, Comprehension, Entry, ExprId, ExprKind, Macro, SelectMode};
use crate::Value;

impl fmt::Display for Ast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Printer { ast: self, f }.expr(self.root(), Level::Conditional)
    }
}

/// How tightly an expression holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Conditional,
    Or,
    And,
    Relation,
    Sum,
    Product,
    Unary,
    Member,
}

impl Level {
    fn tighter(self) -> Self {
        match self {
            Self::Conditional => Self::Or,
            Self::Or => Self::And,
            Self::And => Self::Relation,
            Self::Relation => Self::Sum,
            Self::Sum => Self::Product,
            Self::Product => Self::Unary,
            Self::Unary | Self::Member => Self::Member,
        }
    }
}

/// The level and sign of a binary operator.
fn binary(function: &str) -> Option<(Level, &'static str)> {
    Some(match function {
        "_||_" => (Level::Or, "||"),
        "_&&_" => (Level::And, "&&"),
        "_<_" => (Level::Relation, "<"),
        "_<=_" => (Level::Relation, "<="),
        "_>_" => (Level::Relation, ">"),
        "_>=_" => (Level::Relation, ">="),
        "_==_" => (Level::Relation, "=="),
        "_!=_" => (Level::Relation, "!="),
        "@in" => (Level::Relation, "in"),
        "_+_" => (Level::Sum, "+"),
        "_-_" => (Level::Sum, "-"),
        "_*_" => (Level::Product, "*"),
        "_/_" => (Level::Product, "/"),
        "_%_" => (Level::Product, "%"),
        _ => return None,
    })
}

struct Printer<'p, 'f> {
    ast: &'p Ast,
    f: &'p mut fmt::Formatter<'f>,
}

impl<'p> Printer<'p, '_> {
    fn kind(&self, id: ExprId) -> &'p ExprKind {
        &self.ast.expr(id).kind
    }

    fn level(&self, id: ExprId) -> Level {
        match self.kind(id) {
            ExprKind::Call(call) => match &*call.function {
                "_?_:_" => Level::Conditional,
                "!_" | "-_" => Level::Unary,
                function => binary(function).map_or(Level::Member, |(level, _)| level),
            },
            _ => Level::Member,
        }
    }

    /// In parentheses where it holds together less than its place asks.
    fn expr(&mut self, id: ExprId, place: Level) -> fmt::Result {
        if self.level(id) >= place {
            return self.bare(id);
        }
        self.parenthesised(id)
    }

    fn parenthesised(&mut self, id: ExprId) -> fmt::Result {
        self.f.write_char('(')?;
        self.bare(id)?;
        self.f.write_char(')')
    }

    fn bare(&mut self, id: ExprId) -> fmt::Result {
        match self.kind(id) {
            ExprKind::Literal(value) => literal::write(self.f, value),
            ExprKind::Ident(name) => self.name(name),
            ExprKind::Select(select) => {
                let test = select.mode == SelectMode::Test;
                self.f.write_str(if test { "has(" } else { "" })?;
                self.expr(select.operand, Level::Member)?;
                let optional = select.mode == SelectMode::Optional;
                self.f.write_str(if optional { ".?" } else { "." })?;
                self.field(&select.field)?;
                self.f.write_str(if test { ")" } else { "" })
            }
            ExprKind::Call(call) => self.call(call),
            ExprKind::List(items) => {
                self.f.write_char('[')?;
                for (idx, item) in items.iter().enumerate() {
                    self.separate(idx)?;
                    self.f.write_str(if item.optional { "?" } else { "" })?;
                    self.expr(item.value, Level::Conditional)?;
                }
                self.f.write_char(']')
            }
            ExprKind::Map(entries) => {
                self.entries(entries, |printer, key| printer.expr(key, Level::Conditional))
            }
            ExprKind::Struct(name, entries) => {
                self.f.write_str(name)?;
                self.entries(entries, Self::field_key)
            }
            ExprKind::Comprehension(comprehension) => self.comprehension(comprehension),
            ExprKind::Bind(bind) => self.bind(bind),
            ExprKind::Block(items, body) => {
                self.f.write_str("cel.block([")?;
                self.list(items)?;
                self.f.write_str("], ")?;
                self.expr(*body, Level::Conditional)?;
                self.f.write_char(')')
            }
            ExprKind::Broken => self.f.write_str("…"),
        }
    }

    fn separate(&mut self, idx: usize) -> fmt::Result {
        self.f.write_str(if idx == 0 { "" } else { ", " })
    }

    fn list(&mut self, ids: &[ExprId]) -> fmt::Result {
        for (idx, id) in ids.iter().enumerate() {
            self.separate(idx)?;
            self.expr(*id, Level::Conditional)?;
        }
        Ok(())
    }

    fn entries(
        &mut self,
        entries: &[Entry],
        key: impl Fn(&mut Self, ExprId) -> fmt::Result,
    ) -> fmt::Result {
        self.f.write_char('{')?;
        for (idx, entry) in entries.iter().enumerate() {
            self.separate(idx)?;
            self.f.write_str(if entry.optional { "?" } else { "" })?;
            key(self, entry.key)?;
            self.f.write_str(": ")?;
            self.expr(entry.value, Level::Conditional)?;
        }
        self.f.write_char('}')
    }

    /// Fields of structs are string literals in the tree and names in the text.
    fn field_key(&mut self, key: ExprId) -> fmt::Result {
        match self.kind(key) {
            ExprKind::Literal(Value::String(field)) => self.field(field),
            _ => self.bare(key),
        }
    }

    fn call(&mut self, call: &Call) -> fmt::Result {
        match (&*call.function, &*call.args) {
            ("_?_:_", &[condition, then, otherwise]) => {
                self.expr(condition, Level::Or)?;
                self.f.write_str(" ? ")?;
                self.expr(then, Level::Or)?;
                self.f.write_str(" : ")?;
                self.expr(otherwise, Level::Conditional)
            }
            ("!_", &[operand]) => self.unary('!', operand),
            ("-_", &[operand]) => self.unary('-', operand),
            (function @ ("_[_]" | "_[?_]"), &[operand, index]) => {
                self.expr(operand, Level::Member)?;
                self.f.write_str(if function == "_[_]" { "[" } else { "[?" })?;
                self.expr(index, Level::Conditional)?;
                self.f.write_char(']')
            }
            ("math.@max", args) => self.function("math.greatest", args),
            ("math.@min", args) => self.function("math.least", args),
            (function, args) => match (binary(function), call.target) {
                (Some((level, sign)), _) => self.operator(level, sign, args),
                (None, None) => self.function(function, args),
                (None, Some(target)) => {
                    self.expr(target, Level::Member)?;
                    self.f.write_char('.')?;
                    self.function(function, args)
                }
            },
        }
    }

    /// A number right after a minus would become one literal with it.
    fn unary(&mut self, sign: char, operand: ExprId) -> fmt::Result {
        self.f.write_char(sign)?;
        if sign == '-' && self.starts_with_number(operand) {
            return self.parenthesised(operand);
        }
        self.expr(operand, Level::Member)
    }

    fn starts_with_number(&self, mut id: ExprId) -> bool {
        loop {
            id = match self.kind(id) {
                ExprKind::Literal(value) => {
                    return matches!(value, Value::Int(_) | Value::Double(_));
                }
                ExprKind::Select(select) if select.mode != SelectMode::Test => select.operand,
                ExprKind::Call(call) => match (call.target, &*call.function) {
                    (Some(target), _) => target,
                    (None, "_[_]" | "_[?_]") => call.args[0],
                    (None, _) => return false,
                },
                ExprKind::Comprehension(comprehension) => comprehension.range,
                ExprKind::Bind(bind) if bind.kind != BindKind::Bind => bind.init,
                _ => return false,
            };
        }
    }

    fn operator(&mut self, level: Level, sign: &str, args: &[ExprId]) -> fmt::Result {
        let n_ary = matches!(level, Level::Or | Level::And);
        for (idx, arg) in args.iter().enumerate() {
            if idx > 0 {
                write!(self.f, " {sign} ")?;
            }
            let place = if idx == 0 && !n_ary { level } else { level.tighter() };
            self.expr(*arg, place)?;
        }
        Ok(())
    }

    fn function(&mut self, name: &str, args: &[ExprId]) -> fmt::Result {
        write!(self.f, "{name}(")?;
        self.list(args)?;
        self.f.write_char(')')
    }

    fn comprehension(&mut self, comprehension: &Comprehension) -> fmt::Result {
        let name = match comprehension.kind {
            Macro::All => "all",
            Macro::Exists => "exists",
            Macro::ExistsOne => "exists_one",
            Macro::Map => "map",
            Macro::Filter => "filter",
            Macro::TransformList => "transformList",
            Macro::TransformMap => "transformMap",
            Macro::TransformMapEntry => "transformMapEntry",
        };
        self.expr(comprehension.range, Level::Member)?;
        write!(self.f, ".{name}(")?;
        self.name(&comprehension.var)?;
        if let Some(var2) = &comprehension.var2 {
            self.f.write_str(", ")?;
            self.name(var2)?;
        }
        for part in comprehension.filter.iter().chain([&comprehension.body]) {
            self.f.write_str(", ")?;
            self.expr(*part, Level::Conditional)?;
        }
        self.f.write_char(')')
    }

    fn bind(&mut self, bind: &Bind) -> fmt::Result {
        match bind.kind {
            BindKind::Bind => {
                self.f.write_str("cel.bind(")?;
                self.name(&bind.var)?;
                self.f.write_str(", ")?;
                self.expr(bind.init, Level::Conditional)?;
            }
            BindKind::OptMap | BindKind::OptFlatMap => {
                self.expr(bind.init, Level::Member)?;
                let flat = bind.kind == BindKind::OptFlatMap;
                self.f.write_str(if flat { ".optFlatMap(" } else { ".optMap(" })?;
                self.name(&bind.var)?;
            }
        }
        self.f.write_str(", ")?;
        self.expr(bind.body, Level::Conditional)?;
        self.f.write_char(')')
    }

    /// Names that only macros make are written as those macros.
    fn name(&mut self, name: &str) -> fmt::Result {
        if let Some(number) = name.strip_prefix("@index") {
            return write!(self.f, "cel.index({number})");
        }
        let made = [("@it:", "cel.iterVar"), ("@ac:", "cel.accuVar")];
        for (prefix, function) in made {
            if let Some(numbers) = name.strip_prefix(prefix) {
                return write!(self.f, "{function}({})", numbers.replace(':', ", "));
            }
        }
        self.f.write_str(name)
    }

    fn field(&mut self, field: &str) -> fmt::Result {
        let plain = field.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && field.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && !matches!(field, "in" | "true" | "false" | "null");
        if plain { self.f.write_str(field) } else { write!(self.f, "`{field}`") }
    }
}
