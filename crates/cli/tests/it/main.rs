//! Runs the real binary in a temporary folder and looks at all that it says: standard output,
//! standard error, exit code.

mod kordon;
mod usage;
