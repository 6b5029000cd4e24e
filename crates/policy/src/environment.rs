//! The CEL environment of policies: what `k8s.io/apiserver/pkg/admission/plugin/cel` declares.

use std::sync::OnceLock;

use kordon_base::KubernetesVersion;
use kordon_cel::{
    Dialect, Env, EnvBuilder, Type,
    library::{
        Library,
        kubernetes::authorizer::{AUTHORIZER_TYPE, RESOURCE_CHECK_TYPE},
    },
};

/// Root variables, once.
pub(crate) mod names {
    pub(crate) const OBJECT: &str = "object";
    pub(crate) const OLD_OBJECT: &str = "oldObject";
    pub(crate) const PARAMS: &str = "params";
    pub(crate) const REQUEST: &str = "request";
    pub(crate) const NAMESPACE: &str = "namespaceObject";
    pub(crate) const AUTHORIZER: &str = "authorizer";
    pub(crate) const REQUEST_RESOURCE: &str = "authorizer.requestResource";
}

/// The four environments that the expressions of a policy are compiled in.
#[derive(Clone, Debug)]
pub(crate) struct Environments {
    plain: Env,
    with_params: Env,
    plain_message: Env,
    params_message: Env,
}

/// What an expression of a policy may read beside the request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reads {
    /// Everything.
    All,
    /// Messages cannot ask the authorizer.
    NoAuthorizer,
}

impl Environments {
    /// Made once for each version that anybody asks for: a cluster's policies are compiled anew
    /// whenever one of them changes.
    pub(crate) fn of_version(version: KubernetesVersion) -> Self {
        static MADE: [OnceLock<Environments>; 100] = [const { OnceLock::new() }; 100];
        match MADE.get(usize::from(version.minor)) {
            Some(made) => made.get_or_init(|| Self::new(version)).clone(),
            None => Self::new(version),
        }
    }

    fn new(version: KubernetesVersion) -> Self {
        let plain_message = base(version).build();
        let params_message = plain_message.extend().variable(names::PARAMS, Type::Dyn).build();
        let plain = with_authorizer(plain_message.extend()).build();
        let with_params = with_authorizer(params_message.extend()).build();
        Self { plain, with_params, plain_message, params_message }
    }

    pub(crate) fn of(&self, reads: Reads, has_params: HasParams) -> &Env {
        match (reads, has_params) {
            (Reads::All, HasParams::No) => &self.plain,
            (Reads::All, HasParams::Yes) => &self.with_params,
            (Reads::NoAuthorizer, HasParams::No) => &self.plain_message,
            (Reads::NoAuthorizer, HasParams::Yes) => &self.params_message,
        }
    }
}

/// Whether `params` is declared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum HasParams {
    No,
    Yes,
}

fn base(version: KubernetesVersion) -> EnvBuilder {
    let mut builder = Env::builder(Dialect::Kubernetes(version.minor));
    for library in Library::kubernetes(version.minor) {
        builder = builder.library(&library);
    }
    builder
        .variable(names::OBJECT, Type::Dyn)
        .variable(names::OLD_OBJECT, Type::Dyn)
        .variable(names::REQUEST, request_type())
        .variable(names::NAMESPACE, namespace_type())
}

fn with_authorizer(builder: EnvBuilder) -> EnvBuilder {
    builder
        .variable(names::AUTHORIZER, AUTHORIZER_TYPE)
        .variable(names::REQUEST_RESOURCE, RESOURCE_CHECK_TYPE)
}

fn strings() -> Type {
    Type::list(Type::String)
}

fn request_type() -> Type {
    let gvk = Type::object(
        "kubernetes.GroupVersionKind",
        &[("group", Type::String), ("version", Type::String), ("kind", Type::String)],
    );
    let gvr = Type::object(
        "kubernetes.GroupVersionResource",
        &[("group", Type::String), ("version", Type::String), ("resource", Type::String)],
    );
    let user = Type::object(
        "kubernetes.UserInfo",
        &[
            ("username", Type::String),
            ("uid", Type::String),
            ("groups", strings()),
            ("extra", Type::map(Type::String, strings())),
        ],
    );
    Type::object(
        "kubernetes.AdmissionRequest",
        &[
            ("kind", gvk.clone()),
            ("resource", gvr.clone()),
            ("subResource", Type::String),
            ("requestKind", gvk),
            ("requestResource", gvr),
            ("requestSubResource", Type::String),
            ("name", Type::String),
            ("namespace", Type::String),
            ("operation", Type::String),
            ("userInfo", user),
            ("dryRun", Type::Bool),
            ("options", Type::Dyn),
        ],
    )
}

fn namespace_type() -> Type {
    let texts = Type::map(Type::String, Type::String);
    let metadata = Type::object(
        "kubernetes.NamespaceMetadata",
        &[
            ("name", Type::String),
            ("generateName", Type::String),
            ("namespace", Type::String),
            ("labels", texts.clone()),
            ("annotations", texts),
            ("UID", Type::String),
            ("creationTimestamp", Type::Timestamp),
            ("deletionGracePeriodSeconds", Type::Int),
            ("deletionTimestamp", Type::Timestamp),
            ("generation", Type::Int),
            ("resourceVersion", Type::String),
            ("finalizers", strings()),
        ],
    );
    let spec = Type::object("kubernetes.NamespaceSpec", &[("finalizers", strings())]);
    let condition = Type::object(
        "kubernetes.NamespaceCondition",
        &[
            ("status", Type::String),
            ("type", Type::String),
            ("lastTransitionTime", Type::Timestamp),
            ("message", Type::String),
            ("reason", Type::String),
        ],
    );
    let status = Type::object(
        "kubernetes.NamespaceStatus",
        &[("conditions", Type::list(condition)), ("phase", Type::String)],
    );
    Type::object(
        "kubernetes.Namespace",
        &[("metadata", metadata), ("spec", spec), ("status", status)],
    )
}
