//! Calls: which function, which of its overloads, what type comes out.

use super::{Checker, hints};
use crate::{
    Type,
    ast::{Call, ExprId},
    env::{Qualified, Reference},
    library::{Overload, Style},
};

impl<'c> Checker<'c> {
    pub(super) fn check_call(&mut self, id: ExprId, call: &'c Call) -> Type {
        for arg in &call.args {
            self.check(*arg);
        }
        let Some(target) = call.target else {
            return self.check_function(id, call, &call.function);
        };
        if let Some(prefix) = self.dotted_name(target) {
            let name = format!("{prefix}.{}", call.function);
            if self.env.function_name(&name).is_some() {
                return self.check_function(id, call, &name);
            }
        }
        self.check(target);
        match self.env.function_name(&call.function) {
            Some(name) => {
                let mut args = Vec::with_capacity(call.args.len() + 1);
                args.push(target);
                args.extend(&call.args);
                let use_ = Use { id, call, name: &name, style: Style::Member, args: &args };
                self.resolve_overload(&use_, Qualified::No)
            }
            None => self.unknown_function(call, &call.function),
        }
    }

    fn check_function(&mut self, id: ExprId, call: &'c Call, name: &str) -> Type {
        let qualified = if call.target.is_some() { Qualified::Yes } else { Qualified::No };
        match self.env.function_name(name) {
            Some(name) => {
                let use_ = Use { id, call, name: &name, style: Style::Global, args: &call.args };
                self.resolve_overload(&use_, qualified)
            }
            None => self.unknown_function(call, name),
        }
    }

    fn unknown_function(&mut self, call: &Call, name: &str) -> Type {
        let message = self.undeclared(name);
        let hint = hints::function(self.env, name);
        self.problem(call.name_span, message, hint);
        Type::Error
    }

    fn resolve_overload(&mut self, use_: &Use<'_>, qualified: Qualified) -> Type {
        let env = self.env;
        let overloads = env.functions.get(use_.name).map_or(&[][..], |overloads| overloads);
        if matches!(use_.name, "_&&_" | "_||_") {
            return self.check_logic(use_);
        }
        let mut candidates = Vec::with_capacity(1);
        let mut result: Option<Type> = None;
        for (idx, overload) in overloads.iter().enumerate() {
            let Some(type_) = self.match_overload(overload, use_) else { continue };
            candidates.push(u16::try_from(idx).expect("a function has few overloads"));
            result = match result {
                None => Some(type_),
                Some(Type::Dyn) => Some(Type::Dyn),
                Some(known) if known == type_ => Some(known),
                Some(_) => Some(Type::Dyn),
            };
        }
        let Some(result) = result else { return self.no_overload(use_) };
        let name = use_.name.into();
        self.references[use_.id.index()] =
            Some(Reference::Function { name, candidates, qualified });
        result
    }

    /// `&&` and `||` take any number of operands.
    fn check_logic(&mut self, use_: &Use<'_>) -> Type {
        let mut fits = true;
        for arg in use_.args {
            fits &= self.assert_bool(*arg);
        }
        let (name, qualified) = (use_.name.into(), Qualified::No);
        self.references[use_.id.index()] =
            Some(Reference::Function { name, candidates: vec![0], qualified });
        if fits { Type::Bool } else { Type::Error }
    }

    pub(super) fn assert_bool(&mut self, id: ExprId) -> bool {
        let fits = self.unifier.assignable(&self.types[id.index()], &Type::Bool);
        if !fits {
            let found = self.type_of(id).clone();
            self.mismatch(id, &Type::Bool, &found);
        }
        fits
    }

    /// The result type, where the arguments fit.
    fn match_overload(&mut self, overload: &Overload, use_: &Use<'_>) -> Option<Type> {
        if overload.style != use_.style || overload.params.len() != use_.args.len() {
            return None;
        }
        let types = &self.types;
        let pairs = || use_.args.iter().map(|arg| &types[arg.index()]).zip(&overload.params);
        if pairs().any(|(found, wanted)| surely_differ(found, wanted)) {
            return None;
        }
        let mut params = Vec::new();
        let unifier = &mut self.unifier;
        let fits = unifier.attempt(|unifier| {
            pairs().all(|(found, wanted)| match wanted {
                Type::Param(_)
                | Type::List(_)
                | Type::Map(_)
                | Type::Optional(_)
                | Type::Type(_)
                | Type::Generic(_) => {
                    let wanted = unifier.instantiate(wanted, &mut params);
                    unifier.fits(found, &wanted)
                }
                wanted => unifier.fits(found, wanted),
            })
        });
        if !fits {
            return None;
        }
        let result = unifier.instantiate(&overload.result, &mut params);
        Some(unifier.resolve(&result))
    }

    fn no_overload(&mut self, use_: &Use<'_>) -> Type {
        if use_.args.iter().any(|arg| *self.type_of(*arg) == Type::Error) {
            return Type::Error;
        }
        let types: Vec<String> = use_
            .args
            .iter()
            .map(|arg| self.unifier.finish(&self.types[arg.index()]).to_string())
            .collect();
        let applied = match (use_.style, &*types) {
            (Style::Member, [receiver, rest @ ..]) => {
                format!("{receiver}.({})", rest.join(", "))
            }
            (_, types) => format!("({})", types.join(", ")),
        };
        let message =
            format!("found no matching overload for '{}' applied to '{applied}'", use_.name);
        let hint = self.signatures(use_.name);
        self.problem(use_.call.name_span, message, hint);
        Type::Error
    }
}

/// One use of a function; the receiver of a method is the first argument.
struct Use<'u> {
    id: ExprId,
    call: &'u Call,
    name: &'u str,
    style: Style,
    args: &'u [ExprId],
}

/// Two scalars of different types: most overloads are ruled out by this alone.
fn surely_differ(found: &Type, wanted: &Type) -> bool {
    let scalar = |type_: &Type| {
        matches!(
            type_,
            Type::Bool | Type::Int | Type::Uint | Type::Double | Type::String | Type::Bytes
        )
    };
    match (scalar(found), scalar(wanted)) {
        (true, true) => found != wanted,
        (true, false) => matches!(
            wanted,
            Type::List(_) | Type::Map(_) | Type::Optional(_) | Type::Duration | Type::Timestamp
        ),
        (false, true) => matches!(
            found,
            Type::List(_) | Type::Map(_) | Type::Optional(_) | Type::Duration | Type::Timestamp
        ),
        (false, false) => false,
    }
}
