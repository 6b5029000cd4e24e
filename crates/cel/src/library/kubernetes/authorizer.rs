//! The authorizer: asks whether a user may do something. Who answers is the caller's matter: it
//! implements [`Authorizer`] and binds [`authorizer`] to the variable; where nobody can answer, the
//! variable is unknown.

mod checks;

use std::{fmt, sync::Arc};

use super::super::{Function, Implementation, Library, Overload, args};
use crate::{EvalError, Type, Value, value::Opaque};
use checks::{Group, Path, Principal, Resource};

pub(crate) const AUTHORIZER: Type = Type::Opaque("kubernetes.authorization.Authorizer");
const PATH_CHECK: Type = Type::Opaque("kubernetes.authorization.PathCheck");
const GROUP_CHECK: Type = Type::Opaque("kubernetes.authorization.GroupCheck");
const RESOURCE_CHECK: Type = Type::Opaque("kubernetes.authorization.ResourceCheck");
const DECISION: Type = Type::Opaque("kubernetes.authorization.Decision");

/// The type of a variable that [`authorizer`] is bound to.
pub const AUTHORIZER_TYPE: Type = AUTHORIZER;

/// The type of `authorizer.requestResource`.
pub const RESOURCE_CHECK_TYPE: Type = RESOURCE_CHECK;

/// Answers what an expression asks.
pub trait Authorizer: fmt::Debug + Send + Sync + 'static {
    fn authorize(&self, question: &Question<'_>) -> Decision;
}

/// Who wants to do what.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Question<'q> {
    /// A service account as (namespace, name); the user of the request when `None`.
    pub service_account: Option<(&'q str, &'q str)>,
    pub verb: &'q str,
    pub target: Target<'q>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target<'q> {
    /// A path that is no resource: `/healthz`.
    Path(&'q str),
    Resource(ResourceTarget<'q>),
}

/// Texts are empty where the expression does not set them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ResourceTarget<'q> {
    pub group: &'q str,
    pub resource: &'q str,
    pub subresource: &'q str,
    pub namespace: &'q str,
    pub name: &'q str,
    pub field_selector: &'q str,
    pub label_selector: &'q str,
}

/// An answer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decision {
    pub allowed: bool,
    pub reason: String,
    pub error: Option<String>,
}

impl Opaque for Decision {
    fn type_of(&self) -> Type {
        DECISION
    }

    fn equals(&self, other: &dyn Opaque) -> bool {
        other.downcast::<Self>() == Some(self)
    }
}

/// The value of the variable `authorizer`.
#[must_use]
pub fn authorizer(authorizer: Arc<dyn Authorizer>) -> Value<'static> {
    Value::opaque(Principal { authorizer, service_account: None })
}

/// The value of `authorizer.requestResource`.
#[must_use]
pub fn resource_check(
    authorizer: Arc<dyn Authorizer>,
    target: &ResourceTarget<'_>,
) -> Value<'static> {
    let principal = Principal { authorizer, service_account: None };
    Value::opaque(Resource::of(principal, target))
}

impl Library {
    pub(super) fn kubernetes_authorizer() -> Self {
        let mut functions = builders();
        functions.extend(decisions());
        Self::of("kubernetes.authz", functions)
    }

    pub(super) fn kubernetes_authorizer_selectors() -> Self {
        let functions = vec![
            narrowed("fieldSelector", "authorizer_fieldselector", |_, values| {
                with(values, |check, text| check.field_selector = text)
            }),
            narrowed("labelSelector", "authorizer_labelselector", |_, values| {
                with(values, |check, text| check.label_selector = text)
            }),
        ];
        Self::of("kubernetes.authzSelectors", functions)
    }
}

fn method(
    name: &'static str,
    overload: (&'static str, Type),
    result: Type,
    implementation: Implementation,
) -> Function {
    let (id, of) = overload;
    let params = [of, Type::String];
    Function::new(name).overload(Overload::member(id, &params, result, implementation).impure())
}

fn narrowed(name: &'static str, id: &'static str, implementation: Implementation) -> Function {
    method(name, (id, RESOURCE_CHECK), RESOURCE_CHECK, implementation)
}

fn with<'a>(
    values: &[Value<'a>],
    set: fn(&mut Resource, Box<str>),
) -> Result<Value<'a>, EvalError> {
    let mut check = args::opaque::<Resource>(values, 0)?.clone();
    set(&mut check, args::text(values, 1)?.into());
    Ok(Value::opaque(check))
}

fn not_blank(text: &str, what: &str) -> Result<Box<str>, EvalError> {
    if text.trim().is_empty() {
        return Err(EvalError::invalid(format!("{what} must not be empty")));
    }
    Ok(text.into())
}

fn builders() -> Vec<Function> {
    let service_account = Overload::member(
        "authorizer_serviceaccount",
        &[AUTHORIZER, Type::String, Type::String],
        AUTHORIZER,
        |_, values| {
            let (namespace, name) = (args::text(values, 1)?, args::text(values, 2)?);
            if !super::format::dns_subdomain(name).is_empty() {
                return Err(EvalError::invalid("Invalid service account name"));
            }
            if !super::format::dns_label(namespace).is_empty() {
                return Err(EvalError::invalid("Invalid service account namespace"));
            }
            let authorizer = Arc::clone(&args::opaque::<Principal>(values, 0)?.authorizer);
            let service_account = Some((namespace.into(), name.into()));
            Ok(Value::opaque(Principal { authorizer, service_account }))
        },
    );
    vec![
        method("path", ("authorizer_path", AUTHORIZER), PATH_CHECK, |_, values| {
            let principal = args::opaque::<Principal>(values, 0)?.clone();
            let path = not_blank(args::text(values, 1)?, "path")?;
            Ok(Value::opaque(Path { principal, path }))
        }),
        method("group", ("authorizer_group", AUTHORIZER), GROUP_CHECK, |_, values| {
            let principal = args::opaque::<Principal>(values, 0)?.clone();
            Ok(Value::opaque(Group { principal, group: args::text(values, 1)?.into() }))
        }),
        Function::new("serviceAccount").overload(service_account.impure()),
        method("resource", ("groupcheck_resource", GROUP_CHECK), RESOURCE_CHECK, |_, values| {
            let group = args::opaque::<Group>(values, 0)?.clone();
            let resource = not_blank(args::text(values, 1)?, "resource")?;
            Ok(Value::opaque(Resource::new(group, resource)))
        }),
        narrowed("subresource", "resourcecheck_subresource", |_, values| {
            with(values, |check, text| check.subresource = text)
        }),
        narrowed("namespace", "resourcecheck_namespace", |_, values| {
            with(values, |check, text| check.namespace = text)
        }),
        narrowed("name", "resourcecheck_name", |_, values| {
            with(values, |check, text| check.name = text)
        }),
        method("check", ("pathcheck_check", PATH_CHECK), DECISION, |_, values| {
            let check = args::opaque::<Path>(values, 0)?;
            Ok(Value::opaque(check.decide(args::text(values, 1)?)))
        })
        .overload(
            Overload::member(
                "resourcecheck_check",
                &[RESOURCE_CHECK, Type::String],
                DECISION,
                |_, values| {
                    let check = args::opaque::<Resource>(values, 0)?;
                    Ok(Value::opaque(check.decide(args::text(values, 1)?)))
                },
            )
            .impure(),
        ),
    ]
}

fn decisions() -> Vec<Function> {
    let accessor = |name, id, result: Type, implementation: Implementation| {
        Function::new(name).overload(Overload::member(id, &[DECISION], result, implementation))
    };
    vec![
        accessor("errored", "decision_errored", Type::Bool, |_, values| {
            Ok(args::opaque::<Decision>(values, 0)?.error.is_some().into())
        }),
        accessor("error", "decision_error", Type::String, |_, values| {
            let error = args::opaque::<Decision>(values, 0)?.error.clone();
            Ok(error.unwrap_or_default().into())
        }),
        accessor("allowed", "decision_allowed", Type::Bool, |_, values| {
            Ok(args::opaque::<Decision>(values, 0)?.allowed.into())
        }),
        accessor("reason", "decision_reason", Type::String, |_, values| {
            Ok(args::opaque::<Decision>(values, 0)?.reason.clone().into())
        }),
    ]
}
