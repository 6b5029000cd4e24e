//! Judging: `(policies, request, what is known) → verdicts`, in the order and with the meaning of
//! `k8s.io/apiserver/pkg/admission/plugin/policy/validating`.

mod evaluate;
mod evidence;

use std::sync::Arc;

use kordon_cel::{Interrupt, Value, library::kubernetes::authorizer::Authorizer};
use kordon_model::{
    NodeRef,
    resources::{ResourceRef, Resources},
};

use crate::{
    FailurePolicy, Reason, Request, SubjectKind, Unassessed, Verdict, Violation,
    document::MatchResources,
    input::{NamespaceValue, PodOfTemplate, RequestValue},
    matching::{Match, MatchInput, matches},
    params::Found,
    set::{Bound, Group, Member, PolicySet},
    verdict::State,
};
use evaluate::Evaluation;

/// What a judgement may use beside the request.
#[derive(Clone, Default)]
pub struct Facts<'a> {
    /// The authorizer of the request's user; without one, what asks it is not assessed.
    pub authorizer: Option<Arc<dyn Authorizer>>,
    /// Asked now and then; `true` stops the evaluation at hand.
    pub interrupt: Option<&'a dyn Interrupt>,
    /// The pod template in the request's object, for policies of the subject `Pod`.
    pub pod_template: Option<PodTemplate<'a>>,
}

/// Where the Pod is that comes of an object.
#[derive(Clone, Copy)]
pub enum PodTemplate<'a> {
    /// The object is a Pod.
    Itself,
    /// A map with `metadata` and `spec`.
    Template(NodeRef<'a>),
}

impl PolicySet {
    /// Judges one request by every policy of the set that matches it.
    #[must_use]
    pub fn judge<'s>(&'s self, request: &Request<'_>, facts: &Facts<'_>) -> Vec<Verdict<'s>> {
        let mut verdicts = Vec::new();
        let resource = request.attributes.resource;
        for group in self.index.of_resource(resource.group, resource.plural) {
            let group = &self.groups[group as usize];
            Judge { set: self, group, request, facts }.run(SubjectKind::Object, &mut verdicts);
        }
        if facts.pod_template.is_some() {
            for group in self.index.of_pod_templates() {
                let group = &self.groups[*group as usize];
                Judge { set: self, group, request, facts }.run(SubjectKind::Pod, &mut verdicts);
            }
        }
        verdicts
    }
}

/// One group of policies over one request.
struct Judge<'j, 's, 'r> {
    set: &'s PolicySet,
    group: &'s Group,
    request: &'j Request<'r>,
    facts: &'j Facts<'j>,
}

/// A policy that matched, with what is to be evaluated.
struct Matched<'s> {
    member: &'s Member,
    resource: Match<'s>,
}

impl<'s> Judge<'_, 's, '_> {
    fn run(&self, subject: SubjectKind, verdicts: &mut Vec<Verdict<'s>>) {
        let matched: Vec<_> = self
            .group
            .members
            .iter()
            .filter(|member| member.subject == subject)
            .filter_map(|member| {
                let resource = self.matches(member.matches.as_ref());
                (resource != Match::No).then_some(Matched { member, resource })
            })
            .collect();
        if matched.is_empty() {
            return;
        }
        let request = self.request;
        let inputs = Inputs {
            pod: match self.facts.pod_template {
                Some(PodTemplate::Template(template)) if subject == SubjectKind::Pod => {
                    Some(PodOfTemplate { template })
                }
                _ => None,
            },
            namespace: NamespaceValue::named(request.attributes.namespace),
            requests: matched
                .iter()
                .map(|matched| RequestValue::new(*request, self.seen_as(matched.resource)))
                .collect(),
        };
        let mut evaluation = Evaluation::new(self.group, self.facts, request, &inputs);
        for (idx, matched) in matched.iter().enumerate() {
            evaluation.set_request(&inputs.requests[idx]);
            self.judge_bindings(matched.member, &mut evaluation, verdicts);
        }
    }

    fn judge_bindings<'a>(
        &self,
        member: &'s Member,
        evaluation: &mut Evaluation<'a>,
        verdicts: &mut Vec<Verdict<'s>>,
    ) where
        's: 'a,
    {
        if member.bindings.is_empty() {
            verdicts.push(self.judge_unbound(member, evaluation));
            return;
        }
        for bound in &member.bindings {
            if self.matches(bound.matches.as_ref()) == Match::No {
                continue;
            }
            self.judge_bound(member, bound, evaluation, verdicts);
        }
    }

    fn judge_unbound<'a>(&self, member: &'s Member, evaluation: &mut Evaluation<'a>) -> Verdict<'s>
    where
        's: 'a,
    {
        if member.param_kind.is_some() {
            let mut verdict = empty(member, None);
            verdict.state = State::NotAssessed;
            verdict.unassessed.push(Unassessed {
                path: "spec.paramKind".into(),
                reason: "the policy takes parameters, and no binding gives them".into(),
            });
            return verdict;
        }
        let params = member.inline_params().map_or(Value::Null, Value::node);
        evaluation.set_params(params);
        evaluation.judge(member, empty(member, None))
    }

    fn judge_bound<'a>(
        &self,
        member: &'s Member,
        bound: &'s Bound,
        evaluation: &mut Evaluation<'a>,
        verdicts: &mut Vec<Verdict<'s>>,
    ) where
        's: 'a,
    {
        let namespace = self.request.attributes.namespace;
        let kind = member.param_kind.as_ref();
        let (parameters, resources) = (&self.set.parameters, &*self.set.resources);
        match parameters.find(kind, bound.param_ref.as_ref(), namespace, resources) {
            Found::Nothing => {}
            Found::Null => {
                let params = member.inline_params().map_or(Value::Null, Value::node);
                evaluation.set_params(params);
                verdicts.push(evaluation.judge(member, empty(member, Some(bound))));
            }
            Found::Objects(objects) => {
                for object in objects {
                    evaluation.set_params(Value::node(object));
                    let mut verdict = empty(member, Some(bound));
                    verdict.param = Some(name_of(object));
                    verdicts.push(evaluation.judge(member, verdict));
                }
            }
            Found::Error(reason) => verdicts.push(misconfigured(member, bound, &reason)),
        }
    }

    fn matches(&self, criteria: Option<&MatchResources>) -> Match<'s> {
        let Some(criteria) = criteria else { return Match::Itself };
        let resources: &'s Resources = &self.set.resources;
        let input = MatchInput {
            attributes: &self.request.attributes,
            object: self.request.object,
            old_object: self.request.old_object,
            namespace: self.request.namespace_object,
            resources,
        };
        matches(input, criteria)
    }

    fn seen_as<'a>(&'a self, found: Match<'s>) -> ResourceRef<'a> {
        match found {
            Match::As(resource) => resource,
            Match::Itself | Match::No => self.request.attributes.resource,
        }
    }
}

/// What the values of one evaluation borrow.
pub(crate) struct Inputs<'a> {
    pod: Option<PodOfTemplate<'a>>,
    namespace: NamespaceValue<'a>,
    requests: Vec<RequestValue<'a>>,
}

fn empty<'s>(member: &'s Member, bound: Option<&'s Bound>) -> Verdict<'s> {
    Verdict {
        policy: &member.info,
        binding: bound.map(|bound| &bound.info),
        param: None,
        state: State::Pass,
        violations: Vec::new(),
        unassessed: Vec::new(),
        ignored: Vec::new(),
        audit_annotations: Vec::new(),
        cost: 0,
    }
}

/// A binding that cannot be judged by: what failurePolicy makes of it.
fn misconfigured<'s>(member: &'s Member, bound: &'s Bound, reason: &str) -> Verdict<'s> {
    let mut verdict = empty(member, Some(bound));
    let message = format!("failed to configure binding: {reason}").into();
    let path: Box<str> = "spec.paramKind".into();
    match member.info.failure_policy {
        FailurePolicy::Ignore => verdict.ignored.push(crate::Failed {
            path,
            message,
            kind: kordon_cel::ErrorKind::Other,
        }),
        FailurePolicy::Fail => {
            verdict.state = State::Fail;
            let error = kordon_cel::EvalError::new(kordon_cel::ErrorKind::Other, reason);
            verdict.violations.push(Violation {
                path,
                message,
                reason: Reason::Invalid,
                error: Some(error),
                evidence: Vec::new(),
                span: None,
            });
        }
    }
    verdict
}

/// `namespace/name` or `name`.
fn name_of(object: NodeRef<'_>) -> Box<str> {
    let text = |key| object.at(&["metadata", key]).and_then(NodeRef::as_str).unwrap_or("");
    match (text("namespace"), text("name")) {
        ("", name) => name.into(),
        (namespace, name) => format!("{namespace}/{name}").into(),
    }
}

#[cfg(test)]
mod tests;
