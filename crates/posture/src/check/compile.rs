//! Check files to one plan: what a configuration selects, compiled so that equal sub-expressions of
//! all checks are evaluated once for each object.

mod check;
mod index;
mod select;
mod settings;

use std::{fmt, sync::Arc};

use kordon_base::KubernetesVersion;
use kordon_cel::{Plan, PlanBuilder, VariableSlot};
use kordon_finding::{Coverage, Covered, Rule, State};
use kordon_policy::Problem;

use super::{
    Catalogue, CheckDocument, Configuration,
    configuration::ConfigurationError,
    environment::{Environments, names},
};
use crate::native::Analyser;

pub(super) use check::{
    CompiledCel, CompiledCheck, CompiledFix, CompiledLogic, EditSource, Message, Part,
};
pub(super) use index::{Index, QuestionIdx};
use settings::{Settings, settings};

/// Selected checks, compiled. Immutable and shared by all threads of a scan.
#[derive(Debug)]
pub struct CheckSet {
    pub(super) plan: Plan,
    pub(super) slots: Slots,
    pub(super) checks: Vec<CompiledCheck>,
    pub(super) index: Index,
    pub(super) kubernetes: KubernetesVersion,
    unassessed: Vec<Coverage>,
}

/// Root variables; absent where no expression reads them.
#[derive(Debug)]
pub(super) struct Slots {
    pub(super) object: Option<VariableSlot>,
    pub(super) kind: Option<VariableSlot>,
    pub(super) api_version: Option<VariableSlot>,
    pub(super) name: Option<VariableSlot>,
    pub(super) namespace: Option<VariableSlot>,
    pub(super) owned_by: Option<VariableSlot>,
    pub(super) pod: Option<VariableSlot>,
    pub(super) container: Option<VariableSlot>,
    pub(super) credentials: Option<VariableSlot>,
    pub(super) settings: Option<VariableSlot>,
    pub(super) kubernetes: Option<VariableSlot>,
    pub(super) item: Option<VariableSlot>,
    pub(super) key: Option<VariableSlot>,
    pub(super) index: Option<VariableSlot>,
    pub(super) who: Option<VariableSlot>,
}

/// Why there is no set.
#[derive(Debug, Default)]
pub struct SetErrors {
    /// In check files.
    pub problems: Vec<Problem>,
    pub configuration: Vec<ConfigurationError>,
}

impl fmt::Display for SetErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let configuration = self.configuration.iter().map(|error| error as &dyn fmt::Display);
        let problems = self.problems.iter().map(|problem| problem as &dyn fmt::Display);
        for (idx, line) in configuration.chain(problems).enumerate() {
            if idx > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{line}")?;
        }
        Ok(())
    }
}

impl std::error::Error for SetErrors {}

impl CheckSet {
    /// Compiles what the configuration selects.
    ///
    /// # Errors
    ///
    /// Every mistake, in check files and in the configuration.
    pub fn compile(
        catalogue: &Catalogue,
        configuration: &Configuration,
    ) -> Result<Self, SetErrors> {
        let mut errors = SetErrors::default();
        let selected = select::select(catalogue, configuration, &mut errors.configuration);
        let environments = Environments::new();
        let mut builder = PlanBuilder::new();
        let root = builder.scope(None);
        let mut checks = Vec::new();
        let mut unassessed = Vec::new();
        for choice in &selected {
            let document = choice.document;
            let settings = match settings(document, &choice.settings, &mut errors.configuration) {
                Settings::Ready(settings) => settings,
                Settings::Missing(names) => {
                    unassessed.push(missing(document, &names));
                    continue;
                }
            };
            let mut compiler = check::Compiler {
                document,
                environments: &environments,
                builder: &mut builder,
                root,
                scope: root,
                problems: &mut errors.problems,
            };
            let Some(logic) = compiler.logic() else { continue };
            let mut rule = Arc::clone(&document.rule);
            if choice.severity != rule.severity {
                rule = Arc::new(Rule { severity: choice.severity, ..(*rule).clone() });
            }
            checks.push(CompiledCheck::new(rule, logic, settings));
        }
        errors.problems.extend(check::resolve_covers(&mut checks, catalogue, &selected));
        if !errors.problems.is_empty() || !errors.configuration.is_empty() {
            return Err(errors);
        }
        let plan = builder.build();
        Ok(Self {
            slots: Slots::of(&plan),
            plan,
            index: Index::new(&checks),
            checks,
            kubernetes: configuration.kubernetes,
            unassessed,
        })
    }

    /// Checks that cannot be asked at all, and why: a setting is missing.
    #[must_use]
    pub fn unassessed(&self) -> &[Coverage] {
        &self.unassessed
    }

    pub(super) fn question(&self, idx: QuestionIdx) -> Option<&CompiledCel> {
        match &self.checks[idx.check].logic {
            CompiledLogic::Cel(questions) => questions.get(idx.question),
            CompiledLogic::Native(_) => None,
        }
    }

    /// The rule of the check that an analyser is for, where it is asked.
    pub(crate) fn native_rule(&self, analyser: Analyser) -> Option<&Arc<Rule>> {
        let is_it = |check: &&CompiledCheck| matches!(check.logic, CompiledLogic::Native(own) if own == analyser);
        self.checks.iter().find(is_it).map(|check| &check.rule)
    }

    /// The rules of all checks that are asked.
    pub fn rules(&self) -> impl Iterator<Item = &Arc<Rule>> {
        self.checks.iter().map(|check| &check.rule)
    }
}

impl Slots {
    fn of(plan: &Plan) -> Self {
        Self {
            object: plan.variable(names::OBJECT),
            kind: plan.variable(names::KIND),
            api_version: plan.variable(names::API_VERSION),
            name: plan.variable(names::NAME),
            namespace: plan.variable(names::NAMESPACE),
            owned_by: plan.variable(names::OWNED_BY),
            pod: plan.variable(names::POD),
            container: plan.variable(names::CONTAINER),
            credentials: plan.variable(names::CREDENTIALS),
            settings: plan.variable(names::SETTINGS),
            kubernetes: plan.variable(names::KUBERNETES),
            item: plan.variable(names::ITEM),
            key: plan.variable(names::KEY),
            index: plan.variable(names::INDEX),
            who: plan.variable(names::WHO),
        }
    }
}

fn missing(document: &CheckDocument, names: &[Box<str>]) -> Coverage {
    Coverage {
        what: Covered::Check,
        file: None,
        line: 0,
        column: 0,
        id: Some(Arc::from(&*document.rule.id)),
        state: State::NotAssessed,
        reason: format!(
            "needs the setting {}, which the configuration does not give",
            names.join(", ")
        )
        .into(),
    }
}
