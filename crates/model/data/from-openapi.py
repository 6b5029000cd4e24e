#!/usr/bin/env python3
"""Makes resources/table.rs and openapi-fields.txt out of Kubernetes' own OpenAPI documents.

Source: api/openapi-spec/swagger.json of the Go modules k8s.io/kubernetes v1.28.0 … v1.36.0 and
v1.37.2 (Apache-2.0, The Kubernetes Authors). Run once for a new minor version:

    for n in 28 29 30 31 32 33 34 35 36; do go mod download k8s.io/kubernetes@v1.$n.0; done
    go mod download k8s.io/kubernetes@v1.37.2
    python3 crates/model/data/from-openapi.py "$(go env GOMODCACHE)"

and then `cargo fmt`. The fields are those of all releases together, in plain text: 54 KB in the
binary, which a decompressor would not be worth.
"""

import json
import pathlib
import re
import sys

RELEASES = [(n, f"1.{n}.0") for n in range(28, 37)] + [(37, "1.37.2")]
HERE = pathlib.Path(__file__).parent
PATH = re.compile(
    r"^/(?:api/(?P<core>[^/]+)|apis/(?P<group>[^/]+)/(?P<version>[^/]+))"
    r"(?P<namespaced>/namespaces/\{namespace\})?/(?P<resource>[^/{]+)"
    r"(?:/\{name\}(?:/(?P<sub>[^/]+)(?:/\{path\})?)?)?$"
)

# Versions that were gone before 1.28, which manifests still hold: group, version, kind, plural,
# namespaced, last minor version that served them. Source: the deprecation guide of kubernetes.io.
REMOVED = [
    ("admissionregistration.k8s.io", "v1beta1", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations", False, 21),
    ("admissionregistration.k8s.io", "v1beta1", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations", False, 21),
    ("apiextensions.k8s.io", "v1beta1", "CustomResourceDefinition", "customresourcedefinitions", False, 21),
    ("apiregistration.k8s.io", "v1beta1", "APIService", "apiservices", False, 21),
    ("apps", "v1beta1", "ControllerRevision", "controllerrevisions", True, 15),
    ("apps", "v1beta1", "Deployment", "deployments", True, 15),
    ("apps", "v1beta1", "StatefulSet", "statefulsets", True, 15),
    ("apps", "v1beta2", "ControllerRevision", "controllerrevisions", True, 15),
    ("apps", "v1beta2", "DaemonSet", "daemonsets", True, 15),
    ("apps", "v1beta2", "Deployment", "deployments", True, 15),
    ("apps", "v1beta2", "ReplicaSet", "replicasets", True, 15),
    ("apps", "v1beta2", "StatefulSet", "statefulsets", True, 15),
    ("autoscaling", "v2beta1", "HorizontalPodAutoscaler", "horizontalpodautoscalers", True, 24),
    ("autoscaling", "v2beta2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", True, 25),
    ("batch", "v1beta1", "CronJob", "cronjobs", True, 24),
    ("batch", "v2alpha1", "CronJob", "cronjobs", True, 20),
    ("certificates.k8s.io", "v1beta1", "CertificateSigningRequest", "certificatesigningrequests", False, 21),
    ("coordination.k8s.io", "v1beta1", "Lease", "leases", True, 21),
    ("discovery.k8s.io", "v1beta1", "EndpointSlice", "endpointslices", True, 24),
    ("events.k8s.io", "v1beta1", "Event", "events", True, 24),
    ("extensions", "v1beta1", "DaemonSet", "daemonsets", True, 15),
    ("extensions", "v1beta1", "Deployment", "deployments", True, 15),
    ("extensions", "v1beta1", "Ingress", "ingresses", True, 21),
    ("extensions", "v1beta1", "NetworkPolicy", "networkpolicies", True, 15),
    ("extensions", "v1beta1", "PodSecurityPolicy", "podsecuritypolicies", False, 15),
    ("extensions", "v1beta1", "ReplicaSet", "replicasets", True, 15),
    ("flowcontrol.apiserver.k8s.io", "v1beta1", "FlowSchema", "flowschemas", False, 25),
    ("flowcontrol.apiserver.k8s.io", "v1beta1", "PriorityLevelConfiguration", "prioritylevelconfigurations", False, 25),
    ("networking.k8s.io", "v1beta1", "Ingress", "ingresses", True, 21),
    ("networking.k8s.io", "v1beta1", "IngressClass", "ingressclasses", False, 21),
    ("node.k8s.io", "v1beta1", "RuntimeClass", "runtimeclasses", False, 24),
    ("policy", "v1beta1", "PodDisruptionBudget", "poddisruptionbudgets", True, 24),
    ("policy", "v1beta1", "PodSecurityPolicy", "podsecuritypolicies", False, 24),
    ("rbac.authorization.k8s.io", "v1alpha1", "ClusterRole", "clusterroles", False, 21),
    ("rbac.authorization.k8s.io", "v1alpha1", "ClusterRoleBinding", "clusterrolebindings", False, 21),
    ("rbac.authorization.k8s.io", "v1alpha1", "Role", "roles", True, 21),
    ("rbac.authorization.k8s.io", "v1alpha1", "RoleBinding", "rolebindings", True, 21),
    ("rbac.authorization.k8s.io", "v1beta1", "ClusterRole", "clusterroles", False, 21),
    ("rbac.authorization.k8s.io", "v1beta1", "ClusterRoleBinding", "clusterrolebindings", False, 21),
    ("rbac.authorization.k8s.io", "v1beta1", "Role", "roles", True, 21),
    ("rbac.authorization.k8s.io", "v1beta1", "RoleBinding", "rolebindings", True, 21),
    ("scheduling.k8s.io", "v1beta1", "PriorityClass", "priorityclasses", False, 21),
    ("storage.k8s.io", "v1beta1", "CSIDriver", "csidrivers", False, 21),
    ("storage.k8s.io", "v1beta1", "CSINode", "csinodes", False, 21),
    ("storage.k8s.io", "v1beta1", "CSIStorageCapacity", "csistoragecapacities", True, 26),
    ("storage.k8s.io", "v1beta1", "StorageClass", "storageclasses", False, 21),
    ("storage.k8s.io", "v1beta1", "VolumeAttachment", "volumeattachments", False, 21),
]


def main():
    modules = pathlib.Path(sys.argv[1]) / "k8s.io"
    resources, definitions = {}, {}
    for minor, release in RELEASES:
        path = modules / f"kubernetes@v{release}" / "api/openapi-spec/swagger.json"
        document = json.loads(path.read_text())
        read_resources(document, minor, resources)
        read_definitions(document, definitions)
    (HERE / "../src/resources/table.rs").write_text(table(resources))
    text = fields(definitions)
    (HERE / "openapi-fields.txt").write_text(text)
    print(f"{len(resources)} resources, fields {len(text)} bytes")


def read_resources(document, minor, resources):
    for path, item in document["paths"].items():
        match = PATH.match(path)
        if not match or (match["resource"] == "namespaces" and match["namespaced"]):
            continue
        group, version = match["group"] or "", match["core"] or match["version"]
        for operation in item.values():
            gvk = isinstance(operation, dict) and operation.get("x-kubernetes-group-version-kind")
            if not gvk:
                continue
            key = (group, version, match["resource"])
            entry = resources.setdefault(key, {"kind": None, "namespaced": False, "sub": set(), "minors": set()})
            entry["minors"].add(minor)
            entry["namespaced"] |= bool(match["namespaced"])
            if match["sub"]:
                entry["sub"].add(match["sub"])
            else:
                entry["kind"] = gvk["kind"]


def table(resources):
    rows = [
        (g, e["kind"], v, r, e["namespaced"], sorted(e["sub"]), min(e["minors"]), max(e["minors"]))
        for (g, v, r), e in resources.items()
    ]
    rows += [(g, k, v, r, n, [], 0, last) for g, v, k, r, n, last in REMOVED]
    lines = [
        "//! The built-in resources of Kubernetes 1.28 … 1.37 and the versions that were removed before.",
        "//!",
        "//! Made by `data/from-openapi.py` from the OpenAPI documents of k8s.io/kubernetes (Apache-2.0, The",
        "//! Kubernetes Authors); sorted by group, kind and version.",
        "",
        "use super::{Resource, Scope::{Cluster, Namespaced}, row};",
        "",
        f"pub(super) static TABLE: [Resource; {len(rows)}] = [",
    ]
    for g, k, v, r, n, sub, first, last in sorted(rows):
        first = 0 if first <= 28 else first
        last = "None" if last >= 37 else f"Some({last})"
        scope = "Namespaced" if n else "Cluster"
        subs = ", ".join(json.dumps(s) for s in sub)
        lines.append(f'    row(["{g}", "{v}", "{k}", "{r}"], {scope}, &[{subs}], {first}, {last}),')
    lines.append("];\n")
    return "\n".join(lines)


def read_definitions(document, definitions):
    for name, schema in document["definitions"].items():
        entry = definitions.setdefault(name, {"fields": {}, "gvk": [], "scalar": None})
        for gvk in schema.get("x-kubernetes-group-version-kind", []):
            key = (gvk["group"], gvk["version"], gvk["kind"])
            if key not in entry["gvk"]:
                entry["gvk"].append(key)
        properties = schema.get("properties")
        if properties is None:
            entry["scalar"] = schema
        for field, value in (properties or {}).items():
            entry["fields"][field] = value


def fields(definitions):
    """One line a type: `group/version/kind|… field:type field:type …`, the first part empty for
    types that are no kinds. A type is s, i, n, b, * (anything), [type, {type or the number of a
    line."""
    roots = [
        name
        for name, entry in definitions.items()
        if len(entry["gvk"]) == 1 and "metadata" in entry["fields"] and not entry["gvk"][0][2].endswith("List")
    ]
    order, index = [], {}

    def number(name):
        if name not in index:
            index[name] = len(order)
            order.append(name)
        return index[name]

    def type_of(schema):
        if "$ref" in schema:
            name = schema["$ref"].removeprefix("#/definitions/")
            entry = definitions[name]
            if entry["fields"]:
                return str(number(name))
            return type_of(entry["scalar"]) if entry["scalar"].get("type") == "string" and "format" not in entry["scalar"] and "IntOrString" not in name and "Quantity" not in name else ("s" if "Time" in name else "*")
        kind = schema.get("type")
        if kind == "array":
            return "[" + type_of(schema["items"])
        if kind == "object" and "additionalProperties" in schema:
            return "{" + type_of(schema["additionalProperties"])
        return {"string": "s", "integer": "i", "number": "n", "boolean": "b"}.get(kind, "*")

    for name in sorted(roots):
        number(name)
    lines, at = [], 0
    while at < len(order):
        entry = definitions[order[at]]
        kinds = "|".join("/".join(gvk) for gvk in entry["gvk"]) if order[at] in roots else ""
        parts = [f"{field}:{type_of(value)}" for field, value in sorted(entry["fields"].items())]
        lines.append(kinds + " " + " ".join(parts))
        at += 1
    return "\n".join(lines) + "\n"


main()
