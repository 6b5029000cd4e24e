//! Where results go: standard output or a file.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use anyhow::Context as _;

const BUFFER: usize = 1 << 16;

/// Writes a result to `file`, or to standard output without one, and flushes it.
pub(crate) fn write(
    file: Option<&Path>,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    match file {
        None => {
            let mut out = BufWriter::with_capacity(BUFFER, io::stdout().lock());
            render(&mut out).and_then(|()| out.flush()).context("cannot write to standard output")
        }
        Some(path) => {
            let opened = File::create(path);
            let file = opened.with_context(|| format!("cannot create {}", path.display()))?;
            let mut out = BufWriter::with_capacity(BUFFER, file);
            let written = render(&mut out).and_then(|()| out.flush());
            written.with_context(|| format!("cannot write to {}", path.display()))
        }
    }
}
