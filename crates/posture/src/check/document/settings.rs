//! Settings of a check: declared in its file, given by the user's configuration.

use std::fmt;

use kordon_policy::{Cursor, Problems};
use serde_json::Value;

use super::read::json;

#[derive(Clone, PartialEq, Debug)]
pub struct SettingDeclaration {
    pub name: Box<str>,
    pub type_: SettingType,
    /// Where there is none, the check is not assessed until the user gives a value.
    pub default: Option<SettingValue>,
    pub about: Box<str>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SettingType {
    Bool,
    Int,
    String,
    /// Of strings.
    List,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SettingValue {
    Bool(bool),
    Int(i64),
    String(Box<str>),
    List(Vec<Box<str>>),
}

const TYPES: [(&str, SettingType); 4] = [
    ("bool", SettingType::Bool),
    ("int", SettingType::Int),
    ("string", SettingType::String),
    ("list", SettingType::List),
];

impl SettingType {
    /// The value as this type; `None` where it is of another one.
    #[must_use]
    pub fn read(self, value: &Value) -> Option<SettingValue> {
        match self {
            Self::Bool => value.as_bool().map(SettingValue::Bool),
            Self::Int => value.as_i64().map(SettingValue::Int),
            Self::String => value.as_str().map(|text| SettingValue::String(text.into())),
            Self::List => {
                let items = value.as_array()?.iter();
                let items = items.map(|item| item.as_str().map(Box::from));
                items.collect::<Option<_>>().map(SettingValue::List)
            }
        }
    }

    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::Bool => "true or false",
            Self::Int => "a whole number",
            Self::String => "a string",
            Self::List => "a list of strings",
        }
    }
}

impl fmt::Display for SettingValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::String(text) => f.write_str(text),
            Self::List(items) => write!(f, "[{}]", items.join(", ")),
        }
    }
}

pub(super) fn read_settings<'t>(
    document: &Cursor<'t>,
    problems: &mut Problems<'t>,
) -> Vec<SettingDeclaration> {
    let entries = document.text_entries("settings", problems);
    entries.iter().filter_map(|(name, entry)| read_setting(name, entry, problems)).collect()
}

fn read_setting<'t>(
    name: &str,
    entry: &Cursor<'t>,
    problems: &mut Problems<'t>,
) -> Option<SettingDeclaration> {
    if !entry.node().is_map() {
        entry.error(problems, "must be an object with `type`, `default` and `about`");
        return None;
    }
    entry.only(&["type", "default", "about"], problems);
    if !entry.has("type") {
        entry.required("type", problems);
    }
    let type_ = entry.choice("type", &TYPES, problems)?;
    let about = entry.required_text("about", problems)?.into();
    let default = match entry.get("default") {
        None => None,
        Some(given) => match type_.read(&json(given.node())) {
            Some(value) => Some(value),
            None => {
                given.error(problems, format!("must be {}", type_.describe()));
                return None;
            }
        },
    };
    Some(SettingDeclaration { name: name.into(), type_, default, about })
}
