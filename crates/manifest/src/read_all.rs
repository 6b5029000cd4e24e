//! Reads many files at once, in memory that follows the largest of them and not their sum.

use rayon::prelude::*;

use crate::{Document, Input, Limits, Manifest, Part, Problem};

/// Above this size, the parts of a file are read in parallel, and no second such file beside it.
const LARGE: u64 = 4 << 20;

/// One part of one file, as it is handed to the judge.
#[derive(Debug)]
pub struct Reading<'m> {
    /// Index in the inputs.
    pub file: usize,
    pub manifest: &'m Manifest,
    pub part: &'m Part,
    pub document: Result<Document, Problem>,
}

/// What became of one file.
#[derive(Debug)]
pub struct FileOutcome<T> {
    /// What was met before any part was read.
    pub problems: Vec<Problem>,
    /// What `judge` said of each part, in the order of the file.
    pub parts: Vec<T>,
}

/// Reads all inputs on the threads of the current rayon pool and hands every part to `judge`, as
/// soon as it was read and on whichever thread. The outcomes are in the order of the inputs.
pub fn read_all<T: Send>(
    inputs: &[Input],
    limits: Limits,
    judge: impl Fn(Reading<'_>) -> T + Sync,
) -> Vec<FileOutcome<T>> {
    let (large, small): (Vec<usize>, Vec<usize>) =
        (0..inputs.len()).partition(|file| inputs[*file].n_bytes > LARGE);
    let one = |file: usize, manifest: &Manifest, part: &Part| {
        judge(Reading { file, manifest, part, document: manifest.read(part) })
    };
    let read_large = |file: &usize| {
        let manifest = inputs[*file].open(limits);
        let parts = manifest.parts().par_iter().map(|part| one(*file, &manifest, part)).collect();
        (*file, FileOutcome { problems: manifest.problems().to_vec(), parts })
    };
    let read_small = |file: &usize| {
        let manifest = inputs[*file].open(limits);
        let parts = manifest.parts().iter().map(|part| one(*file, &manifest, part)).collect();
        (*file, FileOutcome { problems: manifest.problems().to_vec(), parts })
    };
    let (mut outcomes, others): (Vec<_>, Vec<_>) = rayon::join(
        || large.iter().map(read_large).collect(),
        || small.par_iter().map(read_small).collect(),
    );
    outcomes.extend(others);
    outcomes.sort_by_key(|(file, _)| *file);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}
