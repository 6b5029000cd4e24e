//! Which checks a configuration asks for, how severe they are and with which settings.

use std::collections::BTreeMap;

use kordon_finding::Severity;
use serde_json::Value;

use crate::check::{
    Catalogue, CheckDocument, Configuration, catalogue::Selector, configuration::ConfigurationError,
};

pub(in crate::check) struct Choice<'a> {
    pub(super) document: &'a CheckDocument,
    pub(super) severity: Severity,
    pub(super) settings: BTreeMap<&'a str, &'a Value>,
}

pub(super) fn select<'a>(
    catalogue: &'a Catalogue,
    configuration: &'a Configuration,
    errors: &mut Vec<ConfigurationError>,
) -> Vec<Choice<'a>> {
    let words = configuration.only.iter().chain(&configuration.skip);
    for word in words.chain(configuration.overrides.keys()) {
        if catalogue.select(word).is_empty() {
            let hint = catalogue.hint(word);
            errors.push(ConfigurationError::UnknownSelector { selector: (**word).into(), hint });
        }
    }
    let only = selectors(&configuration.only);
    let skip = selectors(&configuration.skip);
    let mut choices = Vec::new();
    for document in catalogue.checks() {
        let mut choice =
            Choice { document, severity: document.rule.severity, settings: BTreeMap::new() };
        let mut enabled = document.enabled && configuration.profiles.contains(&document.profile);
        for (word, own) in &configuration.overrides {
            if !Selector::new(word).matches(document) {
                continue;
            }
            enabled = own.enabled.unwrap_or(enabled);
            choice.severity = own.severity.unwrap_or(choice.severity);
            choice.settings.extend(own.settings.iter().map(|(name, value)| (&**name, value)));
        }
        if !only.is_empty() {
            enabled = matches(&only, document);
        }
        if enabled && !matches(&skip, document) {
            choices.push(choice);
        }
    }
    choices
}

fn selectors(words: &[String]) -> Vec<Selector> {
    words.iter().map(|word| Selector::new(word)).collect()
}

fn matches(selectors: &[Selector], document: &CheckDocument) -> bool {
    selectors.iter().any(|selector| selector.matches(document))
}
