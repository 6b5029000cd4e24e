//! One thing to read: a file of the disk or standard input.

use std::{
    fs::File,
    io::{self, Read},
    path::PathBuf,
    sync::Arc,
};

use crate::{Limits, Manifest, Problem, Reason};

/// What the place of a file says about its documents, which the documents themselves do not.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Role {
    #[default]
    Plain,
    /// In the folder `templates` of a chart.
    ChartTemplate,
    /// Has the file name extension of a template, as `.yaml.j2`.
    TemplateFile,
    /// A kustomization names it as a patch.
    KustomizePatch,
}

/// A file that was found and not read yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Input {
    /// The path as it is reached from the working directory, with `/`; `-` for standard input.
    pub name: Box<str>,
    /// Nothing for standard input.
    pub path: Option<PathBuf>,
    pub role: Role,
    /// As far as known.
    pub n_bytes: u64,
    /// What standard input held, if it was asked to be kept.
    kept: Option<Arc<Result<Vec<u8>, Reason>>>,
}

impl Input {
    #[must_use]
    pub fn stdin() -> Self {
        Self { name: "-".into(), path: None, role: Role::Plain, n_bytes: 0, kept: None }
    }

    #[must_use]
    pub(crate) fn file(name: Box<str>, path: PathBuf, role: Role, n_bytes: u64) -> Self {
        Self { name, path: Some(path), role, n_bytes, kept: None }
    }

    /// Keeps what standard input holds, so that it can be opened more than once. Files stay where
    /// they are.
    pub fn keep(&mut self, limits: Limits) {
        if self.path.is_none() && self.kept.is_none() {
            self.kept = Some(Arc::new(self.bytes(limits.max_file_bytes)));
        }
    }

    /// Reads it and cuts it into parts; what goes wrong is a problem of the manifest.
    #[must_use]
    pub fn open(&self, limits: Limits) -> Manifest {
        let bytes = match &self.kept {
            Some(kept) => (**kept).clone(),
            None => self.bytes(limits.max_file_bytes),
        };
        match bytes {
            Ok(bytes) => Manifest::new(&self.name, bytes, limits).with_role(self.role),
            Err(reason) => {
                Manifest::unread(&self.name, Problem::of_file(&self.name, reason), limits)
            }
        }
    }

    fn bytes(&self, limit: u64) -> Result<Vec<u8>, Reason> {
        let read = match &self.path {
            Some(path) => File::open(path).and_then(|file| {
                let n_bytes = file.metadata()?.len();
                if n_bytes > limit { Ok(Err(n_bytes)) } else { take(file, n_bytes, limit) }
            }),
            None => take(io::stdin().lock(), 0, limit),
        };
        match read {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(bytes)) => Err(Reason::TooLarge { bytes, limit }),
            Err(error) => Err(Reason::Io(error.to_string())),
        }
    }
}

/// All bytes, or how many there are at least if they are too many.
fn take(source: impl Read, expected: u64, limit: u64) -> io::Result<Result<Vec<u8>, u64>> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0) + 1);
    source.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    let n_bytes = bytes.len() as u64;
    Ok(if n_bytes > limit { Err(n_bytes) } else { Ok(bytes) })
}
