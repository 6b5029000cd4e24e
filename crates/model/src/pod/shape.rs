//! The types of a pod's fields. A value of another type makes the API server refuse the object;
//! here it is noted, so that it is never taken for an absent one.
//!
//! Fields of which no rule depends are not in the tables; the API server knows more.

use super::Located;
use crate::{FieldPath, Kind, NodeRef};

/// A field that is not of its type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Malformed<'t> {
    pub path: FieldPath<'t>,
    /// `a list`, `true or false`, ….
    pub expected: &'static str,
}

pub(super) const A_MAP: &str = "a map";
pub(super) const A_LIST: &str = "a list";

enum Shape {
    Bool,
    Int,
    Text,
    /// A map of any entries.
    Free,
    /// From text to text.
    TextMap,
    Map(&'static [(&'static str, Self)]),
    List(&'static Self),
}

use Shape::{Bool, Free, Int, List, Map, Text, TextMap};

type Fields = &'static [(&'static str, Shape)];

const PROFILE: Shape = Map(&[("type", Text), ("localhostProfile", Text)]);
const SE_LINUX: Shape = Map(&[("level", Text), ("role", Text), ("type", Text), ("user", Text)]);
const WINDOWS: Shape = Map(&[
    ("hostProcess", Bool),
    ("runAsUserName", Text),
    ("gmsaCredentialSpec", Text),
    ("gmsaCredentialSpecName", Text),
]);

const CONTAINER_SECURITY: Fields = &[
    ("allowPrivilegeEscalation", Bool),
    ("appArmorProfile", PROFILE),
    ("capabilities", Map(&[("add", List(&Text)), ("drop", List(&Text))])),
    ("privileged", Bool),
    ("procMount", Text),
    ("readOnlyRootFilesystem", Bool),
    ("runAsGroup", Int),
    ("runAsNonRoot", Bool),
    ("runAsUser", Int),
    ("seLinuxOptions", SE_LINUX),
    ("seccompProfile", PROFILE),
    ("windowsOptions", WINDOWS),
];

const POD_SECURITY: Fields = &[
    ("appArmorProfile", PROFILE),
    ("fsGroup", Int),
    ("fsGroupChangePolicy", Text),
    ("runAsGroup", Int),
    ("runAsNonRoot", Bool),
    ("runAsUser", Int),
    ("seLinuxOptions", SE_LINUX),
    ("seccompProfile", PROFILE),
    ("supplementalGroups", List(&Int)),
    ("sysctls", List(&Map(&[("name", Text), ("value", Text)]))),
    ("windowsOptions", WINDOWS),
];

const PROBE: Shape = Map(&[
    ("exec", Map(&[("command", List(&Text))])),
    ("httpGet", Map(&[("host", Text), ("path", Text)])),
    ("tcpSocket", Map(&[("host", Text)])),
]);

const CONTAINER: Fields = &[
    ("args", List(&Text)),
    ("command", List(&Text)),
    ("env", List(&Map(&[("name", Text), ("value", Text), ("valueFrom", Free)]))),
    ("envFrom", List(&Free)),
    ("image", Text),
    ("imagePullPolicy", Text),
    ("lifecycle", Map(&[("postStart", PROBE), ("preStop", PROBE)])),
    ("livenessProbe", PROBE),
    ("name", Text),
    ("ports", List(&Map(&[("containerPort", Int), ("hostIP", Text), ("hostPort", Int)]))),
    ("readinessProbe", PROBE),
    ("resources", Map(&[("limits", Free), ("requests", Free)])),
    ("restartPolicy", Text),
    ("securityContext", Map(CONTAINER_SECURITY)),
    ("startupProbe", PROBE),
    ("volumeDevices", List(&Free)),
    ("volumeMounts", List(&Map(&[("mountPath", Text), ("name", Text), ("readOnly", Bool)]))),
];

const VOLUME: Fields = &[
    ("configMap", Free),
    ("csi", Free),
    ("downwardAPI", Free),
    ("emptyDir", Free),
    ("ephemeral", Free),
    ("hostPath", Map(&[("path", Text), ("type", Text)])),
    ("image", Free),
    ("name", Text),
    ("persistentVolumeClaim", Free),
    ("projected", Free),
    ("secret", Free),
];

const SPEC: Fields = &[
    ("automountServiceAccountToken", Bool),
    ("containers", List(&Map(CONTAINER))),
    ("enableServiceLinks", Bool),
    ("ephemeralContainers", List(&Map(CONTAINER))),
    ("hostIPC", Bool),
    ("hostNetwork", Bool),
    ("hostPID", Bool),
    ("hostUsers", Bool),
    ("imagePullSecrets", List(&Map(&[("name", Text)]))),
    ("initContainers", List(&Map(CONTAINER))),
    ("nodeSelector", TextMap),
    ("os", Map(&[("name", Text)])),
    ("restartPolicy", Text),
    ("runtimeClassName", Text),
    ("securityContext", Map(POD_SECURITY)),
    ("serviceAccount", Text),
    ("serviceAccountName", Text),
    ("shareProcessNamespace", Bool),
    ("volumes", List(&Map(VOLUME))),
];

const LAYER: Fields = &[
    ("automountServiceAccountToken", Bool),
    ("hostIPC", Bool),
    ("hostNetwork", Bool),
    ("hostPID", Bool),
    ("hostUsers", Bool),
    ("serviceAccountName", Text),
    ("volumes", List(&Map(VOLUME))),
];

const METADATA: Shape = Map(&[("annotations", TextMap), ("labels", TextMap)]);

pub(super) fn check_spec<'t>(spec: &Located<'t>, malformed: &mut Vec<Malformed<'t>>) {
    check(spec.node, &Map(SPEC), &spec.path, malformed);
}

pub(super) fn check_metadata<'t>(metadata: &Located<'t>, malformed: &mut Vec<Malformed<'t>>) {
    check(metadata.node, &METADATA, &metadata.path, malformed);
}

pub(super) fn check_container<'t>(
    node: NodeRef<'t>,
    path: &FieldPath<'t>,
    malformed: &mut Vec<Malformed<'t>>,
) {
    check(node, &Map(CONTAINER), path, malformed);
}

/// The pod-level fields of a custom resource.
pub(super) fn check_layer<'t>(
    layer: &Located<'t>,
    security_key: &'static str,
    malformed: &mut Vec<Malformed<'t>>,
) {
    check(layer.node, &Map(LAYER), &layer.path, malformed);
    if let Some(security) = layer.node.get(security_key).filter(|node| !node.is_null()) {
        let path = layer.path.clone().key(security_key);
        check(security, &Map(POD_SECURITY), &path, malformed);
    }
}

/// Nearly all pods are well formed, so paths are only made for the others.
fn check<'t>(
    node: NodeRef<'t>,
    shape: &Shape,
    path: &FieldPath<'t>,
    malformed: &mut Vec<Malformed<'t>>,
) {
    if !fits(node, shape) {
        note(node, shape, &mut path.clone(), malformed);
    }
}

/// What the value itself must be, whatever is in it; nothing where it is that.
fn mismatch(node: NodeRef<'_>, shape: &Shape) -> Option<&'static str> {
    let (is_right, expected) = match (shape, node.kind()) {
        (Bool, kind) => (matches!(kind, Kind::Bool(_)), "true or false"),
        (Int, Kind::Float(value)) => (value.fract() == 0.0, "an integer"),
        (Int, kind) => (matches!(kind, Kind::Int(_)), "an integer"),
        (Text, kind) => (matches!(kind, Kind::String), "text"),
        (Free | TextMap | Map(_), kind) => (matches!(kind, Kind::Map), A_MAP),
        (List(_), kind) => (matches!(kind, Kind::List), A_LIST),
    };
    (!is_right).then_some(expected)
}

/// `null` is absent everywhere but as the item of a list.
fn fits(node: NodeRef<'_>, shape: &Shape) -> bool {
    if mismatch(node, shape).is_some() {
        return node.is_null();
    }
    match shape {
        Bool | Int | Text | Free => true,
        TextMap => node.entries().all(|(_, value)| fits(value, &Text)),
        List(of) => node.items().all(|item| !item.is_null() && fits(item, of)),
        Map(fields) => node.entries().all(|(key, value)| match field(fields, key) {
            Some(shape) => fits(value, shape),
            None => true,
        }),
    }
}

fn field(fields: Fields, key: NodeRef<'_>) -> Option<&'static Shape> {
    let key = key.as_str().unwrap_or_default();
    fields.iter().find(|(name, _)| *name == key).map(|(_, shape)| shape)
}

fn note<'t>(
    node: NodeRef<'t>,
    shape: &Shape,
    path: &mut FieldPath<'t>,
    malformed: &mut Vec<Malformed<'t>>,
) {
    if let Some(expected) = mismatch(node, shape) {
        malformed.push(Malformed { path: path.clone(), expected });
        return;
    }
    for (idx, item) in node.items().enumerate() {
        let List(of) = shape else { continue };
        path.push_index(idx);
        note(item, of, path, malformed);
        path.pop();
    }
    for (key, value) in node.entries().filter(|(_, value)| !value.is_null()) {
        let shape = match shape {
            Map(fields) => field(fields, key),
            TextMap => Some(&Text),
            _ => None,
        };
        let Some(shape) = shape else { continue };
        path.push_key(key.as_str().unwrap_or_default());
        note(value, shape, path, malformed);
        path.pop();
    }
}
