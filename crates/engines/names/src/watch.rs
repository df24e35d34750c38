//! How long work tells where it is, and is told to stop.

/// Watches long work from outside: a bar in a terminal, a page, a test. The engine asks often; an answer costs little.
pub trait Watch: Sync {
    /// `done` of `of` steps of the stage `stage` are done.
    fn progress(&self, stage: &'static str, done: u64, of: u64);

    /// Whether somebody asked to stop. The work then ends with an error that says so, leaving nothing half-written.
    fn cancelled(&self) -> bool;
}

/// Nobody watches, nobody stops it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn progress(&self, _stage: &'static str, _done: u64, _of: u64) {}

    fn cancelled(&self) -> bool {
        false
    }
}
