//! Reads YAML and JSON manifests into trees with spans, as the API server reads them.
//!
//! [`discover`] finds files, [`read_all`] reads them. A [`Manifest`] is one file cut into parts; [`Manifest::read`] turns a part into a [`Document`],
//! or into a [`Problem`] that tells what is lost. Nothing here judges, and nothing fails: bad input
//! is data.

mod assembly;
mod discover;
mod document;
mod input;
mod json;
mod limits;
mod manifest;
mod note;
mod problem;
mod read_all;
mod split;
mod text;
mod yaml;

pub use discover::{DiscoverError, Discovered, IgnoreFiles, Selection, discover};
pub use document::{Document, ListItem, ListOf, What};
pub use input::{Input, Role};
pub use limits::Limits;
pub use manifest::{Manifest, Part};
pub use note::{Note, NoteKind};
pub use problem::{KustomizePart, Loss, Problem, Reason, SyntaxReason, Template};
pub use read_all::{FileOutcome, Reading, read_all};
