//! Types of an expression, and what its names and calls mean, by cel-go's rules.
//!
//! The checker is gradual: `dyn` fits everywhere, and where the types of arguments are not known
//! several overloads stay candidates. It goes on after a mistake: what is wrong has the type
//! [`Type::Error`], which fits everywhere, so that one mistake is reported once.

mod aggregates;
mod calls;
mod comprehensions;
mod hints;
mod literals;
mod names;
mod unify;

use kordon_base::Span;

pub(crate) use literals::{PreparedCalls, check_literals};
pub(crate) use names::DottedNames;

use crate::{
    Dialect, Problem, Type,
    ast::{Ast, ExprId, ExprKind, Select, SelectMode},
    env::{EnvInner, Reference},
};
use unify::{NullMeets, Unifier};

/// What the checker found, by expression.
#[derive(Default)]
pub(crate) struct Checked {
    pub(crate) types: Vec<Type>,
    pub(crate) references: Vec<Option<Reference>>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) prepared: PreparedCalls,
}

pub(crate) fn check(env: &EnvInner, ast: &Ast) -> Checked {
    let mut checker = Checker {
        env,
        ast,
        types: vec![Type::Dyn; ast.n_exprs()],
        references: vec![None; ast.n_exprs()],
        problems: Vec::new(),
        unifier: Unifier::new(match env.dialect {
            Dialect::Standard => NullMeets::Nullable,
            Dialect::Kubernetes(_) => NullMeets::Last,
        }),
        locals: Vec::new(),
        n_block_items: 0,
    };
    checker.check(ast.root());
    let Checker { mut types, references, mut problems, mut unifier, .. } = checker;
    for type_ in &mut types {
        *type_ = unifier.finish(type_);
    }
    problems.sort_by_key(|problem| problem.span.start);
    Checked { types, references, problems, prepared: Vec::new() }
}

struct Checker<'c> {
    env: &'c EnvInner,
    ast: &'c Ast,
    types: Vec<Type>,
    references: Vec<Option<Reference>>,
    problems: Vec<Problem>,
    unifier: Unifier,
    /// Variables of the comprehensions around, the innermost last.
    locals: Vec<(&'c str, Type)>,
    /// Items of the `cel.block` around that may be read here.
    n_block_items: usize,
}

impl<'c> Checker<'c> {
    fn check(&mut self, id: ExprId) {
        let ast = self.ast;
        let type_ = match &ast.expr(id).kind {
            ExprKind::Literal(value) => value.type_of(),
            ExprKind::Ident(name) => self.check_ident(id, name),
            ExprKind::Select(select) => self.check_select(id, select),
            ExprKind::Call(call) => self.check_call(id, call),
            ExprKind::List(items) => self.check_list(items),
            ExprKind::Map(entries) => self.check_map(entries),
            ExprKind::Struct(name, entries) => self.check_struct(id, name, entries),
            ExprKind::Comprehension(comprehension) => self.check_comprehension(comprehension),
            ExprKind::Bind(bind) => self.check_bind(id, bind),
            ExprKind::Block(items, body) => self.check_block(items, *body),
            ExprKind::Broken => Type::Error,
        };
        self.types[id.index()] = small(type_);
    }

    fn type_of(&self, id: ExprId) -> &Type {
        &self.types[id.index()]
    }

    fn span_of(&self, id: ExprId) -> Span {
        self.ast.expr(id).span
    }

    fn problem(&mut self, span: Span, message: impl Into<Box<str>>, hint: Option<String>) {
        let hint = hint.map(Into::into);
        self.problems.push(Problem { span, message: message.into(), hint });
    }

    fn mismatch(&mut self, id: ExprId, wanted: &Type, found: &Type) {
        let (wanted, found) = (self.unifier.finish(wanted), self.unifier.finish(found));
        let span = self.span_of(id);
        self.problem(span, format!("expected type '{wanted}' but found '{found}'"), None);
    }

    fn check_select(&mut self, id: ExprId, select: &'c Select) -> Type {
        if select.mode == SelectMode::Field
            && let Some(type_) = self.check_qualified(id)
        {
            return type_;
        }
        let field_type = self.check_field(select);
        match select.mode {
            SelectMode::Test => Type::Bool,
            SelectMode::Field | SelectMode::Optional => self.unifier.resolve(&field_type),
        }
    }

    fn check_field(&mut self, select: &'c Select) -> Type {
        self.check(select.operand);
        let operand = self.unifier.resolve(&self.types[select.operand.index()]);
        let (target, was_optional) = match &operand {
            Type::Optional(inner) => (&**inner, true),
            other => (other, false),
        };
        let field = match target {
            Type::Map(entry) => entry.1.clone(),
            Type::Object(object) => match object.field(&select.field) {
                Some(type_) => type_.clone(),
                None => {
                    let message = format!("undefined field '{}' of {}", select.field, object.name);
                    let names = object.fields.iter().map(|field| &*field.name);
                    let hint = hints::did_you_mean(&select.field, names);
                    self.problem(select.field_span, message, hint);
                    Type::Error
                }
            },
            Type::Var(_) => {
                self.unifier.assignable(&Type::Dyn, target);
                Type::Dyn
            }
            Type::Dyn | Type::Error | Type::Param(_) => Type::Dyn,
            other => {
                let found = self.unifier.finish(other);
                let message = format!("type '{found}' does not support field selection");
                self.problem(select.field_span, message, None);
                Type::Dyn
            }
        };
        if was_optional || select.mode == SelectMode::Optional {
            return Type::optional(field);
        }
        field
    }
}

/// No type is kept that grew beyond all use, as those do that double with each `cel.bind`.
fn small(type_: Type) -> Type {
    const MAX_PARTS: usize = 500;
    let mut left = MAX_PARTS;
    if fits_in(&type_, &mut left) { type_ } else { Type::Dyn }
}

fn fits_in(type_: &Type, left: &mut usize) -> bool {
    if *left == 0 {
        return false;
    }
    *left -= 1;
    match type_ {
        Type::List(inner) | Type::Optional(inner) | Type::Type(inner) => fits_in(inner, left),
        Type::Map(entry) => fits_in(&entry.0, left) && fits_in(&entry.1, left),
        Type::Generic(generic) => generic.params.iter().all(|param| fits_in(param, left)),
        _ => true,
    }
}

#[cfg(test)]
mod tests;
