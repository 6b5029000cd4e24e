//! A pod as check files read it.

use kordon_cel::{Fields, Map, Value};
use kordon_model::{NodeRef, PodView};

use super::{
    ContainerSubject, all_fields, list, map, nullable, security::PodSecurity, setting, text,
};

#[derive(Debug)]
pub(in crate::check) struct PodSubject<'a> {
    pub(in crate::check) view: &'a PodView<'a>,
    pub(in crate::check) containers: Vec<ContainerSubject<'a>>,
    security: PodSecurity<'a>,
}

impl<'a> PodSubject<'a> {
    pub(in crate::check) fn new(view: &'a PodView<'a>) -> Self {
        let containers = view.containers().map(ContainerSubject::new).collect();
        Self { view, containers, security: PodSecurity { view } }
    }

    fn metadata(&self, key: &str) -> Option<NodeRef<'a>> {
        self.view.metadata()?.node.get(key)
    }
}

impl Fields for PodSubject<'_> {
    fn field(&self, name: &str) -> Option<Value<'_>> {
        Some(match name {
            "spec" => Value::node(self.view.spec()),
            "labels" | "annotations" => map(self.metadata(name)),
            "hostNetwork"
            | "hostPID"
            | "hostIPC"
            | "hostUsers"
            | "shareProcessNamespace"
            | "restartPolicy" => setting(self.view.setting(name)),
            "serviceAccountName" => Value::str(self.view.service_account_name()),
            "automountServiceAccountToken"
            | "nodeName"
            | "priorityClassName"
            | "runtimeClassName" => nullable(self.view.get(name)),
            "volumes" | "tolerations" | "hostAliases" | "imagePullSecrets" => {
                list(self.view.get(name))
            }
            "nodeSelector" => map(self.view.get(name)),
            "os" => text(self.view.os()),
            "security" => Value::Map(Map::Fields(&self.security)),
            "containers" => {
                let containers = self.containers.iter();
                Value::list(containers.map(|own| Value::Map(Map::Fields(own))).collect())
            }
            _ => return None,
        })
    }

    all_fields!(
        "spec",
        "labels",
        "annotations",
        "hostNetwork",
        "hostPID",
        "hostIPC",
        "hostUsers",
        "shareProcessNamespace",
        "restartPolicy",
        "serviceAccountName",
        "automountServiceAccountToken",
        "nodeName",
        "priorityClassName",
        "runtimeClassName",
        "volumes",
        "tolerations",
        "hostAliases",
        "imagePullSecrets",
        "nodeSelector",
        "os",
        "security",
        "containers",
    );
}
