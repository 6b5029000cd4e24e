//! Lists, maps and structs.

use super::{Checker, hints};
use crate::{
    Type, Value,
    ast::{Entry, ExprId, ExprKind, Item},
};

impl<'c> Checker<'c> {
    pub(super) fn check_list(&mut self, items: &'c [Item]) -> Type {
        let mut joined = None;
        for item in items {
            self.check(item.value);
            let type_ = self.part_type(item.value, item.optional);
            joined = Some(self.join(joined, type_));
        }
        Type::list(joined.unwrap_or_else(|| self.unifier.fresh()))
    }

    pub(super) fn check_map(&mut self, entries: &'c [Entry]) -> Type {
        let (mut keys, mut values) = (None, None);
        for entry in entries {
            self.check(entry.key);
            let key = self.type_of(entry.key).clone();
            keys = Some(self.join(keys, key));
            self.check(entry.value);
            let value = self.part_type(entry.value, entry.optional);
            values = Some(self.join(values, value));
        }
        let key = keys.unwrap_or_else(|| self.unifier.fresh());
        Type::map(key, values.unwrap_or_else(|| self.unifier.fresh()))
    }

    /// The type of a part; what is marked with `?` must be an optional and counts as what is in it.
    fn part_type(&mut self, id: ExprId, optional: bool) -> Type {
        let type_ = self.type_of(id).clone();
        if !optional {
            return type_;
        }
        match self.unifier.resolve(&type_) {
            Type::Optional(inner) => (*inner).clone(),
            other => {
                if !other.is_dyn() {
                    self.mismatch(id, &Type::optional(other.clone()), &other);
                }
                other
            }
        }
    }

    /// The type that parts of both types have; `dyn` where they have nothing in common. That
    /// literals of mixed types are refused in some dialects is seen to afterwards.
    fn join(&mut self, known: Option<Type>, next: Type) -> Type {
        let Some(known) = known else { return next };
        if self.unifier.assignable(&known, &next) {
            return self.unifier.most_general(&known, &next).clone();
        }
        Type::Dyn
    }

    pub(super) fn check_struct(&mut self, id: ExprId, name: &'c str, entries: &'c [Entry]) -> Type {
        let env = self.env;
        let found = env.resolve(name, |candidate| env.types.get(candidate).cloned());
        let type_ = match found {
            Some(Type::Object(object)) => Type::Object(object),
            Some(other) => {
                let message = format!("'{other}' is not a struct type");
                self.problem(self.span_of(id), message, None);
                Type::Error
            }
            None => {
                let message = self.undeclared(name);
                let names = env.types.keys().map(|known| &**known);
                let hint = hints::did_you_mean(name, names);
                self.problem(self.span_of(id), message, hint);
                Type::Error
            }
        };
        for entry in entries {
            self.check(entry.value);
            if let Type::Object(_) = &type_ {
                self.check_struct_field(&type_, entry);
            }
        }
        type_
    }

    fn check_struct_field(&mut self, type_: &Type, entry: &Entry) {
        let Type::Object(object) = type_ else { return };
        let ExprKind::Literal(Value::String(field)) = &self.ast.expr(entry.key).kind else {
            return;
        };
        let Some(wanted) = object.field(field) else {
            let message = format!("undefined field '{field}' of {}", object.name);
            let names = object.fields.iter().map(|field| &*field.name);
            let hint = hints::did_you_mean(field, names);
            self.problem(self.span_of(entry.key), message, hint);
            return;
        };
        let found = self.part_type(entry.value, entry.optional);
        if !self.unifier.assignable(wanted, &found) {
            let found = self.unifier.finish(&found);
            let message = format!("field '{field}' is of type '{wanted}' but found '{found}'");
            self.problem(self.span_of(entry.value), message, None);
        }
    }
}
