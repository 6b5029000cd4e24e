//! What a finding is about.

use std::fmt;

/// A Kubernetes object. `namespace` is as the object writes it: absent stays absent.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Subject {
    pub api_version: Box<str>,
    pub kind: Box<str>,
    pub namespace: Option<Box<str>>,
    pub name: Box<str>,
}

impl fmt::Display for Subject {
    /// `Deployment/shop/cart`, cluster-scoped or without namespace `ClusterRole/view`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.namespace {
            Some(namespace) => write!(f, "{}/{namespace}/{}", self.kind, self.name),
            None => write!(f, "{}/{}", self.kind, self.name),
        }
    }
}

/// Who holds a right.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Principal {
    User(Box<str>),
    Group(Box<str>),
    ServiceAccount { namespace: Box<str>, name: Box<str> },
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(name) => write!(f, "User/{name}"),
            Self::Group(name) => write!(f, "Group/{name}"),
            Self::ServiceAccount { namespace, name } => {
                write!(f, "ServiceAccount/{namespace}/{name}")
            }
        }
    }
}
