//! Runs the real binary in a temporary folder and looks at all that it says: standard output,
//! standard error, exit code.

mod configuration;
mod explain;
mod fingerprints;
mod formats;
mod hostile;
mod kordon;
mod policy;
mod pss;
mod readme;
mod scan;
mod since;
mod usage;
