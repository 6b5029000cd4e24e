//! The CEL environment of check files: the variables of `docs/check-files.md` and their types.

mod functions;

use kordon_base::KubernetesVersion;
use kordon_cel::{Dialect, Env, Type, library::Library};

use super::{CelLogic, CheckDocument, SettingDeclaration, SettingType, SubjectKind};

/// Root variables, once.
pub(super) mod names {
    pub(in crate::check) const OBJECT: &str = "object";
    pub(in crate::check) const KIND: &str = "kind";
    pub(in crate::check) const API_VERSION: &str = "apiVersion";
    pub(in crate::check) const NAME: &str = "name";
    pub(in crate::check) const NAMESPACE: &str = "namespaceName";
    pub(in crate::check) const OWNED_BY: &str = "ownedBy";
    pub(in crate::check) const POD: &str = "pod";
    pub(in crate::check) const CONTAINER: &str = "container";
    pub(in crate::check) const CREDENTIALS: &str = "credentials";
    pub(in crate::check) const SETTINGS: &str = "settings";
    pub(in crate::check) const KUBERNETES: &str = "kubernetes";
    pub(in crate::check) const ITEM: &str = "item";
    pub(in crate::check) const KEY: &str = "key";
    pub(in crate::check) const INDEX: &str = "index";
    pub(in crate::check) const WHO: &str = "who";
}

/// The environments of the three kinds of subjects.
pub(super) struct Environments {
    object: Env,
    pod: Env,
    container: Env,
}

impl Environments {
    pub(super) fn new() -> Self {
        let mut builder = Env::builder(Dialect::Standard);
        // The language of check files is that of the program, whatever cluster is judged for.
        let mut libraries = Library::kubernetes(KubernetesVersion::NEWEST.minor);
        libraries.extend([Library::strings(4), Library::math(), functions::library()]);
        for library in &libraries {
            builder = builder.library(library);
        }
        let object = builder
            .variable(names::OBJECT, Type::Dyn)
            .variable(names::KIND, Type::String)
            .variable(names::API_VERSION, Type::String)
            .variable(names::NAME, Type::String)
            .variable(names::NAMESPACE, Type::Dyn)
            .variable(names::OWNED_BY, Type::Dyn)
            .variable(names::CREDENTIALS, Type::list(credential()))
            .variable(names::KUBERNETES, kubernetes())
            .variable(names::WHO, Type::String)
            .build();
        let pod = object.extend().variable(names::POD, pod()).build();
        let container = pod.extend().variable(names::CONTAINER, container()).build();
        Self { object, pod, container }
    }

    /// What the expressions of one check may read, without its own variables.
    pub(super) fn of(&self, check: &CheckDocument, logic: &CelLogic, item: Option<Type>) -> Env {
        let base = match logic.subject {
            SubjectKind::Object => &self.object,
            SubjectKind::Pod => &self.pod,
            SubjectKind::Container => &self.container,
        };
        let mut builder = base.extend();
        if !check.settings.is_empty() {
            builder = builder.variable(names::SETTINGS, settings(&check.settings));
        }
        if let Some(item) = item {
            builder = builder
                .variable(names::ITEM, item)
                .variable(names::KEY, Type::String)
                .variable(names::INDEX, Type::Int);
        }
        builder.build()
    }
}

fn texts() -> Type {
    Type::map(Type::String, Type::String)
}

fn nodes() -> Type {
    Type::list(Type::Dyn)
}

fn strings() -> Type {
    Type::list(Type::String)
}

fn values() -> Type {
    Type::map(Type::String, Type::Dyn)
}

fn kubernetes() -> Type {
    Type::object("kordon.Kubernetes", &[("minor", Type::Int)])
}

pub(super) fn credential() -> Type {
    Type::object(
        "kordon.Credential",
        &[
            ("place", Type::String),
            ("detector", Type::String),
            ("title", Type::String),
            ("confidence", Type::String),
            ("container", Type::Dyn),
            ("name", Type::String),
            ("redacted", Type::String),
        ],
    )
}

fn image() -> Type {
    Type::object(
        "kordon.Image",
        &[
            ("text", Type::String),
            ("valid", Type::Bool),
            ("registry", Type::String),
            ("repository", Type::String),
            ("tag", Type::Dyn),
            ("digest", Type::Dyn),
            ("pinned", Type::Bool),
            ("latest", Type::Bool),
        ],
    )
}

fn container_security() -> Type {
    let capabilities = Type::object("kordon.Capabilities", &[("add", nodes()), ("drop", nodes())]);
    Type::object(
        "kordon.ContainerSecurity",
        &[
            ("privileged", Type::Dyn),
            ("allowPrivilegeEscalation", Type::Dyn),
            ("readOnlyRootFilesystem", Type::Dyn),
            ("runAsNonRoot", Type::Dyn),
            ("runAsUser", Type::Dyn),
            ("runAsGroup", Type::Dyn),
            ("procMount", Type::Dyn),
            ("capabilities", capabilities),
            ("added", strings()),
            ("dropped", strings()),
            ("seccompProfile", Type::Dyn),
            ("appArmorProfile", Type::Dyn),
            ("seLinuxOptions", values()),
            ("windowsOptions", values()),
        ],
    )
}

fn pod_security() -> Type {
    Type::object(
        "kordon.PodSecurity",
        &[
            ("runAsNonRoot", Type::Dyn),
            ("runAsUser", Type::Dyn),
            ("runAsGroup", Type::Dyn),
            ("fsGroup", Type::Dyn),
            ("supplementalGroups", nodes()),
            ("sysctls", nodes()),
            ("seccompProfile", Type::Dyn),
            ("appArmorProfile", Type::Dyn),
            ("seLinuxOptions", values()),
            ("windowsOptions", values()),
        ],
    )
}

fn container() -> Type {
    let probe = Type::object("kordon.Probe", &[("name", Type::String), ("spec", Type::Dyn)]);
    Type::object(
        "kordon.Container",
        &[
            ("name", Type::String),
            ("type", Type::String),
            ("spec", Type::Dyn),
            ("command", nodes()),
            ("args", nodes()),
            ("env", nodes()),
            ("envFrom", nodes()),
            ("ports", nodes()),
            ("volumeMounts", nodes()),
            ("volumeDevices", nodes()),
            ("limits", values()),
            ("requests", values()),
            ("image", image()),
            ("pullPolicy", Type::Dyn),
            ("stdin", Type::Dyn),
            ("tty", Type::Dyn),
            ("probes", Type::list(probe)),
            ("security", container_security()),
        ],
    )
}

fn pod() -> Type {
    Type::object(
        "kordon.Pod",
        &[
            ("spec", Type::Dyn),
            ("labels", texts()),
            ("annotations", texts()),
            ("hostNetwork", Type::Dyn),
            ("hostPID", Type::Dyn),
            ("hostIPC", Type::Dyn),
            ("hostUsers", Type::Dyn),
            ("shareProcessNamespace", Type::Dyn),
            ("serviceAccountName", Type::String),
            ("automountServiceAccountToken", Type::Dyn),
            ("nodeName", Type::Dyn),
            ("priorityClassName", Type::Dyn),
            ("runtimeClassName", Type::Dyn),
            ("restartPolicy", Type::Dyn),
            ("volumes", nodes()),
            ("tolerations", nodes()),
            ("hostAliases", nodes()),
            ("imagePullSecrets", nodes()),
            ("nodeSelector", values()),
            ("os", Type::Dyn),
            ("security", pod_security()),
            ("containers", Type::list(container())),
        ],
    )
}

fn settings(declared: &[SettingDeclaration]) -> Type {
    let type_ = |type_| match type_ {
        SettingType::Bool => Type::Bool,
        SettingType::Int => Type::Int,
        SettingType::String => Type::String,
        SettingType::List => strings(),
    };
    let fields: Vec<_> =
        declared.iter().map(|setting| (&*setting.name, type_(setting.type_))).collect();
    Type::object("kordon.Settings", &fields)
}
