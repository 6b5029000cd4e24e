//! Whom containers run as.

use kordon_model::{NodeRef, PodView};

use super::{containers, is_zero, security_fields};
use crate::pss::BadField;

/// Where somebody says `false`, these; where nobody does, the containers for which nobody says
/// `true`.
pub(crate) fn run_as_non_root<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    const FIELD: &str = "runAsNonRoot";
    let is_true = |node: NodeRef<'_>| node.as_bool() == Some(true);
    let written_bad = security_fields(pod, FIELD).filter(|(_, node)| !is_true(*node));
    bad.extend(written_bad.map(|(site, node)| BadField::new(site, FIELD, Some(node))));
    if !bad.is_empty() || pod.security(FIELD).is_some() {
        return;
    }
    for (_, site, container) in containers(pod) {
        if container.security(FIELD).is_none() {
            bad.push(BadField::new(site, FIELD, None));
        }
    }
}

pub(crate) fn run_as_user<'t>(pod: &PodView<'t>, bad: &mut Vec<BadField<'t>>) {
    let fields = security_fields(pod, "runAsUser").filter(|(_, node)| is_zero(*node));
    bad.extend(fields.map(|(site, node)| BadField::new(site, "runAsUser", Some(node))));
}
