//! Colours, where the reader has a terminal. Nothing is said by colour alone.

use std::io::{self, Write};

use kordon_finding::Severity;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Colour {
    #[default]
    Never,
    Ansi,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    Heading,
    Dim,
    Severity(Severity),
}

impl Style {
    fn code(self) -> &'static str {
        match self {
            Self::Heading => "1",
            Self::Dim => "2",
            Self::Severity(Severity::Critical) => "1;97;41",
            Self::Severity(Severity::High) => "1;31",
            Self::Severity(Severity::Medium) => "33",
            Self::Severity(Severity::Low) => "36",
            Self::Severity(Severity::Info) => "2",
        }
    }
}

impl Colour {
    pub(super) fn write(self, out: &mut dyn Write, style: Style, text: &str) -> io::Result<()> {
        match self {
            Self::Never => write!(out, "{text}"),
            Self::Ansi => write!(out, "\x1b[{}m{text}\x1b[0m", style.code()),
        }
    }
}
