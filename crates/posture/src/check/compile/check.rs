//! One check's expressions, compiled into the plan that all checks share.

use std::sync::Arc;

use kordon_cel::{Env, ExprSlot, PlanBuilder, Scope, Type};
use kordon_finding::{Rule, Safety, Severity};
use kordon_policy::{Level, Problem};
use serde_json::Value;

use super::{select::Choice, settings::SettingValues};
use crate::{
    check::{
        Catalogue, CelLogic, CheckDocument, EditAction, FixTemplate, KindPattern, Logic,
        PathTemplate, Root, Step, SubjectKind, Template,
        document::{EditTemplateValue, Expr, Together},
        environment::{Environments, credential},
        template,
    },
    native::Analyser,
};

#[derive(Debug)]
pub(in crate::check) struct CompiledCheck {
    pub(in crate::check) rule: Arc<Rule>,
    pub(in crate::check) settings: Option<Box<SettingValues>>,
    pub(in crate::check) logic: CompiledLogic,
    /// Indexes of the checks of this set that make a finding of this one superfluous.
    pub(in crate::check) covered_by: Vec<usize>,
}

#[derive(Debug)]
pub(in crate::check) enum CompiledLogic {
    Cel(Vec<CompiledCel>),
    Native(Analyser),
}

#[derive(Debug)]
pub(in crate::check) struct CompiledCel {
    pub(in crate::check) subject: SubjectKind,
    pub(in crate::check) kinds: Vec<KindPattern>,
    pub(in crate::check) each: Option<PathTemplate>,
    pub(in crate::check) fails: ExprSlot,
    pub(in crate::check) at: PathTemplate,
    pub(in crate::check) evidence: Vec<PathTemplate>,
    pub(in crate::check) together: Together,
    pub(in crate::check) key: Option<ExprSlot>,
    pub(in crate::check) message: Message,
    pub(in crate::check) severity_when: Vec<(ExprSlot, Severity)>,
    pub(in crate::check) fix: Option<CompiledFix>,
}

#[derive(Debug)]
pub(in crate::check) enum Message {
    Fixed(Arc<str>),
    Parts(Vec<Part>),
}

#[derive(Debug)]
pub(in crate::check) enum Part {
    Text(Box<str>),
    Cel(ExprSlot),
}

#[derive(Debug)]
pub(in crate::check) struct CompiledFix {
    pub(in crate::check) safety: Safety,
    pub(in crate::check) edits: Vec<CompiledEdit>,
}

#[derive(Debug)]
pub(in crate::check) struct CompiledEdit {
    pub(in crate::check) action: EditAction,
    pub(in crate::check) path: PathTemplate,
    pub(in crate::check) value: EditSource,
    /// Whether it edits the deciding field.
    pub(in crate::check) is_at_finding: bool,
}

#[derive(Debug)]
pub(in crate::check) enum EditSource {
    None,
    Value(Value),
    Cel(ExprSlot),
}

impl CompiledCheck {
    pub(super) fn new(
        rule: Arc<Rule>,
        logic: CompiledLogic,
        settings: Option<Box<SettingValues>>,
    ) -> Self {
        Self { rule, settings, logic, covered_by: Vec::new() }
    }
}

pub(super) struct Compiler<'a> {
    pub(super) document: &'a CheckDocument,
    pub(super) environments: &'a Environments,
    pub(super) builder: &'a mut PlanBuilder,
    pub(super) root: Scope,
    /// The root, or where the variables of the question are.
    pub(super) scope: Scope,
    pub(super) problems: &'a mut Vec<Problem>,
}

impl Compiler<'_> {
    /// `None` where something is wrong, which is among the problems then.
    pub(super) fn logic(&mut self) -> Option<CompiledLogic> {
        let document = self.document;
        match &document.logic {
            Logic::Native(name) => match Analyser::named(&name.text) {
                Some(analyser) => Some(CompiledLogic::Native(analyser)),
                None => {
                    self.problem(name, format!("`{}` is no analyser", name.text), None);
                    None
                }
            },
            Logic::Cel(questions) => {
                let compiled: Vec<_> = questions.iter().map(|logic| self.cel(logic)).collect();
                compiled.into_iter().collect::<Option<_>>().map(CompiledLogic::Cel)
            }
        }
    }

    fn cel(&mut self, logic: &CelLogic) -> Option<CompiledCel> {
        let item = logic.each.as_ref().map(item_type);
        let mut env = self.environments.of(self.document, logic, item);
        self.scope = self.root;
        if !logic.variables.is_empty() {
            self.scope = self.builder.scope(Some(self.root));
            env = self.variables(logic, env)?;
        }
        let env = &env;
        let fails = self.typed(env, &logic.fails, &Type::Bool);
        let key = logic.key.as_ref().map(|key| self.typed(env, key, &Type::String));
        let message = self.message(env, &logic.message);
        let severity_when: Option<Vec<_>> = logic
            .severity_when
            .iter()
            .map(|(when, severity)| Some((self.typed(env, when, &Type::Bool)?, *severity)))
            .collect();
        let at = logic.at.clone().unwrap_or_else(|| default_at(logic));
        let fix = logic.fix.as_ref().map(|fix| self.fix(env, fix, &at));
        Some(CompiledCel {
            subject: logic.subject,
            kinds: logic.kinds.clone(),
            at,
            each: logic.each.clone(),
            fails: fails?,
            evidence: logic.evidence.clone(),
            together: logic.together,
            key: transpose(key)?,
            message: message?,
            severity_when: severity_when?,
            fix: transpose(fix)?,
        })
    }

    /// Declares `variables.NAME`. They may read each other, in whatever order they are written.
    fn variables(&mut self, logic: &CelLogic, mut env: Env) -> Option<Env> {
        let mut left: Vec<_> = logic.variables.iter().collect();
        while !left.is_empty() {
            let is_ready = |(_, expr): &(Box<str>, Expr)| {
                !left.iter().any(|(other, _)| reads(&expr.text, other))
            };
            let Some(at) = left.iter().copied().position(is_ready) else {
                let (name, expr) = left[0];
                self.problem(expr, format!("the variable {name} is defined by itself"), None);
                return None;
            };
            let (name, expr) = left.remove(at);
            let program = self.program(&env, expr)?;
            let name = format!("variables.{name}");
            self.builder.lazy_variable(self.scope, &name, &program);
            env = env.extend().variable(&name, program.result_type()).build();
        }
        Some(env)
    }

    fn message(&mut self, env: &Env, template: &Template) -> Option<Message> {
        if let [template::Part::Text(text)] = template.parts.as_slice() {
            return Some(Message::Fixed(Arc::from(&**text)));
        }
        let part = |part: &template::Part| match part {
            template::Part::Text(text) => Some(Part::Text(text.clone())),
            template::Part::Cel(expr) => self.expression(env, expr).map(Part::Cel),
        };
        template.parts.iter().map(part).collect::<Option<_>>().map(Message::Parts)
    }

    fn fix(&mut self, env: &Env, fix: &FixTemplate, at: &PathTemplate) -> Option<CompiledFix> {
        let mut edits = Vec::new();
        for edit in &fix.edits {
            let value = match &edit.value {
                EditTemplateValue::None => EditSource::None,
                EditTemplateValue::Value(value) => EditSource::Value(value.clone()),
                EditTemplateValue::Cel(expr) => EditSource::Cel(self.expression(env, expr)?),
            };
            let (action, path) = (edit.action, edit.path.clone());
            let is_at_finding = path == *at;
            edits.push(CompiledEdit { action, path, value, is_at_finding });
        }
        Some(CompiledFix { safety: fix.safety, edits })
    }

    fn typed(&mut self, env: &Env, expr: &Expr, expected: &Type) -> Option<ExprSlot> {
        let program = self.program(env, expr)?;
        let found = program.result_type();
        if found != *expected && !found.is_dyn() {
            self.problem(expr, format!("must be of type {expected}, is {found}"), None);
            return None;
        }
        Some(self.builder.expression(self.scope, &program))
    }

    fn expression(&mut self, env: &Env, expr: &Expr) -> Option<ExprSlot> {
        let program = self.program(env, expr)?;
        Some(self.builder.expression(self.scope, &program))
    }

    fn program(&mut self, env: &Env, expr: &Expr) -> Option<kordon_cel::Program> {
        match env.compile(&expr.text) {
            Ok(program) => Some(program),
            Err(error) => {
                for problem in error.problems {
                    let place = expr.text.get(problem.span.start as usize..).unwrap_or_default();
                    let place: String = place.chars().take(20).collect();
                    let message = format!("{} at `{place}` in `{}`", problem.message, expr.text);
                    self.problem(expr, message, problem.hint);
                }
                None
            }
        }
    }

    fn problem(&mut self, expr: &Expr, message: String, hint: Option<Box<str>>) {
        self.problems.push(problem(self.document, expr, message, hint));
    }
}

/// Whether the expression names the variable, as a whole word.
fn reads(text: &str, name: &str) -> bool {
    let pattern = format!("variables.{name}");
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    text.match_indices(&pattern).any(|(at, _)| {
        let after = text.get(at + pattern.len()..).unwrap_or_default();
        !after.starts_with(is_word)
    })
}

fn default_at(logic: &CelLogic) -> PathTemplate {
    let root = match (logic.each.is_some(), logic.subject) {
        (true, _) => Root::Item,
        (false, SubjectKind::Object) => Root::Object,
        (false, SubjectKind::Pod) => Root::Pod,
        (false, SubjectKind::Container) => Root::Container,
    };
    PathTemplate { root, steps: Vec::new() }
}

fn transpose<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(None) => None,
        Some(some) => Some(some),
    }
}

fn item_type(each: &PathTemplate) -> Type {
    match (each.root, each.steps.as_slice()) {
        (Root::Credentials, [Step::Items]) => credential(),
        _ => Type::Dyn,
    }
}

fn problem(
    document: &CheckDocument,
    expr: &Expr,
    message: String,
    hint: Option<Box<str>>,
) -> Problem {
    Problem {
        level: Level::Error,
        file: Arc::clone(&document.file),
        position: expr.position,
        document: document.rule.id.clone(),
        path: expr.field.clone(),
        message: message.into(),
        hint,
    }
}

/// Turns `coveredBy` to indexes. A check that is known but not selected covers nothing.
pub(super) fn resolve_covers(
    checks: &mut [CompiledCheck],
    catalogue: &Catalogue,
    selected: &[Choice<'_>],
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let ids: Vec<Box<str>> = checks.iter().map(|check| check.rule.id.clone()).collect();
    for choice in selected {
        let document = choice.document;
        let Some(own) = ids.iter().position(|id| *id == document.rule.id) else { continue };
        for id in &document.covered_by {
            match ids.iter().position(|other| *other == id.text) {
                Some(other) => checks[own].covered_by.push(other),
                None if catalogue.get(&id.text).is_some() => {}
                None => {
                    let hint = catalogue.hint(&id.text);
                    let message = format!("no check is called `{}`", id.text);
                    problems.push(problem(document, id, message, hint));
                }
            }
        }
    }
    problems
}
