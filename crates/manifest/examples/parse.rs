//! Reads the given files and folders and prints how much was in them, for measurements by hand.

use std::{
    env, io,
    io::Write as _,
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use kordon_manifest::{Limits, Selection, What, discover, read_all};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let targets: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let found = discover(&targets, &Selection::default())?;
    let [n_objects, n_others, n_nodes] = [const { AtomicUsize::new(0) }; 3];
    let outcomes = read_all(&found.inputs, Limits::default(), |reading| {
        let document = reading.document?;
        let counter = if document.what() == What::Object { &n_objects } else { &n_others };
        counter.fetch_add(1, Relaxed);
        n_nodes.fetch_add(document.tree.n_nodes(), Relaxed);
        Ok(())
    });
    let mut out = io::stdout().lock();
    let of_parts = outcomes.iter().flat_map(|outcome| &outcome.parts);
    let of_files = outcomes.iter().flat_map(|outcome| &outcome.problems);
    let problems = of_parts.filter_map(|part| part.as_ref().err()).chain(of_files);
    let mut n_problems = 0;
    for problem in problems.chain(&found.problems) {
        n_problems += 1;
        writeln!(out, "{problem}")?;
    }
    let n_bytes: u64 = found.inputs.iter().map(|input| input.n_bytes).sum();
    writeln!(
        out,
        "{} files, {n_bytes} bytes, {} objects, {} other documents, {} nodes, {n_problems} problems",
        found.inputs.len(),
        n_objects.into_inner(),
        n_others.into_inner(),
        n_nodes.into_inner(),
    )?;
    Ok(())
}
