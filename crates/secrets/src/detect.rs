//! Tests one text: which credentials stand in it, and where.

use std::{
    ops::Range,
    sync::{LazyLock, OnceLock},
};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use kordon_model::Confidence;
use regex::Regex;

use crate::{
    Detector, assignment, base64,
    detector::Edges,
    entropy::{entropy, looks_random},
    name::{self, NameClass},
    redact::redact,
    table, value,
};

/// A credential in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Detection {
    pub detector: &'static str,
    pub title: &'static str,
    pub confidence: Confidence,
    /// The bytes of the text that are secret.
    pub span: Range<usize>,
    pub redacted: String,
}

impl Detection {
    pub(crate) fn named(class: NameClass, confidence: Confidence, span: Range<usize>) -> Self {
        let (detector, title) = match class {
            NameClass::Password => ("named-password", "Password"),
            NameClass::Token => ("named-token", "Token or key"),
            NameClass::Mention => ("named-credential", "Credential by its name"),
        };
        Self { detector, title, confidence, span, redacted: redact("", "") }
    }
}

/// Credentials that are known by their form, and lines such as `password = hunter2`. In order of
/// where they stand; none overlaps another.
#[must_use]
pub fn detect(text: &str) -> Vec<Detection> {
    if text.len() < SHORTEST {
        return Vec::new();
    }
    let mut found = scan(text, Assignments::Read);
    if found.is_empty() && base64::is_likely(text) {
        found = encoded(text);
    }
    tidy(found)
}

/// As [`detect`], for a value that stands under a name: `DB_PASSWORD: hunter2`.
#[must_use]
pub fn detect_named(name: &str, text: &str) -> Vec<Detection> {
    let mut found = detect(text);
    if found.is_empty()
        && let Some(detection) = by_name(name, text)
    {
        found.push(detection);
    }
    found
}

/// A value that only its name makes a credential.
pub(crate) fn by_name(name: &str, text: &str) -> Option<Detection> {
    let class = name::classify(name)?;
    let confidence = match class {
        // Somebody means to write it here.
        _ if value::is_crossed_out(text) => Some(Confidence::Low),
        NameClass::Password => password_confidence(text),
        NameClass::Token if repeats(name, text) => None,
        NameClass::Token => token_confidence(text),
        // `PASSWORD_KEY: password` is the key of a Secret.
        NameClass::Mention if name::classify(text).is_some() => None,
        NameClass::Mention => token_confidence(text).map(|_| Confidence::Low),
    }?;
    let trimmed = text.trim();
    let start = text.len() - text.trim_start().len();
    Some(Detection::named(class, confidence, start..start + trimmed.len()))
}

/// `API_KEY: API_KEY_VAL`: to be filled in.
fn repeats(name: &str, text: &str) -> bool {
    let words = crate::name::words(text);
    words.len() > 1 && words.starts_with(&crate::name::words(name))
}

/// People choose passwords freely: any text that is not plainly something else.
pub(crate) fn password_confidence(text: &str) -> Option<Confidence> {
    let text = text.trim();
    let is_number_of_things = text.len() < 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !value::is_literal(text) || is_number_of_things || value::is_credential_name(text) {
        return None;
    }
    let is_elsewhere = text.contains("://") || text.contains('\n');
    (!is_elsewhere).then_some(Confidence::Medium)
}

/// Words such as `secret` and `token` also stand before the names of objects.
pub(crate) fn token_confidence(text: &str) -> Option<Confidence> {
    let text = text.trim();
    let is_number = text.len() < 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_public =
        text.starts_with("pk_") || text.starts_with("ssh-") || text.contains("PUBLIC KEY");
    if !value::is_literal(text) || is_number || is_public || text.contains('\n') {
        return None;
    }
    let is_example = value::is_object_name(text) || value::is_made_up(text);
    if looks_random(text) && !is_example && !value::is_address(text) {
        return Some(Confidence::Medium);
    }
    let is_name = value::is_object_name(text)
        || value::is_credential_name(text)
        || value::is_address(text)
        || text.starts_with(['{', '[']);
    (!is_name).then_some(Confidence::Low)
}

/// Nothing shorter has a form or is an assignment of a credential.
const SHORTEST: usize = 6;

/// Whether lines such as `password = hunter2` count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Assignments {
    Read,
    Skip,
}

/// One pass over the text tells which rows of the table can match, and which lines could assign a
/// credential.
fn scan(text: &str, assignments: Assignments) -> Vec<Detection> {
    let mut found = Vec::new();
    let mut is_tried = [false; MAX_DETECTORS];
    let mut line_end = 0;
    for hit in PREFILTER.automaton.find_overlapping_iter(text) {
        match PREFILTER.owners[hit.pattern().as_usize()] {
            Owner::Detector(idx) => {
                if !std::mem::replace(&mut is_tried[idx], true) {
                    apply(&PREFILTER.compiled[idx], text, &mut found);
                }
            }
            Owner::Assignment if assignments == Assignments::Read && hit.start() >= line_end => {
                let line = assignment::line_around(text, hit.start());
                line_end = line.end;
                found.extend(assignment::in_line(text, line));
            }
            Owner::Assignment => {}
        }
    }
    found
}

fn apply(compiled: &Compiled, text: &str, found: &mut Vec<Detection>) {
    let detector = compiled.detector;
    if !text.contains(detector.also) {
        return;
    }
    for captures in compiled.regex().captures_iter(text) {
        let Some(secret) = captures.get(1).or_else(|| captures.get(0)) else { continue };
        let span = secret.range();
        let is_whole = detector.edges == Edges::Any || is_whole_word(text, &span);
        let is_random =
            detector.min_entropy <= 0.0 || entropy(secret.as_str()) >= detector.min_entropy;
        if is_whole && is_random && (detector.accept)(secret.as_str()) {
            found.push(Detection {
                detector: detector.id,
                title: detector.title,
                confidence: detector.confidence,
                redacted: redact(secret.as_str(), detector.shown),
                span,
            });
        }
    }
}

fn is_whole_word(text: &str, span: &Range<usize>) -> bool {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let bytes = text.as_bytes();
    let before = span.start.checked_sub(1).and_then(|at| bytes.get(at));
    !before.is_some_and(is_word) && !bytes.get(span.end).is_some_and(is_word)
}

/// A value that is base64 as a whole, once: people hide keys so in ConfigMaps.
fn encoded(text: &str) -> Vec<Detection> {
    let Some(decoded) = base64::decode_text(text) else { return Vec::new() };
    let mut found = scan(&decoded, Assignments::Skip);
    for detection in &mut found {
        detection.span = 0..text.len();
        detection.redacted = redact(text, "");
    }
    found.truncate(1);
    found
}

/// Of two that overlap the surer one stays, then the earlier, then the longer.
fn tidy(mut found: Vec<Detection>) -> Vec<Detection> {
    found.sort_by_key(|found| (found.span.start, std::cmp::Reverse(found.span.end)));
    let mut kept: Vec<Detection> = Vec::with_capacity(found.len());
    for detection in found {
        match kept.last_mut() {
            Some(last) if detection.span.start < last.span.end => {
                if detection.confidence > last.confidence {
                    *last = detection;
                }
            }
            _ => kept.push(detection),
        }
    }
    kept
}

const MAX_DETECTORS: usize = 160;

struct Compiled {
    detector: &'static Detector,
    regex: OnceLock<Regex>,
}

impl Compiled {
    /// Compiled when first needed: a scan meets few of them.
    fn regex(&self) -> &Regex {
        self.regex.get_or_init(|| {
            Regex::new(self.detector.pattern)
                .expect("a test compiles the patterns of all detectors")
        })
    }
}

/// What a word of the automaton belongs to.
#[derive(Clone, Copy)]
enum Owner {
    Detector(usize),
    Assignment,
}

struct Prefilter {
    automaton: AhoCorasick,
    /// The owner of each word.
    owners: Vec<Owner>,
    compiled: Vec<Compiled>,
}

static PREFILTER: LazyLock<Prefilter> = LazyLock::new(|| {
    let compiled: Vec<Compiled> =
        table::detectors().map(|detector| Compiled { detector, regex: OnceLock::new() }).collect();
    let by_detector = compiled.iter().enumerate().flat_map(|(idx, compiled)| {
        compiled.detector.words.iter().map(move |word| (*word, Owner::Detector(idx)))
    });
    let by_assignment = assignment::WORDS.iter().map(|word| (*word, Owner::Assignment));
    let (words, owners): (Vec<_>, Vec<_>) = by_detector.chain(by_assignment).unzip();
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::DFA))
        .build(words)
        .expect("the words are few and short");
    Prefilter { automaton, owners, compiled }
});

#[cfg(test)]
mod tests;
