//! Expressions that declare variables: comprehensions, bindings, blocks.

use super::Checker;
use crate::{
    Type,
    ast::{Bind, BindKind, Comprehension, ExprId, Macro},
};

impl<'c> Checker<'c> {
    pub(super) fn check_comprehension(&mut self, comprehension: &'c Comprehension) -> Type {
        let Comprehension { kind, range, ref var, ref var2, filter, body } = *comprehension;
        self.check(range);
        let (first, second) = self.variable_types(range, var2.is_some());
        let n_locals = self.locals.len();
        self.locals.push((var, first.clone()));
        if let Some(var2) = var2 {
            self.locals.push((var2, second));
        }
        if let Some(filter) = filter {
            self.check(filter);
            self.assert_bool(filter);
        }
        self.check(body);
        self.locals.truncate(n_locals);
        match kind {
            Macro::All | Macro::Exists | Macro::ExistsOne => {
                self.assert_bool(body);
                Type::Bool
            }
            Macro::Filter => {
                self.assert_bool(body);
                Type::list(self.unifier.resolve(&first))
            }
            Macro::Map | Macro::TransformList => Type::list(self.resolved(body)),
            Macro::TransformMap => {
                let key = self.unifier.resolve(&first);
                Type::map(key, self.resolved(body))
            }
            Macro::TransformMapEntry => self.entry_type(body),
        }
    }

    fn resolved(&mut self, id: ExprId) -> Type {
        self.unifier.resolve(&self.types[id.index()])
    }

    /// What the variables of a comprehension over this range are.
    fn variable_types(&mut self, range: ExprId, two: bool) -> (Type, Type) {
        match self.resolved(range) {
            Type::List(item) if two => (Type::Int, (*item).clone()),
            Type::List(item) => ((*item).clone(), Type::Error),
            Type::Map(entry) => (entry.0.clone(), entry.1.clone()),
            Type::Dyn | Type::Error | Type::Param(_) => (Type::Dyn, Type::Dyn),
            var @ Type::Var(_) => {
                self.unifier.assignable(&Type::Dyn, &var);
                (Type::Dyn, Type::Dyn)
            }
            other => {
                let message = format!(
                    "expression of type '{}' cannot be range of a comprehension (must be list, \
                     map, or dynamic)",
                    self.unifier.finish(&other)
                );
                self.problem(self.span_of(range), message, None);
                (Type::Error, Type::Error)
            }
        }
    }

    /// The body of `transformMapEntry` gives a map.
    fn entry_type(&mut self, body: ExprId) -> Type {
        let map = Type::map(self.unifier.fresh(), self.unifier.fresh());
        let fits = self.unifier.assignable(&self.types[body.index()], &map);
        if !fits {
            let found = self.type_of(body).clone();
            self.mismatch(body, &map, &found);
            return Type::Error;
        }
        self.unifier.resolve(&map)
    }

    pub(super) fn check_bind(&mut self, id: ExprId, bind: &'c Bind) -> Type {
        self.check(bind.init);
        let init = match bind.kind {
            BindKind::Bind => self.type_of(bind.init).clone(),
            BindKind::OptMap | BindKind::OptFlatMap => self.optional_value(bind.init),
        };
        self.locals.push((&bind.var, init));
        self.check(bind.body);
        self.locals.pop();
        let body = self.resolved(bind.body);
        match bind.kind {
            BindKind::Bind => body,
            BindKind::OptMap => Type::optional(body),
            BindKind::OptFlatMap => self.flat_type(id, &body),
        }
    }

    fn optional_value(&mut self, init: ExprId) -> Type {
        let value = self.unifier.fresh();
        let optional = Type::optional(value.clone());
        if !self.unifier.assignable(&self.types[init.index()], &optional) {
            let found = self.type_of(init).clone();
            self.mismatch(init, &optional, &found);
            return Type::Error;
        }
        self.unifier.resolve(&value)
    }

    /// The body of `optFlatMap` meets `optional.none()`.
    fn flat_type(&mut self, id: ExprId, body: &Type) -> Type {
        let none = Type::optional(self.unifier.fresh());
        let common = self.unifier.fresh();
        let fits = self
            .unifier
            .attempt(|unifier| unifier.fits(body, &common) && unifier.fits(&none, &common));
        if !fits {
            self.mismatch(id, &none, body);
            return Type::Error;
        }
        self.unifier.resolve(&common)
    }

    /// The results of earlier items are read as `@indexN`, of any type.
    pub(super) fn check_block(&mut self, items: &'c [ExprId], body: ExprId) -> Type {
        let outer = std::mem::replace(&mut self.n_block_items, 0);
        for item in items {
            self.check(*item);
            self.n_block_items += 1;
        }
        self.check(body);
        self.n_block_items = outer;
        self.resolved(body)
    }
}
