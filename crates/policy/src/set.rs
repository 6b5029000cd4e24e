//! Many policies, compiled once, immutable, to be judged by from every thread.
//!
//! Policies that match the same resources share one plan, in which their equal sub-expressions are
//! one; an index by resource keeps what cannot match out of every request's way.

mod builder;
mod compile;
mod index;
mod typos;

use std::sync::Arc;

use kordon_cel::{ExprSlot, Plan};
use kordon_model::{NodeId, NodeRef, Tree, resources::Resources};

use crate::{
    BindingInfo, PolicyInfo, Reason, SubjectKind,
    document::{MatchResources, ParamKind, ParamRef},
    params::Parameters,
};
pub use builder::PolicySetBuilder;
pub(crate) use index::Index;

#[derive(Debug)]
pub struct PolicySet {
    pub(crate) groups: Vec<Group>,
    pub(crate) index: Index,
    pub(crate) parameters: Parameters,
    pub(crate) resources: Arc<Resources>,
}

/// Policies with one plan.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) plan: Plan,
    pub(crate) members: Vec<Member>,
}

/// One policy, compiled.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) info: PolicyInfo,
    pub(crate) subject: SubjectKind,
    pub(crate) matches: Option<MatchResources>,
    pub(crate) on_unknown: crate::OnUnknown,
    pub(crate) param_kind: Option<ParamKind>,
    pub(crate) inline_params: Option<(Arc<Tree>, NodeId)>,
    pub(crate) bindings: Vec<Bound>,
    pub(crate) match_conditions: Vec<NamedSlot>,
    pub(crate) validations: Vec<ValidationSlot>,
    pub(crate) annotations: Vec<NamedSlot>,
}

#[derive(Debug)]
pub(crate) struct Bound {
    pub(crate) info: BindingInfo,
    pub(crate) matches: Option<MatchResources>,
    pub(crate) param_ref: Option<ParamRef>,
}

#[derive(Debug)]
pub(crate) struct NamedSlot {
    pub(crate) name: Box<str>,
    pub(crate) path: Box<str>,
    pub(crate) slot: ExprSlot,
}

#[derive(Debug)]
pub(crate) struct ValidationSlot {
    pub(crate) path: Box<str>,
    /// The expression's text, for the message of last resort.
    pub(crate) text: Box<str>,
    pub(crate) slot: ExprSlot,
    pub(crate) message: Option<Box<str>>,
    pub(crate) message_slot: Option<ExprSlot>,
    pub(crate) reason: Reason,
}

impl Member {
    pub(crate) fn inline_params(&self) -> Option<NodeRef<'_>> {
        let (tree, id) = self.inline_params.as_ref()?;
        Some(tree.node(*id))
    }
}

impl PolicySet {
    /// What is known of all policies, in the order of their loading within each group.
    pub fn policies(&self) -> impl Iterator<Item = &PolicyInfo> {
        self.groups.iter().flat_map(|group| &group.members).map(|member| &member.info)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}
