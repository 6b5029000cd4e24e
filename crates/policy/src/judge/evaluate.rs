//! The expressions of one policy, evaluated in the API server's order and budgets.

use std::sync::Arc;

use kordon_cel::{
    ErrorKind, EvalError, ExprSlot, Failure, Fields, Limits, Map, Session, Str, Value,
    library::kubernetes::authorizer::{self, ResourceTarget},
};
use kordon_model::NodeRef;

use super::{Facts, Inputs, evidence};
use crate::{
    FailurePolicy, OnUnknown, Reason, Request, Unassessed, Verdict, Violation,
    environment::names,
    input::RequestValue,
    set::{Group, Member, ValidationSlot},
    verdict::{Failed, State},
};

/// Of `k8s.io/apiserver/pkg/apis/cel`: what all match conditions, and all validations with their
/// messages, may cost together.
const MATCH_CONDITIONS_BUDGET: u64 = 2_500_000;
const BUDGET: u64 = 10_000_000;
/// Of the same: longer results of `messageExpression` are not used.
const MAX_MESSAGE_BYTES: usize = 5 * 1024;
/// Bytes of an audit annotation's value that the API server keeps.
const MAX_ANNOTATION_BYTES: usize = 10 * 1024;

pub(super) struct Evaluation<'a> {
    session: Session<'a>,
    object: Option<NodeRef<'a>>,
}

/// What the match conditions say.
enum Conditions {
    Hold,
    Exclude,
    Error(EvalError, Box<str>),
    Unknown(Vec<Unassessed>),
}

impl<'a> Evaluation<'a> {
    pub(super) fn new(
        group: &'a Group,
        facts: &'a Facts<'a>,
        request: &Request<'a>,
        inputs: &'a Inputs<'a>,
    ) -> Self {
        let limits = Limits { cost: BUDGET, ..Limits::KUBERNETES };
        let mut session = Session::new(&group.plan, limits, facts.interrupt);
        let object = match &inputs.pod {
            Some(pod) => Value::Map(Map::Fields(pod)),
            None => request.object.map_or(Value::Null, Value::node),
        };
        session.bind(names::OBJECT, object);
        session.bind(names::OLD_OBJECT, request.old_object.map_or(Value::Null, Value::node));
        session.bind(names::NAMESPACE, namespace(request, inputs));
        let (authorizer, resource) = match &facts.authorizer {
            Some(found) => {
                let target = target(request);
                (
                    authorizer::authorizer(Arc::clone(found)),
                    authorizer::resource_check(Arc::clone(found), &target),
                )
            }
            None => (unknown(names::AUTHORIZER), unknown(names::REQUEST_RESOURCE)),
        };
        session.bind(names::AUTHORIZER, authorizer);
        session.bind(names::REQUEST_RESOURCE, resource);
        Self { session, object: request.object }
    }

    pub(super) fn set_request(&mut self, request: &'a RequestValue<'a>) {
        let fields: &'a dyn Fields = request;
        self.session.bind(names::REQUEST, Value::Map(Map::Fields(fields)));
    }

    pub(super) fn set_params(&mut self, params: Value<'a>) {
        self.session.bind(names::PARAMS, params);
    }

    pub(super) fn judge<'s>(&mut self, member: &Member, mut verdict: Verdict<'s>) -> Verdict<'s> {
        match self.match_conditions(member) {
            Conditions::Hold => {}
            Conditions::Exclude => {
                verdict.state = State::Skip;
                return verdict;
            }
            Conditions::Error(error, path) => {
                fail(&mut verdict, member, path, error);
                return finish(verdict, member);
            }
            Conditions::Unknown(unassessed) => {
                verdict.unassessed = unassessed;
                return finish(verdict, member);
            }
        }
        self.session.begin(Limits { cost: BUDGET, ..Limits::KUBERNETES });
        for validation in &member.validations {
            if self.validate(member, validation, &mut verdict) == Next::Stop {
                break;
            }
        }
        verdict.cost = self.session.cost();
        self.annotate(member, &mut verdict);
        finish(verdict, member)
    }

    fn match_conditions(&mut self, member: &Member) -> Conditions {
        if member.match_conditions.is_empty() {
            return Conditions::Hold;
        }
        self.session.begin(Limits { cost: MATCH_CONDITIONS_BUDGET, ..Limits::KUBERNETES });
        let mut first_error = None;
        let mut unknown = Vec::new();
        for condition in &member.match_conditions {
            match self.session.evaluate(condition.slot) {
                Ok(Value::Bool(true)) => {}
                // Whatever the others say.
                Ok(Value::Bool(false)) => return Conditions::Exclude,
                Ok(other) => {
                    let error = not_bool(&other);
                    first_error.get_or_insert((error, condition.path.clone()));
                }
                Err(Failure::Error(error)) => {
                    first_error.get_or_insert((error, condition.path.clone()));
                }
                Err(Failure::Unknown(reads)) => {
                    unknown.push(unassessed(&condition.path, &reads.paths));
                }
            }
        }
        match first_error {
            // An unknown condition may be false, which would exclude the request all the same.
            _ if !unknown.is_empty() => Conditions::Unknown(unknown),
            Some((error, path)) => Conditions::Error(error, path),
            None => Conditions::Hold,
        }
    }

    fn validate(
        &mut self,
        member: &Member,
        validation: &ValidationSlot,
        verdict: &mut Verdict<'_>,
    ) -> Next {
        match self.session.evaluate(validation.slot) {
            Ok(Value::Bool(true)) => Next::Go,
            Ok(Value::Bool(false)) => {
                let violation = self.violation(validation);
                verdict.violations.push(violation);
                Next::Go
            }
            Ok(other) => {
                fail(verdict, member, validation.path.clone(), not_bool(&other));
                Next::Go
            }
            Err(Failure::Unknown(reads)) => {
                verdict.unassessed.push(unassessed(&validation.path, &reads.paths));
                Next::Go
            }
            Err(Failure::Error(error)) => {
                // An empty budget or a deadline ends the policy, as it does in the API server.
                let next = if error.is_limit() { Next::Stop } else { Next::Go };
                let (evidence, span) = self.evidence(validation.slot, next);
                fail(verdict, member, validation.path.clone(), error);
                if let Some(last) = verdict.violations.last_mut() {
                    (last.evidence, last.span) = (evidence, span);
                }
                next
            }
        }
    }

    fn violation(&mut self, validation: &ValidationSlot) -> Violation {
        let from_expression = validation.message_slot.and_then(|slot| self.message(slot));
        let message = from_expression
            .or_else(|| validation.message.clone().filter(|text| !text.is_empty()))
            .unwrap_or_else(|| format!("failed expression: {}", validation.text).into());
        let (evidence, span) = self.evidence(validation.slot, Next::Go);
        Violation {
            path: validation.path.clone(),
            message,
            reason: validation.reason,
            error: None,
            evidence,
            span,
        }
    }

    /// The result of a `messageExpression`, where the API server would use it.
    fn message(&mut self, slot: ExprSlot) -> Option<Box<str>> {
        let Ok(Value::String(text)) = self.session.evaluate(slot) else { return None };
        let text = text.trim();
        let is_usable = !text.is_empty() && text.len() <= MAX_MESSAGE_BYTES && !text.contains('\n');
        is_usable.then(|| text.into())
    }

    fn evidence(
        &mut self,
        slot: ExprSlot,
        next: Next,
    ) -> (Vec<kordon_finding::Evidence>, Option<kordon_base::Span>) {
        match self.object {
            Some(root) if next == Next::Go => evidence::of(root, &self.session.explain(slot)),
            _ => (Vec::new(), None),
        }
    }

    fn annotate(&mut self, member: &Member, verdict: &mut Verdict<'_>) {
        if member.annotations.is_empty() {
            return;
        }
        self.session.begin(Limits { cost: BUDGET, ..Limits::KUBERNETES });
        for annotation in &member.annotations {
            match self.session.evaluate(annotation.slot) {
                Ok(Value::String(text)) if !text.trim().is_empty() => {
                    let value = shortened(text.trim(), MAX_ANNOTATION_BYTES);
                    verdict.audit_annotations.push((annotation.name.clone(), value.into()));
                }
                Ok(_) => {}
                Err(Failure::Error(error)) => {
                    fail(verdict, member, annotation.path.clone(), error);
                }
                Err(Failure::Unknown(reads)) => {
                    verdict.unassessed.push(unassessed(&annotation.path, &reads.paths));
                }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Go,
    Stop,
}

fn unknown(name: &'static str) -> Value<'static> {
    Value::Unknown(Str::Borrowed(name))
}

/// What `authorizer.requestResource` asks about.
fn target<'a>(request: &Request<'a>) -> ResourceTarget<'a> {
    let attributes = &request.attributes;
    ResourceTarget {
        group: attributes.resource.group,
        resource: attributes.resource.plural,
        subresource: attributes.subresource,
        namespace: attributes.namespace,
        name: attributes.name,
        ..ResourceTarget::default()
    }
}

fn namespace<'a>(request: &Request<'a>, inputs: &'a Inputs<'a>) -> Value<'a> {
    let attributes = &request.attributes;
    let is_namespace = attributes.resource.group.is_empty()
        && attributes.resource.version == "v1"
        && attributes.resource.kind == "Namespace";
    match request.namespace_object {
        _ if is_namespace || attributes.namespace.is_empty() => Value::Null,
        Some(node) => Value::node(node),
        None => Value::Map(Map::Fields(&inputs.namespace)),
    }
}

/// What failurePolicy makes of an evaluation error.
fn fail(verdict: &mut Verdict<'_>, member: &Member, path: Box<str>, error: EvalError) {
    match member.info.failure_policy {
        FailurePolicy::Ignore => {
            let message = error.to_string().into();
            verdict.ignored.push(Failed { path, message, kind: error.kind() });
        }
        FailurePolicy::Fail => verdict.violations.push(Violation {
            path,
            message: format!("could not be evaluated: {error}").into(),
            reason: Reason::Invalid,
            error: Some(error),
            evidence: Vec::new(),
            span: None,
        }),
    }
}

/// The state that follows from what was found.
fn finish<'s>(mut verdict: Verdict<'s>, member: &Member) -> Verdict<'s> {
    verdict.state = if !verdict.violations.is_empty() {
        State::Fail
    } else if verdict.unassessed.is_empty() {
        State::Pass
    } else {
        match member.on_unknown {
            OnUnknown::NotAssessed => State::NotAssessed,
            OnUnknown::Pass => State::Pass,
            OnUnknown::Fail => {
                let reasons: Vec<_> = verdict.unassessed.iter().map(|one| &*one.reason).collect();
                verdict.violations.push(Violation {
                    path: verdict.unassessed[0].path.clone(),
                    message: reasons.join("; ").into(),
                    reason: Reason::Invalid,
                    error: None,
                    evidence: Vec::new(),
                    span: None,
                });
                State::Fail
            }
        }
    };
    verdict
}

fn unassessed(path: &str, reads: &[Box<str>]) -> Unassessed {
    let reason = format!("depends on {}, which is not known here", reads.join(", "));
    Unassessed { path: path.into(), reason: reason.into() }
}

fn not_bool(value: &Value<'_>) -> EvalError {
    let text = format!("must evaluate to bool but got {}", value.type_of());
    EvalError::new(ErrorKind::NoSuchOverload, text)
}

fn shortened(text: &str, max_bytes: usize) -> &str {
    let mut end = max_bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.split_at(end).0
}
