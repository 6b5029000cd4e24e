//! Reads policy documents, compiles them, and joins them to a [`PolicySet`].

use std::{collections::HashMap, sync::Arc};

use foldhash::fast::FixedState;
use kordon_base::{KubernetesVersion, Position};
use kordon_cel::PlanBuilder;
use kordon_finding::{FindingKind, Rule};
use kordon_model::{NodeId, NodeRef, Tree, resources::Resources};

use super::{
    Bound, Group, Index, Member, NamedSlot, PolicySet, ValidationSlot,
    compile::{NamedProgram, Programs, compile},
    index::{Key, keys},
};
use crate::{
    BindingInfo, Level, PolicyInfo, Problem,
    document::{self, Binding, Document, MatchResources, ParamKind, Policy, document_kind},
    environment::Environments,
    params::Parameters,
    problem::{Problems, did_you_mean},
};

/// Policies that share a plan at most: a session's size follows its plan's.
const MAX_PER_PLAN: usize = 64;

#[derive(Debug)]
pub struct PolicySetBuilder {
    environments: Environments,
    policies: Vec<Pending>,
    by_id: HashMap<Box<str>, usize, FixedState>,
    bindings: Vec<PendingBinding>,
    parameters: Parameters,
    problems: Vec<Problem>,
}

struct Pending {
    info: PolicyInfo,
    subject: crate::SubjectKind,
    matches: Option<MatchResources>,
    on_unknown: crate::OnUnknown,
    param_kind: Option<ParamKind>,
    inline_params: Option<(Arc<Tree>, NodeId)>,
    programs: Programs,
}

impl std::fmt::Debug for Pending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.info.fmt(f)
    }
}

#[derive(Debug)]
struct PendingBinding {
    binding: Binding,
    /// Where its `policyName` is.
    file: Arc<str>,
    position: Position,
}

impl PolicySetBuilder {
    #[must_use]
    pub fn new(version: KubernetesVersion) -> Self {
        Self {
            environments: Environments::of_version(version),
            policies: Vec::new(),
            by_id: HashMap::default(),
            bindings: Vec::new(),
            parameters: Parameters::default(),
            problems: Vec::new(),
        }
    }

    /// Adds a document: a policy, a binding, or (anything else) an object that policies may take
    /// as parameters. Mistakes become problems.
    pub fn add(&mut self, tree: &Arc<Tree>, root: NodeRef<'_>) {
        // The same node through the shared tree, so that what is kept owns what it reads.
        let root = tree.node(root.id());
        if document_kind(root).is_none() {
            self.parameters.insert(tree, root);
            return;
        }
        let (found, mut problems) = document::read(root);
        match found {
            Some(Document::Policy(policy)) => self.add_policy(tree, *policy, &mut problems),
            Some(Document::Binding(binding)) => self.add_binding(root, *binding),
            None => {}
        }
        self.problems.extend(problems.finish());
    }

    fn add_policy<'t>(
        &mut self,
        tree: &Arc<Tree>,
        policy: Policy<'t>,
        problems: &mut Problems<'t>,
    ) {
        let Some(programs) = compile(&policy, &self.environments, problems) else { return };
        let info = info(&policy);
        if let Some(earlier) = self.by_id.get(&info.rule.id) {
            let earlier = &self.policies[*earlier];
            let text = format!("{} is defined a second time", info.rule.id);
            let hint = {
                let Position { line, column } = earlier.info.position;
                format!("the first is at {}:{line}:{column}", earlier.info.file)
            };
            let offset = policy.root.span().start;
            problems.error_with_hint(offset, "metadata.name", text, Some(hint.into()));
            return;
        }
        self.by_id.insert(info.rule.id.clone(), self.policies.len());
        self.policies.push(Pending {
            info,
            subject: policy.subject,
            on_unknown: policy.on_unknown,
            param_kind: policy.param_kind,
            inline_params: policy.inline_params.map(|node| (Arc::clone(tree), node.id())),
            matches: policy.matches,
            programs,
        });
    }

    fn add_binding(&mut self, root: NodeRef<'_>, binding: Binding) {
        let source = root.tree().source();
        let at = root.at(&["spec", "policyName"]).unwrap_or(root);
        let position = source.position(at.span().start);
        self.bindings.push(PendingBinding { binding, file: Arc::from(source.name()), position });
    }

    /// The set, and what is wrong with its documents, in the order of files and lines. Policies
    /// with errors are not in the set.
    #[must_use]
    pub fn build(mut self, resources: Arc<Resources>) -> (PolicySet, Vec<Problem>) {
        let mut bound = self.bind();
        let mut by_keys: HashMap<Vec<Key>, Vec<usize>, FixedState> = HashMap::default();
        let mut order = Vec::new();
        for (idx, pending) in self.policies.iter().enumerate() {
            let keys = keys(pending.subject, pending.matches.as_ref(), &resources);
            let slot = by_keys.entry(keys.clone()).or_insert_with(|| {
                order.push(keys);
                Vec::new()
            });
            slot.push(idx);
        }
        let mut pending: Vec<_> = self.policies.into_iter().map(Some).collect();
        let (mut groups, mut index) = (Vec::new(), Index::default());
        for keys in order {
            for chunk in by_keys[&keys].chunks(MAX_PER_PLAN) {
                let number = u32::try_from(groups.len()).expect("fewer groups than policies");
                for key in &keys {
                    index.insert(key, number);
                }
                let members = chunk.iter().map(|idx| {
                    let policy = pending[*idx].take().expect("each policy is in one chunk");
                    (policy, std::mem::take(&mut bound[*idx]))
                });
                groups.push(group(members));
            }
        }
        self.problems.sort_by(|a, b| (&a.file, a.position).cmp(&(&b.file, b.position)));
        let parameters = self.parameters;
        (PolicySet { groups, index, parameters, resources }, self.problems)
    }

    /// Gives each policy its bindings; says which bindings and policies stay alone.
    fn bind(&mut self) -> Vec<Vec<Bound>> {
        let mut by_name: HashMap<&str, usize, FixedState> = HashMap::default();
        for (idx, policy) in self.policies.iter().enumerate() {
            if &*policy.info.kind == "ValidatingAdmissionPolicy" {
                by_name.insert(&policy.info.name, idx);
            }
        }
        let mut bound: Vec<Vec<Bound>> = self.policies.iter().map(|_| Vec::new()).collect();
        let has_policies = !self.policies.is_empty();
        for PendingBinding { binding, file, position } in self.bindings.drain(..) {
            let Some(idx) = by_name.get(&*binding.policy_name) else {
                let hint = did_you_mean(&binding.policy_name, by_name.keys().copied());
                let message = format!("no policy `{}` is among the files", binding.policy_name);
                self.problems.push(Problem {
                    level: Level::Warning,
                    file,
                    position,
                    document: format!("ValidatingAdmissionPolicyBinding/{}", binding.name).into(),
                    path: "spec.policyName".into(),
                    message: message.into(),
                    hint: hint.filter(|_| has_policies),
                });
                continue;
            };
            bound[*idx].push(Bound {
                info: BindingInfo { name: binding.name, actions: binding.actions },
                matches: binding.matches,
                param_ref: binding.param_ref,
            });
        }
        for (policy, bindings) in self.policies.iter().zip(&bound) {
            if &*policy.info.kind == "ValidatingAdmissionPolicy" && bindings.is_empty() {
                self.problems.push(unbound(&policy.info));
            }
        }
        bound
    }
}

fn unbound(info: &PolicyInfo) -> Problem {
    Problem {
        level: Level::Warning,
        file: Arc::clone(&info.file),
        position: info.position,
        document: info.rule.id.clone(),
        path: Box::default(),
        message: "no binding is among the files: the API server does not apply the policy".into(),
        hint: Some(
            "add a ValidatingAdmissionPolicyBinding; kordon judges all that it matches".into(),
        ),
    }
}

fn info(policy: &Policy<'_>) -> PolicyInfo {
    let source = policy.root.tree().source();
    let id = format!("{}/{}", policy.kind, policy.name);
    let rule = Rule {
        id: id.into(),
        name: Box::default(),
        aliases: Vec::new(),
        kind: FindingKind::Policy,
        title: policy.title.unwrap_or(policy.name).into(),
        severity: policy.severity,
        description: Box::default(),
        remediation: policy.remediation.clone(),
        controls: policy.controls.clone(),
    };
    PolicyInfo {
        rule: Arc::new(rule),
        name: policy.name.into(),
        kind: policy.kind.into(),
        failure_policy: policy.failure_policy,
        actions: policy.actions.clone(),
        file: Arc::from(source.name()),
        position: source.position(policy.root.span().start),
    }
}

fn group(policies: impl Iterator<Item = (Pending, Vec<Bound>)>) -> Group {
    let mut builder = PlanBuilder::new();
    let members = policies.map(|(policy, bindings)| member(&mut builder, policy, bindings));
    let members: Vec<_> = members.collect();
    Group { plan: builder.build(), members }
}

fn member(builder: &mut PlanBuilder, policy: Pending, bindings: Vec<Bound>) -> Member {
    let scope = builder.scope(None);
    let Programs { match_conditions, variables, validations, annotations } = policy.programs;
    for variable in &variables {
        builder.lazy_variable(scope, &variable.name, &variable.program);
    }
    let mut named = |found: Vec<NamedProgram>| -> Vec<NamedSlot> {
        let slot = |item: NamedProgram| NamedSlot {
            slot: builder.expression(scope, &item.program),
            name: item.name,
            path: item.path,
        };
        found.into_iter().map(slot).collect()
    };
    let (match_conditions, annotations) = (named(match_conditions), named(annotations));
    let validations = validations.into_iter().map(|item| ValidationSlot {
        slot: builder.expression(scope, &item.program),
        message_slot: item.message_expression.map(|program| builder.expression(scope, &program)),
        text: item.program.text().trim().into(),
        path: item.path,
        message: item.message,
        reason: item.reason,
    });
    let validations = validations.collect();
    Member {
        info: policy.info,
        subject: policy.subject,
        matches: policy.matches,
        on_unknown: policy.on_unknown,
        param_kind: policy.param_kind,
        inline_params: policy.inline_params,
        bindings,
        match_conditions,
        validations,
        annotations,
    }
}
