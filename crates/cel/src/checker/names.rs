//! What a plain or dotted name means: a local variable, a declared variable, a type.

use std::{borrow::Cow, collections::HashSet, sync::Arc};

use foldhash::fast::FixedState;

use super::{Checker, hints};
use crate::{
    Type, Value,
    ast::{ExprId, ExprKind, SelectMode},
    env::{EnvInner, Reference},
};

impl<'c> Checker<'c> {
    pub(super) fn check_ident(&mut self, id: ExprId, name: &'c str) -> Type {
        if let Some(type_) = self.local(name) {
            return type_;
        }
        if let Some(type_) = self.global_at(id, name) {
            return type_;
        }
        if self.is_block_item(name) {
            return Type::Dyn;
        }
        let message = self.undeclared(name);
        let hint = hints::name(self.env, &self.locals, name);
        self.problem(self.span_of(id), message, hint);
        Type::Error
    }

    pub(super) fn undeclared(&self, name: &str) -> String {
        match &*self.env.container {
            "" => format!("undeclared reference to '{name}'"),
            container => format!("undeclared reference to '{name}' (in container '{container}')"),
        }
    }

    fn is_block_item(&self, name: &str) -> bool {
        let number = name.strip_prefix("@index").and_then(|digits| digits.parse().ok());
        number.is_some_and(|number: usize| number < self.n_block_items)
    }

    /// A name with a leading dot is never a local one.
    fn local(&self, name: &str) -> Option<Type> {
        let (_, type_) = self.locals.iter().rev().find(|(local, _)| *local == name)?;
        Some(type_.clone())
    }

    /// `a.b.c` as one declared name.
    pub(super) fn check_qualified(&mut self, id: ExprId) -> Option<Type> {
        let name = self.dotted_name(id)?;
        let (root, _) = name.split_once('.')?;
        // With a leading dot the root is empty, and no local variable is meant.
        match self.local(root) {
            Some(_) => None,
            None => self.global_at(id, &name),
        }
    }

    fn global_at(&mut self, id: ExprId, name: &str) -> Option<Type> {
        let (type_, reference) = self.env.global(name)?;
        self.references[id.index()] = Some(reference);
        Some(type_)
    }

    /// The name that a chain of plain selections spells, where the environment may know it.
    pub(super) fn dotted_name(&self, id: ExprId) -> Option<String> {
        let root = self.root_of(id)?;
        if !self.env.dotted.may_start(root) {
            return None;
        }
        let mut name = String::new();
        self.spell(id, &mut name);
        Some(name)
    }

    fn root_of(&self, mut id: ExprId) -> Option<&'c str> {
        let ast = self.ast;
        loop {
            match &ast.expr(id).kind {
                ExprKind::Ident(name) => return Some(name),
                ExprKind::Select(select) if select.mode == SelectMode::Field => {
                    id = select.operand;
                }
                _ => return None,
            }
        }
    }

    fn spell(&self, id: ExprId, name: &mut String) {
        match &self.ast.expr(id).kind {
            ExprKind::Ident(root) => name.push_str(root),
            ExprKind::Select(select) => {
                self.spell(select.operand, name);
                name.push('.');
                name.push_str(&select.field);
            }
            _ => {}
        }
    }
}

/// First parts of the dotted names that an environment declares, so that most selections need no
/// look-up of their whole chain.
#[derive(Clone, Debug, Default)]
pub(crate) struct DottedNames {
    roots: Arc<HashSet<Box<str>, FixedState>>,
    /// In a container any name may be the rest of a declared one.
    pub(crate) any: bool,
}

impl DottedNames {
    /// A name was declared.
    pub(crate) fn note(&mut self, name: &str) {
        let Some((root, _)) = name.split_once('.') else { return };
        if !self.roots.contains(root) {
            Arc::make_mut(&mut self.roots).insert(root.into());
        }
    }

    fn may_start(&self, root: &str) -> bool {
        self.any || self.roots.contains(root.strip_prefix('.').unwrap_or(root))
    }
}

impl EnvInner {
    /// A declared variable or a type, by the rules of containers.
    pub(crate) fn global(&self, name: &str) -> Option<(Type, Reference)> {
        self.resolve(name, |candidate| {
            if let Some(type_) = self.variables.get(candidate) {
                return Some((type_.clone(), Reference::Variable(candidate.into())));
            }
            let type_ = Type::of_type(self.types.get(candidate)?.clone());
            let Type::Type(of) = &type_ else { return None };
            let value = Value::Type(Arc::clone(of));
            Some((type_, Reference::Constant(value)))
        })
    }

    /// The first of the names that a relative name may stand for: in the container, in the ones
    /// around it, at the root. A leading dot means the root only.
    pub(crate) fn resolve<T>(&self, name: &str, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        if let Some(rooted) = name.strip_prefix('.') {
            return find(rooted);
        }
        let mut container = &*self.container;
        while !container.is_empty() {
            if let Some(found) = find(&format!("{container}.{name}")) {
                return Some(found);
            }
            container = container.rsplit_once('.').map_or("", |(outer, _)| outer);
        }
        find(name)
    }

    /// The declared name of a function.
    pub(crate) fn function_name<'n>(&'n self, name: &'n str) -> Option<Cow<'n, str>> {
        let bare = name.strip_prefix('.').unwrap_or(name);
        if self.container.is_empty() {
            return self.functions.contains_key(bare).then_some(Cow::Borrowed(bare));
        }
        self.resolve(name, |candidate| {
            self.functions.contains_key(candidate).then(|| Cow::Owned(candidate.to_owned()))
        })
    }
}
