use std::{collections::HashSet, iter};

use regex::Regex;

use super::detectors;
use crate::detect;

mod examples;

#[test]
fn rows_are_sound() {
    let mut ids = HashSet::new();
    for detector in detectors() {
        let id = detector.id;
        assert!(ids.insert(id), "{id} is there twice");
        assert!(!detector.words.is_empty(), "{id} has no word");
        assert!(id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        for word in detector.words {
            assert!(word.len() >= 3, "{id}: {word:?} is in nearly every text");
            assert_eq!(*word, word.to_ascii_lowercase(), "{id}");
        }
        if let Err(error) = Regex::new(detector.pattern) {
            panic!("{id}: {error}");
        }
    }
}

/// Each row finds its example, alone and in a text, and shows no more of it than the beginning.
#[test]
fn every_row_finds_its_example() {
    let mut seen = HashSet::new();
    for (id, template) in examples::EXAMPLES {
        seen.insert(*id);
        let example = expand(template);
        for text in [example.clone(), format!("a first line\n  {example}\nand a last one\n")] {
            let found = detect(&text);
            let hit = found.iter().find(|found| found.detector == *id);
            let hit = hit.unwrap_or_else(|| panic!("{id}: {text:?} gives {found:?}"));
            let secret = text.get(hit.span.clone()).expect("a span is within its text");
            let shown = hit.redacted.trim_end_matches('…');
            assert!(secret.starts_with(shown) && shown.len() * 2 < secret.len(), "{id}: {hit:?}");
        }
    }
    let missing: Vec<_> =
        detectors().map(|detector| detector.id).filter(|id| !seen.contains(id)).collect();
    assert!(missing.is_empty(), "no example for {missing:?}");
}

/// Half of a token is none.
#[test]
fn a_cut_token_is_none() {
    for (id, template) in examples::EXAMPLES.iter().filter(|(_, t)| !t.contains([' ', '='])) {
        let example = expand(template);
        let cut = example.get(..example.len() / 3).expect("examples are ASCII");
        assert!(detect(cut).is_empty(), "{id}: {cut}");
    }
}

/// `‹A36›` is 36 letters and digits; `a` lowercase and digits, `U` uppercase and digits, `h`
/// hexadecimal, `d` digits, `L` letters. Made here
/// and not written out, so that no scanner takes the tests for a leak.
fn expand(template: &str) -> String {
    let mut text = String::new();
    let mut rest = template;
    let mut seed = 7_u32;
    while let Some((before, after)) = rest.split_once('‹') {
        let (class, after) = after.split_once('›').expect("the mark is closed");
        text.push_str(before);
        let (class, n) = class.split_at(1);
        let n = n.parse().expect("a number follows the class");
        let alphabet: Vec<char> = match class {
            "A" => ('a'..='z').chain('A'..='Z').chain('0'..='9').collect(),
            "a" => ('a'..='z').chain('0'..='9').collect(),
            "U" => ('A'..='Z').chain('2'..='7').collect(),
            "h" => ('0'..='9').chain('a'..='f').collect(),
            "d" => ('1'..='9').collect(),
            "L" => ('a'..='z').chain('A'..='Z').collect(),
            class => panic!("unknown class {class}"),
        };
        let random = iter::repeat_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            alphabet[(seed >> 16) as usize % alphabet.len()]
        });
        text.extend(random.take(n));
        rest = after;
    }
    text.push_str(rest);
    text
}
