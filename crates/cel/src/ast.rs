//! An expression as the parser leaves it: an arena of nodes with spans, macros already expanded to
//! comprehensions of their own kinds, so that nothing after the parser has to recognise a pattern.

mod print;

use kordon_base::Span;

use crate::Value;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ExprId(pub(crate) u32);

impl ExprId {
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Clone, Debug)]
pub struct Expr {
    pub span: Span,
    pub kind: ExprKind,
}

impl Expr {
    /// The direct sub-expressions, in the order of the text.
    pub fn for_each_child(&self, mut visit: impl FnMut(ExprId)) {
        match &self.kind {
            ExprKind::Literal(_) | ExprKind::Ident(_) | ExprKind::Broken => {}
            ExprKind::Select(select) => visit(select.operand),
            ExprKind::Call(call) => call.target.iter().chain(&call.args).for_each(|id| visit(*id)),
            ExprKind::List(items) => items.iter().for_each(|item| visit(item.value)),
            ExprKind::Map(entries) => {
                for entry in entries {
                    visit(entry.key);
                    visit(entry.value);
                }
            }
            ExprKind::Struct(_, entries) => entries.iter().for_each(|entry| visit(entry.value)),
            ExprKind::Comprehension(comprehension) => {
                visit(comprehension.range);
                comprehension.filter.into_iter().for_each(&mut visit);
                visit(comprehension.body);
            }
            ExprKind::Bind(bind) => {
                visit(bind.init);
                visit(bind.body);
            }
            ExprKind::Block(items, body) => items.iter().chain([body]).for_each(|id| visit(*id)),
        }
    }
}

#[derive(Clone, Debug)]
pub enum ExprKind {
    Literal(Value<'static>),
    /// A name; with a leading dot it is looked up at the root only.
    Ident(Box<str>),
    Select(Select),
    /// A function, operator or method. Operators have cel-go's names: `_+_`, `_?_:_`, `_[_]`,
    /// `_[?_]`, `@in`, `!_`, `-_`; `_&&_` and `_||_` have two or more arguments.
    Call(Call),
    List(Vec<Item>),
    Map(Vec<Entry>),
    /// `name{field: value}`.
    Struct(Box<str>, Vec<Entry>),
    Comprehension(Box<Comprehension>),
    /// `cel.bind(name, init, body)`; also what `optMap` and `optFlatMap` bind their value with.
    Bind(Box<Bind>),
    /// `cel.block([…], body)`: earlier results are read as `@indexN`.
    Block(Vec<ExprId>, ExprId),
    /// What could not be parsed; a problem says why.
    Broken,
}

#[derive(Clone, Debug)]
pub struct Select {
    pub operand: ExprId,
    pub field: Box<str>,
    pub mode: SelectMode,
    pub field_span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SelectMode {
    Field,
    /// `has(a.b)`
    Test,
    /// `a.?b`
    Optional,
}

#[derive(Clone, Debug)]
pub struct Call {
    pub function: Box<str>,
    pub target: Option<ExprId>,
    pub args: Vec<ExprId>,
    pub name_span: Span,
}

#[derive(Clone, Debug)]
pub struct Item {
    pub value: ExprId,
    /// `[?a]`: left out when none.
    pub optional: bool,
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub key: ExprId,
    pub value: ExprId,
    /// `{?k: v}`: left out when none.
    pub optional: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Macro {
    All,
    Exists,
    ExistsOne,
    Map,
    Filter,
    TransformList,
    TransformMap,
    TransformMapEntry,
}

#[derive(Clone, Debug)]
pub struct Comprehension {
    pub kind: Macro,
    pub range: ExprId,
    pub var: Box<str>,
    /// The second variable of a two-variable comprehension.
    pub var2: Option<Box<str>>,
    /// The predicate of the forms of `map` and `transform…` that take one.
    pub filter: Option<ExprId>,
    pub body: ExprId,
}

#[derive(Clone, Debug)]
pub struct Bind {
    pub kind: BindKind,
    pub var: Box<str>,
    pub init: ExprId,
    pub body: ExprId,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BindKind {
    Bind,
    /// `init.optMap(var, body)`
    OptMap,
    /// `init.optFlatMap(var, body)`
    OptFlatMap,
}

/// A parsed expression.
#[derive(Clone, Debug)]
pub struct Ast {
    pub(crate) exprs: Vec<Expr>,
    pub(crate) root: ExprId,
}

impl Ast {
    #[must_use]
    pub fn root(&self) -> ExprId {
        self.root
    }

    #[must_use]
    pub fn expr(&self, id: ExprId) -> &Expr {
        &self.exprs[id.index()]
    }

    #[must_use]
    pub fn n_exprs(&self) -> usize {
        self.exprs.len()
    }
}
