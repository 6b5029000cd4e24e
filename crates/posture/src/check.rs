//! The checks of the catalogue: files of CEL over the fields of objects, pods and containers.
//!
//! A [`Catalogue`] holds the check files, ours and the user's; a [`CheckSet`] is what a
//! [`Configuration`] selects of it, compiled to one plan; a [`Judge`] asks the set about objects.

mod catalogue;
mod compile;
mod configuration;
pub(crate) mod document;
mod environment;
mod judge;
mod path;
mod subject;
mod template;

pub use catalogue::Catalogue;
pub use compile::{CheckSet, SetErrors};
pub use configuration::{Configuration, ConfigurationError, Override};
pub use document::{
    CelLogic, CheckDocument, EditAction, EditTemplate, EditTemplateValue, Expr, FixTemplate,
    KindPattern, Logic, Profile, SettingDeclaration, SettingType, SettingValue, SubjectKind,
    Together,
};
pub use judge::{Facts, Judge, Judged, Subjects};
pub use path::{PathTemplate, Root, Step};
pub(crate) use subject::owner_kind;
pub use template::Template;
