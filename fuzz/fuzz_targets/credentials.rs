//! Any name and text: tested without a panic; spans are within the text, and nothing that is shown
//! holds what was found.

#![no_main]

use kordon_secrets::detect_named;

libfuzzer_sys::fuzz_target!(|input: (&str, &str)| {
    let (name, text) = input;
    let mut end = 0;
    for found in detect_named(name, text) {
        assert!(found.span.start >= end, "detections do not overlap");
        end = found.span.end;
        let secret = text.get(found.span).expect("a span is within its text");
        assert!(!found.redacted.contains(secret), "what is shown hides the secret");
    }
});
