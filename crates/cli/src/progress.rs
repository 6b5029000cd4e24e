//! How far a scan is, on a terminal that somebody looks at.

use std::{
    io::{Write as _, stderr},
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use parking_lot::Mutex;

pub(crate) struct Progress {
    n_files: usize,
    furthest: AtomicUsize,
    /// When it was last shown; nothing where it never is.
    shown: Option<Mutex<Instant>>,
}

/// Quick scans show nothing at all.
const PAUSE: Duration = Duration::from_millis(200);

impl Progress {
    pub(crate) fn new(n_files: usize, is_wanted: bool) -> Self {
        let shown = is_wanted.then(|| Mutex::new(Instant::now()));
        Self { n_files, furthest: AtomicUsize::new(0), shown }
    }

    /// A part of the file with this number is at hand.
    pub(crate) fn reached(&self, file: usize) {
        let Some(shown) = &self.shown else { return };
        let furthest = self.furthest.fetch_max(file + 1, Ordering::Relaxed).max(file + 1);
        // Whoever does not get the lock at once has nothing new to tell.
        let Some(mut last) = shown.try_lock() else { return };
        if last.elapsed() >= PAUSE {
            *last = Instant::now();
            self.tell(&format!("\rreading file {furthest} of {}", self.n_files));
        }
    }

    pub(crate) fn finish(&self) {
        if self.shown.is_some() {
            self.tell("\r\x1b[K");
        }
    }

    fn tell(&self, text: &str) {
        // Nobody is worse off for a line of progress that could not be written.
        if stderr().lock().write_all(text.as_bytes()).is_err() {}
    }
}
