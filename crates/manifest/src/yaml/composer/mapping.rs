//! Keys, which are text in the end, and merges, which bring the entries of other maps.

use kordon_model::{Kind, NodeId, NodeRef};

use super::{Composer, fail};
use crate::{
    assembly::{Failure, print},
    yaml::{keys::float_key, resolve::Scalar},
};

pub(super) const WANT_MAP: &str = "map merge requires map or sequence of maps as the value";

/// Keys that JSON does not have are kept apart from all that it has.
const NO_KEY: &str = "\u{FDD0}";

impl Composer<'_> {
    pub(super) fn push_key(&mut self, node: NodeId) -> Result<(), Failure> {
        let key = self.assembly.builder.node(node);
        let (span, kind) = (key.span(), key.kind());
        if let Some(text) = key.as_str() {
            let print = print(text.as_bytes());
            self.assembly.push_key(node, print);
            return Ok(());
        }
        let number = self.numbers.get(&node).copied();
        let (text, problem) = match (kind, number) {
            (Kind::List | Kind::Map, _) => return fail(span.start, "invalid map key"),
            (_, Some(Scalar::Unsigned(value))) => {
                (format!("{NO_KEY}{value}"), Some("a map key is too large a number"))
            }
            (_, Some(Scalar::Float(value))) | (Kind::Float(value), _) => (float_key(value), None),
            (Kind::Bool(value), _) => (value.to_string(), None),
            (Kind::Int(value), _) => (value.to_string(), None),
            (Kind::Null | Kind::String, _) => {
                (NO_KEY.to_owned(), Some("a map key is null, which JSON does not have"))
            }
        };
        let print = print(text.as_bytes());
        let key = self.assembly.builder.decoded(span, &text);
        self.unwritable.extend(problem.map(|problem| (key, problem)));
        self.assembly.push_key(key, print);
        Ok(())
    }

    /// Takes over the entries of a map, or of a list of maps of which the first counts most. They
    /// win over what stands before them in the map, and lose against what comes later.
    pub(super) fn merge(&mut self, node: NodeId) -> Result<(), Failure> {
        let value = self.assembly.builder.node(node);
        let at = value.span().start;
        let maps: Vec<NodeId> = match value.kind() {
            Kind::Map => vec![node],
            Kind::List => {
                self.aliases.uncount_node();
                value.items().rev().map(NodeRef::id).collect()
            }
            _ => return fail(at, WANT_MAP),
        };
        for map in maps {
            let map_ref = self.assembly.builder.node(map);
            if !map_ref.is_map() {
                return fail(at, WANT_MAP);
            }
            let counted = self.aliases.count_merged(map_ref.len());
            counted.map_err(|reason| Failure { at, reason })?;
            self.assembly.push_entries_of(map);
        }
        Ok(())
    }
}
