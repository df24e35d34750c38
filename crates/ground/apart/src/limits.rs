//! How much a worker may use.

/// The longest file that is cleaned: 100 MiB.
pub const MOST_FILE: u64 = 100 << 20;

/// The bounds of one worker, and how many there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The worker's whole address space in bytes, its program included.
    pub memory: u64,
    /// How long it may take, by the clock on the wall; it may not compute for longer either.
    pub seconds: u64,
    /// How many workers may run at once; the next one waits.
    pub at_once: usize,
    /// How many bytes it may answer.
    pub answer: u64,
}

impl Default for Limits {
    /// Those of the cleaning: 512 MiB, 60 seconds, two at once. A copy of a document may be longer than its original, but by
    /// no more than what the engine makes anew.
    fn default() -> Self {
        Self { memory: 512 << 20, seconds: 60, at_once: 2, answer: MOST_FILE + (64 << 20) }
    }
}
