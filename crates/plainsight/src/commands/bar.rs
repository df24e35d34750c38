//! How far long work is, on the terminal, and how it is stopped from there.

use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use plainsight_names::Watch;

/// A line on the terminal that says which stage is how far; nothing where nobody looks. Ctrl-C stops the work: nothing is
/// written before the end.
pub(crate) struct Bar {
    line: Line,
    stopped: Arc<AtomicBool>,
}

impl Bar {
    pub(crate) fn new() -> Result<Self> {
        let stopped = Arc::new(AtomicBool::new(false));
        let pressed = stopped.clone();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        std::thread::spawn(move || {
            if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
                pressed.store(true, Ordering::Relaxed);
            }
        });
        Ok(Self { line: Line::new(), stopped })
    }
}

/// A line on the terminal that says how far something is; nothing where nobody looks. Whoever works stops it in its own way.
pub(crate) struct Line {
    shown: bool,
    last: Mutex<(&'static str, u64)>,
}

impl Line {
    pub(crate) fn new() -> Self {
        Self { shown: std::io::stderr().is_terminal(), last: Mutex::new(("", 0)) }
    }

    pub(crate) fn show(&self, stage: &'static str, done: u64, of: u64) {
        if !self.shown {
            return;
        }
        let percent = done * 100 / of.max(1);
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if *last != (stage, percent) {
            *last = (stage, percent);
            let _ = write!(std::io::stderr(), "\r{stage}: {percent} %          ");
        }
    }

    /// What comes next stands on a line of its own.
    pub(crate) fn end(&self) {
        if self.shown {
            let _ = writeln!(std::io::stderr());
        }
    }
}

impl Watch for Bar {
    fn progress(&self, stage: &'static str, done: u64, of: u64) {
        self.line.show(stage, done, of);
    }

    fn cancelled(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}
