//! Detectors of credentials in text, and the walk over an object that says which texts to test.
//!
//! A detector is one row of a table: words that every match holds, a pattern, and how random the
//! match has to be. One pass of an Aho-Corasick automaton over the text tells which few rows can
//! match at all. Beside the formats there are credentials without one (passwords); those are known
//! by the name that they stand under, and by a value that is no placeholder, path or reference.

mod assignment;
mod base64;
mod detect;
mod detector;
mod entropy;
mod facts;
mod flags;
mod name;
mod redact;
mod table;
mod value;

pub use detect::{Detection, detect, detect_named};
pub use detector::Detector;
pub use facts::facts;
pub use table::detectors;
