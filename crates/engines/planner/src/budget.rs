//! How long a search may go on. The engine reads no clock: whoever calls says how much of the time is gone.

/// How much work may be done.
pub trait Budget: Sync {
    /// The share of the budget that is gone after so many steps of each search: from 0 to 1, where it ends. Never falls.
    fn spent(&self, steps: u64) -> f64;
}

/// So many steps of each search, whatever the time: the same seed then gives the same answer, everywhere.
#[derive(Clone, Copy, Debug)]
pub struct Steps(pub u64);

impl Budget for Steps {
    fn spent(&self, steps: u64) -> f64 {
        if self.0 == 0 { 1.0 } else { steps as f64 / self.0 as f64 }
    }
}
