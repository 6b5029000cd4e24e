//! Every environment variable that kordon reads, once.

use kordon_report::Language;

/// Set and not empty: no colour, as <https://no-color.org> has it.
const NO_COLOR: &str = "NO_COLOR";

/// The language of messages, the first that is set and not empty: as POSIX has it.
const LANGUAGE: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

pub(crate) fn allows_colour() -> bool {
    read(NO_COLOR).is_none()
}

pub(crate) fn language() -> Language {
    match LANGUAGE.into_iter().find_map(read) {
        Some(name) if name.starts_with("zh") => Language::Chinese,
        _ => Language::English,
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
fn read(name: &str) -> Option<String> {
    // What is no text cannot be what is asked for.
    let Ok(value) = std::env::var(name) else { return None };
    (!value.is_empty()).then_some(value)
}
