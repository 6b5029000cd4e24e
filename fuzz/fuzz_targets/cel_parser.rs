//! Any text, compiled in both dialects: no panic, spans inside the text, and what parses is printed
//! as what parses.

#![no_main]

use std::sync::LazyLock;

use kordon_cel::{
    Dialect, Env, Type,
    library::{Library, MacroSet},
};
use libfuzzer_sys::fuzz_target;

static STANDARD: LazyLock<Env> = LazyLock::new(|| {
    let macros = vec![MacroSet::Bindings, MacroSet::Block, MacroSet::Math, MacroSet::TwoVariables];
    let mut builder = Env::builder(Dialect::Standard).variable("a", Type::Dyn);
    for library in [
        Library::optionals(u32::MAX),
        Library::strings(u32::MAX),
        Library { macros, ..Library::default() },
    ] {
        builder = builder.library(&library);
    }
    builder.build()
});

static KUBERNETES: LazyLock<Env> = LazyLock::new(|| {
    let mut builder = Env::builder(Dialect::Kubernetes(37)).variable("object", Type::Dyn);
    for library in Library::kubernetes(37) {
        builder = builder.library(&library);
    }
    builder.build()
});

fuzz_target!(|text: &str| {
    for env in [&*STANDARD, &*KUBERNETES] {
        if let Err(error) = env.compile(text) {
            for problem in &error.problems {
                let (start, end) = (problem.span.start as usize, problem.span.end as usize);
                assert!(text.get(start..end).is_some(), "{problem} lies outside");
            }
        }
    }
    if let Ok(program) = STANDARD.parse(text) {
        let printed = program.ast().to_string();
        let again = STANDARD.parse(&printed).expect(&printed);
        assert_eq!(again.ast().to_string(), printed);
    }
});
