//! Which volumes a pod may have.

use kordon_model::{NodeRef, PodView};

use super::present;
use crate::pss::{BadField, Site};

/// What restricted pods may use.
const ALLOWED: [&str; 9] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/// The other sources, in the order in which the API server looks for them.
const RESTRICTED: [&str; 21] = [
    "hostPath",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "gitRepo",
    "nfs",
    "iscsi",
    "glusterfs",
    "rbd",
    "flexVolume",
    "cinder",
    "cephfs",
    "flocker",
    "fc",
    "azureFile",
    "vsphereVolume",
    "quobyte",
    "azureDisk",
    "photonPersistentDisk",
    "portworxVolume",
    "scaleIO",
    "storageos",
];

pub(crate) fn host_path_volumes<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    for (idx, volume) in (0..).zip(pod.item_nodes("volumes")) {
        if let Some(node) = present(volume, "hostPath") {
            bad.push(BadField::new(Site::Volume(idx), "hostPath", Some(node)));
        }
    }
}

/// A volume without a source is an `emptyDir` to the API server, which is allowed.
pub(crate) fn restricted_volumes<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    for (idx, volume) in (0..).zip(pod.item_nodes("volumes")) {
        if let Some((kind, node)) = restricted_source(volume) {
            bad.push(BadField::new(Site::Volume(idx), kind, Some(node)));
        }
    }
}

fn restricted_source(volume: NodeRef<'_>) -> Option<(&'static str, NodeRef<'_>)> {
    let mut restricted: Option<usize> = None;
    for (key, _) in volume.entries().filter(|(_, value)| !value.is_null()) {
        let key = key.as_str().unwrap_or_default();
        if ALLOWED.contains(&key) {
            return None;
        }
        let rank = RESTRICTED.iter().position(|name| *name == key);
        restricted = [restricted, rank].into_iter().flatten().min();
    }
    let kind = RESTRICTED[restricted?];
    Some((kind, present(volume, kind)?))
}

/// The kind of volume that a bad field is about.
pub(crate) fn volume_type<'t>(field: &BadField<'t>) -> &'t str {
    field.field
}
