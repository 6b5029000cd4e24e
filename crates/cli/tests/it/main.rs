//! Runs the real binary in a temporary folder and looks at all that it says: standard output,
//! standard error, exit code.

#[cfg(test)]
mod configuration;
#[cfg(test)]
mod explain;
#[cfg(test)]
mod fingerprints;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod kordon;
#[cfg(test)]
mod policy;
#[cfg(test)]
mod pss;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod scan;
#[cfg(test)]
mod since;
#[cfg(test)]
mod usage;
