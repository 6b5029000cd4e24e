//! Tests of the crate as others use it: manifests in, findings out.

#[cfg(test)]
mod files;
#[cfg(test)]
mod fingerprints;
#[cfg(test)]
mod judging;
#[cfg(test)]
mod support;
