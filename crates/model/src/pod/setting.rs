//! A value as it holds, and where it comes from.

use crate::NodeRef;

/// Who decided a value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Origin {
    Container,
    Pod,
    /// Nobody wrote it.
    Default,
}

/// What holds where nothing is written.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Preset {
    /// The image, the runtime or the node decides.
    Unset,
    Bool(bool),
    Text(&'static str),
}

#[derive(Clone, Copy, Debug)]
enum Value<'t> {
    Written(NodeRef<'t>),
    Preset(Preset),
}

/// To be copied.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'t> {
    value: Value<'t>,
    origin: Origin,
}

impl<'t> Setting<'t> {
    pub(super) fn written(node: NodeRef<'t>, origin: Origin) -> Self {
        Self { value: Value::Written(node), origin }
    }

    pub(super) fn default_of(preset: Preset) -> Self {
        Self { value: Value::Preset(preset), origin: Origin::Default }
    }

    #[must_use]
    pub fn origin(self) -> Origin {
        self.origin
    }

    /// Whether somebody wrote a value, of whatever type.
    #[must_use]
    pub fn is_written(self) -> bool {
        matches!(self.value, Value::Written(_))
    }

    /// What was written.
    #[must_use]
    pub fn node(self) -> Option<NodeRef<'t>> {
        match self.value {
            Value::Written(node) => Some(node),
            Value::Preset(_) => None,
        }
    }

    #[must_use]
    pub fn as_bool(self) -> Option<bool> {
        match self.value {
            Value::Written(node) => node.as_bool(),
            Value::Preset(Preset::Bool(value)) => Some(value),
            Value::Preset(_) => None,
        }
    }

    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        self.node()?.as_i64()
    }

    #[must_use]
    pub fn as_str(self) -> Option<&'t str> {
        match self.value {
            Value::Written(node) => node.as_str(),
            Value::Preset(Preset::Text(value)) => Some(value),
            Value::Preset(_) => None,
        }
    }
}
