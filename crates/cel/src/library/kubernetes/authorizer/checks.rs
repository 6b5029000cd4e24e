//! What the builders of an authorization check pass on.

use std::sync::Arc;

use super::{
    AUTHORIZER, Authorizer, Decision, GROUP_CHECK, PATH_CHECK, Question, RESOURCE_CHECK,
    ResourceTarget, Target,
};
use crate::{Type, value::Opaque};

#[derive(Clone, Debug)]
pub(super) struct Principal {
    pub(super) authorizer: Arc<dyn Authorizer>,
    pub(super) service_account: Option<(Box<str>, Box<str>)>,
}

#[derive(Clone, Debug)]
pub(super) struct Path {
    pub(super) principal: Principal,
    pub(super) path: Box<str>,
}

#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) principal: Principal,
    pub(super) group: Box<str>,
}

#[derive(Clone, Debug)]
pub(super) struct Resource {
    group: Group,
    resource: Box<str>,
    pub(super) subresource: Box<str>,
    pub(super) namespace: Box<str>,
    pub(super) name: Box<str>,
    pub(super) field_selector: Box<str>,
    pub(super) label_selector: Box<str>,
}

/// Checks are built and asked, not compared: none equals another.
macro_rules! built {
    ($name:ty, $type_:expr) => {
        impl Opaque for $name {
            fn type_of(&self) -> Type {
                $type_
            }

            fn equals(&self, _: &dyn Opaque) -> bool {
                false
            }
        }
    };
}

built!(Principal, AUTHORIZER);
built!(Path, PATH_CHECK);
built!(Group, GROUP_CHECK);
built!(Resource, RESOURCE_CHECK);

impl Principal {
    fn ask(&self, verb: &str, target: Target<'_>) -> Decision {
        let service_account =
            self.service_account.as_ref().map(|(namespace, name)| (&**namespace, &**name));
        self.authorizer.authorize(&Question { service_account, verb, target })
    }
}

impl Path {
    pub(super) fn decide(&self, verb: &str) -> Decision {
        self.principal.ask(verb, Target::Path(&self.path))
    }
}

impl Resource {
    pub(super) fn new(group: Group, resource: Box<str>) -> Self {
        Self {
            group,
            resource,
            subresource: Box::default(),
            namespace: Box::default(),
            name: Box::default(),
            field_selector: Box::default(),
            label_selector: Box::default(),
        }
    }

    pub(super) fn of(principal: Principal, target: &ResourceTarget<'_>) -> Self {
        Self {
            group: Group { principal, group: target.group.into() },
            resource: target.resource.into(),
            subresource: target.subresource.into(),
            namespace: target.namespace.into(),
            name: target.name.into(),
            field_selector: target.field_selector.into(),
            label_selector: target.label_selector.into(),
        }
    }

    pub(super) fn decide(&self, verb: &str) -> Decision {
        let target = ResourceTarget {
            group: &self.group.group,
            resource: &self.resource,
            subresource: &self.subresource,
            namespace: &self.namespace,
            name: &self.name,
            field_selector: &self.field_selector,
            label_selector: &self.label_selector,
        };
        self.group.principal.ask(verb, Target::Resource(target))
    }
}
