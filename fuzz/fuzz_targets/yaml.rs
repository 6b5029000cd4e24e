//! Any bytes as a file: read without a panic, and again the same when printed as JSON.

#![no_main]

use kordon_manifest::{Limits, Manifest};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { max_depth: 100, max_alias_nodes: 10_000, ..Limits::default() };
    let manifest = Manifest::new("-", bytes.to_vec(), limits);
    for part in manifest.parts() {
        let Ok(document) = manifest.read(part) else { continue };
        // What does not begin with a brace would be read as YAML.
        if !document.tree.root().is_map() {
            continue;
        }
        let json = document.tree.root().to_string();
        let again = Manifest::new("-", json.clone().into_bytes(), Limits::default());
        let Some(part) = again.parts().first() else { continue };
        let document = again.read(part).expect("JSON that was printed is JSON");
        assert_eq!(document.tree.root().to_string(), json);
    }
});
