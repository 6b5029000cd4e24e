//! What an expression is compiled against: dialect, libraries, declared variables.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use foldhash::fast::FixedState;

use crate::{
    CompileError, Problem, Type,
    ast::Ast,
    checker::{self, Checked, DottedNames, PreparedCalls},
    library::{Function, Library, MacroSet, Overload, Prepared},
    parser::{self, Syntax},
};

/// Which rules of the language hold.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Dialect {
    /// cel-spec: mixed literals and comparisons of `dyn` are legal.
    Standard,
    /// What the API server of `1.N` compiles with: aggregates of one type, `==` within one type,
    /// literal arguments validated.
    Kubernetes(u16),
}

/// An environment; a clone costs one reference count.
#[derive(Clone, Debug)]
pub struct Env {
    pub(crate) inner: Arc<EnvInner>,
}

#[derive(Clone, Debug)]
pub(crate) struct EnvInner {
    pub(crate) dialect: Dialect,
    pub(crate) container: Box<str>,
    pub(crate) functions: Arc<Functions>,
    pub(crate) types: Arc<HashMap<Box<str>, Type, FixedState>>,
    pub(crate) variables: Arc<HashMap<Box<str>, Type, FixedState>>,
    pub(crate) macros: Vec<MacroSet>,
    pub(crate) standard_macros: StandardMacros,
    pub(crate) dotted: DottedNames,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum StandardMacros {
    On,
    Off,
}

pub(crate) type Functions = HashMap<Box<str>, Arc<[Overload]>, FixedState>;

/// An expression that was parsed and checked.
#[derive(Clone, Debug)]
pub struct Program {
    pub(crate) inner: Arc<ProgramInner>,
}

#[derive(Debug)]
pub(crate) struct ProgramInner {
    pub(crate) env: Env,
    pub(crate) text: Box<str>,
    pub(crate) ast: Ast,
    /// By [`crate::ast::ExprId`]; empty when not checked.
    pub(crate) types: Vec<Type>,
    pub(crate) references: Vec<Option<Reference>>,
    pub(crate) prepared: PreparedCalls,
}

/// What the checker found that a name or call means.
#[derive(Clone, Debug)]
pub(crate) enum Reference {
    /// The whole dotted name is this declared variable. Variables of comprehensions have no
    /// reference.
    Variable(Box<str>),
    /// The name of a type.
    Constant(crate::Value<'static>),
    /// Candidates among the function's overloads; the target is part of the name when `true`.
    Function { name: Box<str>, candidates: Vec<u16>, qualified: Qualified },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Qualified {
    No,
    Yes,
}

impl Program {
    #[must_use]
    pub fn text(&self) -> &str {
        &self.inner.text
    }

    #[must_use]
    pub fn ast(&self) -> &Ast {
        &self.inner.ast
    }

    /// What the checker found; [`Type::Dyn`] when it did not run.
    #[must_use]
    pub fn result_type(&self) -> Type {
        self.type_of(self.inner.ast.root())
    }

    /// The type of a sub-expression.
    #[must_use]
    pub fn type_of(&self, id: crate::ast::ExprId) -> Type {
        self.inner.types.get(id.index()).cloned().unwrap_or(Type::Dyn)
    }

    /// What was made of a call's literals when it was compiled.
    pub(crate) fn prepared(&self, id: crate::ast::ExprId, overload: &str) -> Option<&Prepared> {
        let mut calls = self.inner.prepared.iter();
        calls.find(|call| call.0 == id && call.1 == overload).map(|call| &call.2)
    }

    /// The overloads that a call may use; more than one where a type is only known at evaluation.
    #[must_use]
    pub fn overloads_of(&self, id: crate::ast::ExprId) -> Vec<&Overload> {
        let reference = self.inner.references.get(id.index()).and_then(Option::as_ref);
        let Some(Reference::Function { name, candidates, .. }) = reference else {
            return Vec::new();
        };
        let overloads = self.inner.env.inner.functions.get(name).map_or(&[][..], |all| all);
        candidates.iter().filter_map(|idx| overloads.get(usize::from(*idx))).collect()
    }
}

impl Env {
    /// The language itself; libraries are added by the builder.
    #[must_use]
    pub fn builder(dialect: Dialect) -> EnvBuilder {
        EnvBuilder::new(dialect)
    }

    /// A builder that starts from this environment.
    #[must_use]
    pub fn extend(&self) -> EnvBuilder {
        EnvBuilder { inner: (*self.inner).clone() }
    }

    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.inner.dialect
    }

    /// Parses and checks.
    pub fn compile(&self, text: &str) -> Result<Program, CompileError> {
        let (ast, mut problems) = self.syntax_tree(text);
        let mut checked = checker::check(&self.inner, &ast);
        problems.append(&mut checked.problems);
        if problems.is_empty() {
            (checked.prepared, problems) = checker::check_literals(&self.inner, &ast, &checked);
        }
        problems.sort_by_key(|problem| problem.span.start);
        if !problems.is_empty() {
            return Err(CompileError { problems });
        }
        Ok(self.program(text, ast, checked))
    }

    /// Parses only; names and types are found out at evaluation.
    pub fn parse(&self, text: &str) -> Result<Program, CompileError> {
        let (ast, problems) = self.syntax_tree(text);
        if !problems.is_empty() {
            return Err(CompileError { problems });
        }
        Ok(self.program(text, ast, Checked::default()))
    }

    fn syntax_tree(&self, text: &str) -> (Ast, Vec<Problem>) {
        let EnvInner { dialect, standard_macros, ref macros, .. } = *self.inner;
        parser::parse(text, Syntax { dialect, standard_macros, macros })
    }

    fn program(&self, text: &str, ast: Ast, checked: Checked) -> Program {
        let Checked { types, references, prepared, problems: _ } = checked;
        let (env, text) = (self.clone(), text.into());
        Program { inner: Arc::new(ProgramInner { env, text, ast, types, references, prepared }) }
    }
}

#[derive(Clone, Debug)]
pub struct EnvBuilder {
    inner: EnvInner,
}

impl EnvBuilder {
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        static STANDARD: LazyLock<EnvInner> = LazyLock::new(|| {
            let empty = EnvInner {
                dialect: Dialect::Standard,
                container: Box::default(),
                functions: Arc::default(),
                types: Arc::default(),
                variables: Arc::default(),
                macros: Vec::new(),
                standard_macros: StandardMacros::On,
                dotted: DottedNames::default(),
            };
            EnvBuilder { inner: empty }
                .library(&Library::language())
                .library(&Library::standard())
                .inner
        });
        Self { inner: EnvInner { dialect, ..STANDARD.clone() } }
    }

    /// Declares a variable; its name may be dotted.
    #[must_use]
    pub fn variable(mut self, name: &str, type_: Type) -> Self {
        self.inner.dotted.note(name);
        Arc::make_mut(&mut self.inner.variables).insert(name.into(), type_);
        self
    }

    #[must_use]
    pub fn library(mut self, library: &Library) -> Self {
        for function in &library.functions {
            self = self.function(function);
        }
        let types = Arc::make_mut(&mut self.inner.types);
        for (name, type_) in &library.types {
            self.inner.dotted.note(name);
            types.insert((*name).into(), type_.clone());
        }
        self.inner.macros.extend(&library.macros);
        self
    }

    /// Adds overloads to a name; one with the id of an earlier one takes its place.
    #[must_use]
    pub fn function(mut self, function: &Function) -> Self {
        let functions = Arc::make_mut(&mut self.inner.functions);
        let mut overloads: Vec<Overload> =
            functions.get(function.name).map(|old| old.to_vec()).unwrap_or_default();
        for overload in &function.overloads {
            match overloads.iter_mut().find(|old| old.id == overload.id) {
                Some(old) => *old = overload.clone(),
                None => overloads.push(overload.clone()),
            }
        }
        functions.insert(function.name.into(), overloads.into());
        self.inner.dotted.note(function.name);
        self
    }

    /// The namespace that relative names are looked up in.
    #[must_use]
    pub fn container(mut self, container: &str) -> Self {
        self.inner.container = container.into();
        self.inner.dotted.any = !container.is_empty();
        self
    }

    /// Leaves `has`, `all` and the like as plain calls.
    #[must_use]
    pub fn without_macros(mut self) -> Self {
        self.inner.standard_macros = StandardMacros::Off;
        self
    }

    #[must_use]
    pub fn build(self) -> Env {
        Env { inner: Arc::new(self.inner) }
    }
}
