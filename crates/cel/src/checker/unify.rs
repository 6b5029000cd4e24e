//! Assignability of types, with type variables bound on the way.
//!
//! The rules are cel-go's: `dyn` fits everywhere, a variable takes the most general of the types
//! that meet in it, null fits structs, optionals, opaque types, durations and timestamps.

use std::sync::Arc;

use crate::{Type, types::GenericType};

/// Steps of one question; a type that takes more is treated as `dyn`. Types that grow by doubling
/// (`{a: a}` bound again and again) stop here.
const FUEL: u32 = 20_000;

#[derive(Debug, Default)]
pub(super) struct Unifier {
    bindings: Vec<Option<Type>>,
    /// What to put back when an attempt fails.
    log: Vec<(u32, Option<Type>)>,
    fuel: u32,
    null: NullMeets,
}

/// What a null and a type that may be null have in common.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum NullMeets {
    /// That type, as in the specification's tests.
    #[default]
    Nullable,
    /// What comes last, as cel-go has it.
    Last,
}

/// Whether a type may stand for a variable.
enum Substitution {
    Valid,
    /// The variable is bound to something that does not fit.
    Bound,
    /// The variable occurs in the type.
    Occurs,
}

impl Unifier {
    pub(super) fn new(null: NullMeets) -> Self {
        Self { null, ..Self::default() }
    }

    pub(super) fn fresh(&mut self) -> Type {
        let id = u32::try_from(self.bindings.len()).expect("the nodes of an expression are few");
        self.bindings.push(None);
        Type::Var(id)
    }

    /// Whether `from` may stand where `to` is wanted; what that says of variables is kept only
    /// when it may.
    pub(super) fn assignable(&mut self, from: &Type, to: &Type) -> bool {
        self.attempt(|unifier| unifier.fits(from, to))
    }

    /// Runs an attempt; forgets its bindings when it fails.
    pub(super) fn attempt(&mut self, attempt: impl FnOnce(&mut Self) -> bool) -> bool {
        self.fuel = FUEL;
        self.log.clear();
        let fits = attempt(self);
        if !fits {
            while let Some((id, old)) = self.log.pop() {
                self.bindings[id as usize] = old;
            }
        }
        fits
    }

    /// One assignment within an attempt.
    pub(super) fn fits(&mut self, from: &Type, to: &Type) -> bool {
        if !self.spend() {
            return true;
        }
        if let Type::Var(var) = to {
            match self.substitute(from, *var) {
                Substitution::Valid => return true,
                Substitution::Bound => return false,
                Substitution::Occurs => {}
            }
        }
        if let Type::Var(var) = from {
            return matches!(self.substitute(to, *var), Substitution::Valid);
        }
        if is_wild(from) || is_wild(to) {
            return true;
        }
        match (from, to) {
            (Type::Null, other) | (other, Type::Null) => is_nullable(other),
            (Type::List(from), Type::List(to)) | (Type::Optional(from), Type::Optional(to)) => {
                self.fits(from, to)
            }
            (Type::Map(from), Type::Map(to)) => {
                self.fits(&from.0, &to.0) && self.fits(&from.1, &to.1)
            }
            (Type::Type(_), Type::Type(_)) => true,
            (Type::Generic(from), Type::Generic(to)) => {
                from.name == to.name
                    && from.params.len() == to.params.len()
                    && from.params.iter().zip(&to.params).all(|(from, to)| self.fits(from, to))
            }
            (Type::Object(from), Type::Object(to)) => from.name == to.name,
            (from, to) => from == to,
        }
    }

    fn substitute(&mut self, type_: &Type, var: u32) -> Substitution {
        if *type_ == Type::Var(var) {
            return Substitution::Valid;
        }
        if let Some(bound) = self.bindings[var as usize].clone() {
            if *type_ == bound {
                return Substitution::Valid;
            }
            if !self.fits(type_, &bound) {
                return Substitution::Bound;
            }
            let general = self.most_general(type_, &bound);
            if !self.occurs(var, general) {
                self.bind(var, general.clone());
            }
            return Substitution::Valid;
        }
        if self.occurs(var, type_) {
            return Substitution::Occurs;
        }
        self.bind(var, type_.clone());
        Substitution::Valid
    }

    /// The one of two types that meet which says less.
    pub(super) fn most_general<'t>(&self, left: &'t Type, right: &'t Type) -> &'t Type {
        if is_no_more_specific(left, right, self.null) { left } else { right }
    }

    fn bind(&mut self, var: u32, type_: Type) {
        let old = self.bindings[var as usize].replace(type_);
        self.log.push((var, old));
    }

    fn occurs(&mut self, var: u32, within: &Type) -> bool {
        if !self.spend() {
            return true;
        }
        match within {
            Type::Var(other) if *other == var => true,
            Type::Var(other) => match self.bindings[*other as usize].clone() {
                Some(bound) => self.occurs(var, &bound),
                None => false,
            },
            Type::List(inner) | Type::Optional(inner) | Type::Type(inner) => {
                self.occurs(var, inner)
            }
            Type::Map(entry) => self.occurs(var, &entry.0) || self.occurs(var, &entry.1),
            Type::Generic(generic) => generic.params.iter().any(|param| self.occurs(var, param)),
            _ => false,
        }
    }

    fn spend(&mut self) -> bool {
        let left = self.fuel > 0;
        self.fuel = self.fuel.saturating_sub(1);
        left
    }

    /// The type with its bound variables replaced.
    pub(super) fn resolve(&mut self, type_: &Type) -> Type {
        self.replace_from(type_, Free::Keep)
    }

    /// The type without any variables: free ones are `dyn`.
    pub(super) fn finish(&mut self, type_: &Type) -> Type {
        self.replace_from(type_, Free::Dyn)
    }

    fn replace_from(&mut self, type_: &Type, free: Free) -> Type {
        if !has_variables(type_) {
            return type_.clone();
        }
        self.fuel = FUEL;
        self.replace(type_, free)
    }

    fn replace(&mut self, type_: &Type, free: Free) -> Type {
        if !self.spend() {
            return Type::Dyn;
        }
        match type_ {
            Type::Var(var) => match self.bindings[*var as usize].clone() {
                Some(bound) => self.replace(&bound, free),
                None if free == Free::Dyn => Type::Dyn,
                None => Type::Var(*var),
            },
            Type::List(inner) => Type::list(self.replace(inner, free)),
            Type::Optional(inner) => Type::optional(self.replace(inner, free)),
            Type::Type(inner) => Type::of_type(self.replace(inner, free)),
            Type::Map(entry) => {
                Type::map(self.replace(&entry.0, free), self.replace(&entry.1, free))
            }
            Type::Generic(generic) => {
                let params = generic.params.iter().map(|param| self.replace(param, free)).collect();
                Type::Generic(Arc::new(GenericType { name: generic.name.clone(), params }))
            }
            other => other.clone(),
        }
    }

    /// A signature's type with its parameters as variables of this use.
    pub(super) fn instantiate(
        &mut self,
        type_: &Type,
        params: &mut Vec<(&'static str, Type)>,
    ) -> Type {
        match type_ {
            Type::Param(name) => {
                if let Some((_, known)) = params.iter().find(|(known, _)| known == name) {
                    return known.clone();
                }
                let var = self.fresh();
                params.push((*name, var.clone()));
                var
            }
            Type::List(inner) => Type::list(self.instantiate(inner, params)),
            Type::Optional(inner) => Type::optional(self.instantiate(inner, params)),
            Type::Type(inner) => Type::of_type(self.instantiate(inner, params)),
            Type::Map(entry) => {
                let key = self.instantiate(&entry.0, params);
                Type::map(key, self.instantiate(&entry.1, params))
            }
            Type::Generic(generic) => {
                let inner = &generic.params;
                let types = inner.iter().map(|param| self.instantiate(param, params)).collect();
                Type::generic(&generic.name, types)
            }
            other => other.clone(),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Free {
    Keep,
    Dyn,
}

fn is_wild(type_: &Type) -> bool {
    matches!(type_, Type::Dyn | Type::Error | Type::Param(_))
}

fn is_nullable(type_: &Type) -> bool {
    matches!(
        type_,
        Type::Null
            | Type::Optional(_)
            | Type::Opaque(_)
            | Type::Generic(_)
            | Type::Object(_)
            | Type::Duration
            | Type::Timestamp
    )
}

fn has_variables(type_: &Type) -> bool {
    match type_ {
        Type::Var(_) => true,
        Type::List(inner) | Type::Optional(inner) | Type::Type(inner) => has_variables(inner),
        Type::Map(entry) => has_variables(&entry.0) || has_variables(&entry.1),
        Type::Generic(generic) => generic.params.iter().any(has_variables),
        _ => false,
    }
}

fn is_no_more_specific(left: &Type, right: &Type, null: NullMeets) -> bool {
    if matches!(left, Type::Dyn | Type::Var(_) | Type::Param(_)) {
        return true;
    }
    match (left, right) {
        (_, Type::Dyn | Type::Var(_) | Type::Param(_)) => false,
        (Type::List(left), Type::List(right)) | (Type::Optional(left), Type::Optional(right)) => {
            is_no_more_specific(left, right, null)
        }
        (Type::Map(left), Type::Map(right)) => {
            is_no_more_specific(&left.0, &right.0, null)
                && is_no_more_specific(&left.1, &right.1, null)
        }
        (Type::Generic(left), Type::Generic(right)) => {
            left.name == right.name
                && left.params.len() == right.params.len()
                && left
                    .params
                    .iter()
                    .zip(&right.params)
                    .all(|(l, r)| is_no_more_specific(l, r, null))
        }
        (Type::Type(_), Type::Type(_)) => true,
        (left, Type::Null) if null == NullMeets::Nullable => is_nullable(left),
        (left, right) => left == right,
    }
}
