//! What a name or dotted path means: a lazy variable, a root variable, a type, or nothing.

use super::lower::{Lowering, type_value};
use crate::{
    Program, Value,
    ast::{ExprId, ExprKind, SelectMode},
    env::Reference,
};

pub(super) enum Meaning {
    Constant(Value<'static>),
    Lazy(u32),
    Root(Box<str>),
}

impl Program {
    pub(crate) fn reference(&self, id: ExprId) -> Option<&Reference> {
        self.inner.references.get(id.index()).and_then(Option::as_ref)
    }

    /// Whether the checker ran.
    pub(crate) fn is_checked(&self) -> bool {
        !self.inner.references.is_empty()
    }
}

impl Lowering<'_> {
    /// What a simple name means that is no local variable.
    pub(super) fn meaning(&self, id: ExprId, name: &str) -> Option<Meaning> {
        if let Some(reference) = self.program.reference(id) {
            return self.referenced(reference);
        }
        if let Some(meaning) = self.candidates(name).find_map(|name| self.declared(&name)) {
            return Some(meaning);
        }
        // An unchecked program may read whatever the session binds.
        let name = name.trim_start_matches('.');
        (!self.program.is_checked()).then(|| Meaning::Root(name.into()))
    }

    /// What a dotted path means as a whole.
    pub(super) fn qualified_meaning(&self, id: ExprId) -> Option<Meaning> {
        if self.program.is_checked() {
            let text = self.path_text(id);
            let lazy = text.and_then(|text| self.builder.lazy(self.scope, &text));
            let lazy = lazy.map(Meaning::Lazy);
            return lazy.or_else(|| self.referenced(self.program.reference(id)?));
        }
        let name = self.path_text(id)?;
        self.candidates(&name).find_map(|name| self.declared(&name))
    }

    fn referenced(&self, reference: &Reference) -> Option<Meaning> {
        match reference {
            Reference::Constant(value) => Some(Meaning::Constant(value.clone())),
            Reference::Variable(name) => Some(self.variable(name)),
            Reference::Function { .. } => None,
        }
    }

    fn variable(&self, name: &str) -> Meaning {
        match self.builder.lazy(self.scope, name) {
            Some(idx) => Meaning::Lazy(idx),
            None => Meaning::Root(name.into()),
        }
    }

    fn declared(&self, name: &str) -> Option<Meaning> {
        let env = &self.program.inner.env.inner;
        if env.variables.contains_key(name) || self.builder.lazy(self.scope, name).is_some() {
            return Some(self.variable(name));
        }
        env.types.get(name).map(|type_| Meaning::Constant(type_value(type_)))
    }

    /// A path of names as text, where it is one and does not begin with a local variable.
    pub(super) fn path_text(&self, id: ExprId) -> Option<String> {
        match &self.program.ast().expr(id).kind {
            ExprKind::Ident(name) => {
                let is_local = self.locals.iter().any(|local| *local.name == **name);
                (!is_local && !name.starts_with('@')).then(|| name.to_string())
            }
            ExprKind::Select(select) if select.mode == SelectMode::Field => {
                let mut text = self.path_text(select.operand)?;
                text.push('.');
                text.push_str(&select.field);
                Some(text)
            }
            _ => None,
        }
    }

    /// The names that a name may stand for, the one in the innermost namespace first.
    pub(super) fn candidates(&self, name: &str) -> impl Iterator<Item = String> + use<> {
        let mut names = Vec::new();
        match name.strip_prefix('.') {
            Some(absolute) => names.push(absolute.to_owned()),
            None => {
                let mut container = &*self.program.inner.env.inner.container;
                while !container.is_empty() {
                    names.push(format!("{container}.{name}"));
                    container = container.rsplit_once('.').map_or("", |(outer, _)| outer);
                }
                names.push(name.to_owned());
            }
        }
        names.into_iter()
    }
}
