//! The checks of the catalogue: files of CEL over the fields of objects, pods and containers.
//!
//! A [`Catalogue`] holds the check files, ours and the user's; a [`CheckSet`] is what a
//! [`Configuration`] selects of it, compiled to one plan; a [`Judge`] asks the set about objects.

mod catalogue;
mod compile;
mod configuration;
mod document;
mod environment;
mod judge;
mod path;
mod subject;
mod template;

pub use catalogue::Catalogue;
pub use compile::CheckSet;
pub use configuration::{Configuration, UnknownSelector};
pub use document::{
    CelLogic, CheckDocument, EditAction, EditTemplate, FixTemplate, KindPattern, Logic, Profile,
    SettingDeclaration, SettingType, SettingValue, SubjectKind,
};
pub use judge::{Facts, Judge, Judged, Subjects};
pub use path::{PathTemplate, Root, Step};
pub use template::Template;
