//! The values of a check's settings: the user's, else the defaults.

use std::collections::BTreeMap;

use kordon_cel::{Fields, List, Value as CelValue};
use kordon_policy::did_you_mean;
use serde_json::Value;

use crate::check::{CheckDocument, SettingValue, configuration::ConfigurationError};

pub(super) enum Settings {
    Ready(Option<Box<SettingValues>>),
    /// Names of settings that the user has to give.
    Missing(Vec<Box<str>>),
}

/// What `settings` is in the expressions of one check.
#[derive(Debug)]
pub(in crate::check) struct SettingValues(Vec<(Box<str>, CelValue<'static>)>);

impl Fields for SettingValues {
    fn field(&self, name: &str) -> Option<CelValue<'_>> {
        self.0.iter().find(|(own, _)| **own == *name).map(|(_, value)| value.borrowed())
    }

    fn fields(&self) -> Vec<(&str, CelValue<'_>)> {
        self.0.iter().map(|(name, value)| (&**name, value.borrowed())).collect()
    }
}

pub(super) fn settings(
    document: &CheckDocument,
    given: &BTreeMap<&str, &Value>,
    errors: &mut Vec<ConfigurationError>,
) -> Settings {
    let names = || document.settings.iter().map(|setting| &*setting.name);
    for name in given.keys().filter(|name| !names().any(|own| own == **name)) {
        errors.push(ConfigurationError::UnknownSetting {
            check: document.rule.id.clone(),
            setting: (*name).into(),
            hint: did_you_mean(name, names()),
        });
    }
    let mut values = Vec::new();
    let mut missing = Vec::new();
    for setting in &document.settings {
        let value = match given.get(&*setting.name) {
            None => setting.default.clone(),
            Some(value) => {
                let read = setting.type_.read(value);
                if read.is_none() {
                    errors.push(ConfigurationError::WrongType {
                        check: document.rule.id.clone(),
                        setting: setting.name.clone(),
                        expected: setting.type_.describe(),
                    });
                }
                read
            }
        };
        match value {
            Some(value) => values.push((setting.name.clone(), cel(&value))),
            None => missing.push(setting.name.clone()),
        }
    }
    match (missing.is_empty(), values.is_empty()) {
        (false, _) => Settings::Missing(missing),
        (true, true) => Settings::Ready(None),
        (true, false) => Settings::Ready(Some(Box::new(SettingValues(values)))),
    }
}

fn cel(value: &SettingValue) -> CelValue<'static> {
    let text = |text: &str| CelValue::string(text);
    match value {
        SettingValue::Bool(value) => CelValue::Bool(*value),
        SettingValue::Int(value) => CelValue::Int(*value),
        SettingValue::String(value) => text(value),
        SettingValue::List(items) => CelValue::List(List::Shared(
            items.iter().map(|item| text(item)).collect::<Vec<_>>().into(),
        )),
    }
}
