//! From a policy document to programs: every expression compiled and type-checked, every mistake
//! with its place.

use kordon_base::Span;
use kordon_cel::{CompileError, Program, Type};

use super::typos::Fields;
use crate::{
    Reason,
    document::{Expression, Policy},
    environment::{Environments, HasParams, Reads},
    problem::Problems,
};

/// The programs of one policy, not yet part of a plan.
pub(super) struct Programs {
    pub(super) match_conditions: Vec<NamedProgram>,
    pub(super) variables: Vec<NamedProgram>,
    pub(super) validations: Vec<ValidationProgram>,
    pub(super) annotations: Vec<NamedProgram>,
}

/// A match condition, a variable or an audit annotation.
pub(super) struct NamedProgram {
    pub(super) name: Box<str>,
    pub(super) path: Box<str>,
    pub(super) program: Program,
}

pub(super) struct ValidationProgram {
    pub(super) path: Box<str>,
    pub(super) program: Program,
    pub(super) message: Option<Box<str>>,
    pub(super) message_expression: Option<Program>,
    pub(super) reason: Reason,
}

/// What an expression must give.
const BOOL: &[Type] = &[Type::Bool];
const STRING: &[Type] = &[Type::String];
const STRING_OR_NULL: &[Type] = &[Type::String, Type::Null];

struct Compiler<'p, 't> {
    fields: Fields,
    full: kordon_cel::Env,
    message: kordon_cel::Env,
    has_params: HasParams,
    problems: &'p mut Problems<'t>,
}

/// Compiles all expressions. Gives programs only where none had a mistake.
pub(super) fn compile<'t>(
    policy: &Policy<'t>,
    environments: &Environments,
    problems: &mut Problems<'t>,
) -> Option<Programs> {
    let has_params = match policy.param_kind.is_some() || policy.inline_params.is_some() {
        true => HasParams::Yes,
        false => HasParams::No,
    };
    let mut compiler = Compiler {
        fields: Fields::of(policy.matches.as_ref()),
        full: environments.of(Reads::All, has_params).clone(),
        message: environments.of(Reads::NoAuthorizer, has_params).clone(),
        has_params,
        problems,
    };
    let variables = compiler.variables(policy);
    let match_conditions = policy
        .match_conditions
        .iter()
        .filter_map(|condition| {
            let program = compiler.expression(&condition.expression, BOOL)?;
            Some(named(condition.name, &condition.expression, program))
        })
        .collect();
    let validations = policy
        .validations
        .iter()
        .filter_map(|validation| compiler.validation(validation))
        .collect();
    let annotations = policy
        .audit_annotations
        .iter()
        .filter_map(|annotation| {
            let program = compiler.expression(&annotation.value_expression, STRING_OR_NULL)?;
            Some(named(annotation.key, &annotation.value_expression, program))
        })
        .collect();
    let programs = Programs { match_conditions, variables, validations, annotations };
    (!compiler.problems.has_errors()).then_some(programs)
}

fn named(name: &str, expression: &Expression<'_>, program: Program) -> NamedProgram {
    NamedProgram { name: name.into(), path: expression.path.clone(), program }
}

impl<'t> Compiler<'_, 't> {
    /// Each variable sees the ones before it.
    fn variables(&mut self, policy: &Policy<'t>) -> Vec<NamedProgram> {
        let (mut found, mut declared) = (Vec::new(), Vec::new());
        for variable in &policy.variables {
            let dotted = format!("variables.{}", variable.name);
            let compiled = self.full.compile(variable.expression.text);
            let program = self.checked(&variable.expression, compiled, (&[], Some(&dotted)));
            let type_ = program.as_ref().map_or(Type::Error, Program::result_type);
            declared.push((variable.name, type_.clone()));
            // As a whole it is there for `has(variables.x)`, and to refuse names that are not.
            let whole = Type::object("kubernetes.variables", &declared);
            for env in [&mut self.full, &mut self.message] {
                let extended = env.extend().variable(&dotted, type_.clone());
                *env = extended.variable("variables", whole.clone()).build();
            }
            found.extend(program.map(|program| NamedProgram {
                name: dotted.into(),
                path: variable.expression.path.clone(),
                program,
            }));
        }
        found
    }

    fn validation(
        &mut self,
        validation: &crate::document::Validation<'t>,
    ) -> Option<ValidationProgram> {
        let program = self.expression(&validation.expression, BOOL);
        let message_expression = match &validation.message_expression {
            Some(expression) => Some(self.message(expression)?),
            None => None,
        };
        Some(ValidationProgram {
            path: validation.expression.path.clone(),
            program: program?,
            message: validation.message.map(|text| text.trim().into()),
            message_expression,
            reason: validation.reason.unwrap_or(Reason::Invalid),
        })
    }

    fn expression(&mut self, expression: &Expression<'t>, allowed: &[Type]) -> Option<Program> {
        let compiled = self.full.compile(expression.text);
        self.checked(expression, compiled, (allowed, None))
    }

    fn message(&mut self, expression: &Expression<'t>) -> Option<Program> {
        let compiled = self.message.compile(expression.text);
        self.checked(expression, compiled, (STRING, None))
    }

    fn checked(
        &mut self,
        expression: &Expression<'t>,
        compiled: Result<Program, CompileError>,
        (allowed, variable): (&[Type], Option<&str>),
    ) -> Option<Program> {
        let program = match compiled {
            Ok(program) => program,
            Err(error) => {
                for problem in error.problems {
                    let offset = offset_in(expression, problem.span);
                    let message = self.explain(&problem.message);
                    self.problems.error_with_hint(offset, &expression.path, message, problem.hint);
                }
                return None;
            }
        };
        let found = program.result_type();
        if allowed.is_empty() || allowed.contains(&found) {
            self.warn_of_typos(expression, &program, variable);
            return Some(program);
        }
        let wanted: Vec<_> = allowed.iter().map(Type::to_string).collect();
        let message = format!("must evaluate to {} but got {found}", wanted.join(" or "));
        let hint = found.is_dyn().then(|| dyn_hint(allowed));
        let offset = offset_in(expression, Span { start: 0, end: 0 });
        self.problems.error_with_hint(offset, &expression.path, message, hint);
        None
    }

    fn warn_of_typos(
        &mut self,
        expression: &Expression<'t>,
        program: &Program,
        variable: Option<&str>,
    ) {
        for typo in self.fields.look(program, variable) {
            let offset = offset_in(expression, typo.span);
            self.problems.warning(offset, &expression.path, typo.message, typo.hint);
        }
    }

    /// Names the reason where a name is missing because of what the policy does not declare.
    fn explain(&self, message: &str) -> Box<str> {
        let is_params = message.contains("undeclared reference to 'params'");
        match self.has_params {
            HasParams::No if is_params => format!("{message}: the policy has no paramKind").into(),
            _ => message.into(),
        }
    }
}

/// What makes a `dyn` of the wanted type.
fn dyn_hint(allowed: &[Type]) -> Box<str> {
    match allowed {
        [Type::Bool] => "compare it: `… == true`".into(),
        _ => "convert it: `string(…)`".into(),
    }
}

/// Where a place of the expression is in the file: exact for scalars that stand as they are, else
/// the start of the scalar.
fn offset_in(expression: &Expression<'_>, span: Span) -> u32 {
    let node = expression.node.span();
    let source = expression.node.tree().source().text();
    let range = node.start as usize..node.end as usize;
    let Some(raw) = source.get(range) else { return node.start };
    match raw.find(expression.text) {
        Some(at) => node.start + u32::try_from(at).unwrap_or(0) + span.start,
        None => node.start,
    }
}
