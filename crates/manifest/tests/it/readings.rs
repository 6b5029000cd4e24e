//! The same documents without a server: what was seen to agree stays.

use std::fmt::Write as _;

use kordon_manifest::{Limits, Manifest};

use crate::cases;

#[test]
fn odd_documents_are_read_as_ever() {
    let mut shown = String::new();
    for bytes in cases::yaml().iter().chain(&cases::json()) {
        writeln!(shown, "{}", bytes.escape_ascii().to_string().replace(cases::START, "…"))
            .expect("text grows");
        let manifest = Manifest::new("-", bytes.clone(), Limits::default());
        for part in manifest.parts() {
            match manifest.read(part) {
                Ok(document) => {
                    let root = document.tree.root();
                    let value = root.get("spec").unwrap_or(root);
                    write!(shown, "  {value}").expect("text grows");
                    for note in &document.notes {
                        let message = note.kind.message();
                        write!(shown, " [{} {message}]", note.span.start).expect("text grows");
                    }
                    shown.push('\n');
                }
                Err(problem) => writeln!(shown, "  {problem}").expect("text grows"),
            }
        }
    }
    insta::assert_snapshot!(shown);
}
