//! Searches of their own that meet: each does a fixed number of steps, then the best of all is known to all. What comes of it depends on
//! the steps alone, not on which thread does them or when.

use std::sync::atomic::{AtomicU64, Ordering};

use plainsight_names::Watch;

use crate::budget::Budget;

/// A search that can be gone on with.
pub(crate) trait Searcher: Send {
    type Found: Clone + Sync + Send;

    /// One step; `spent` is the share of the budget that is gone.
    fn step(&mut self, spent: f64);
    /// The best so far.
    fn best(&self) -> &Self::Found;
    fn better(one: &Self::Found, other: &Self::Found) -> bool;
    /// Goes on from what another search found.
    fn take_over(&mut self, found: &Self::Found);
}

/// A search asks for the budget after so many steps.
const OFTEN: u64 = 32;
/// Searches meet after so many steps.
const ROUND: u64 = 4096;
/// From this share of the budget on, a search that fell behind goes on from the best.
const TOGETHER: f64 = 0.5;

/// Runs the searches until the budget is spent or somebody stops them, and gives the best found.
pub(crate) fn search<S: Searcher>(mut searchers: Vec<S>, threads: usize, budget: &dyn Budget, watch: &dyn Watch) -> S::Found {
    const PARTS: f64 = 1000.0;
    let mut done = 0;
    loop {
        let told = AtomicU64::new(0);
        let round = |searcher: &mut S| {
            let mut steps = done;
            while steps < done + ROUND {
                let spent = budget.spent(steps);
                let part = (spent.min(1.0) * PARTS) as u64;
                if told.fetch_max(part, Ordering::Relaxed) < part {
                    watch.progress("better plans", part, PARTS as u64);
                }
                if spent >= 1.0 || watch.cancelled() {
                    return true;
                }
                for _ in 0..OFTEN {
                    searcher.step(spent);
                }
                steps += OFTEN;
            }
            false
        };
        let share = searchers.len().div_ceil(threads.max(1)).max(1);
        let ended: Vec<bool> = if threads > 1 && searchers.len() > 1 {
            std::thread::scope(|scope| {
                let parts: Vec<_> = searchers
                    .chunks_mut(share)
                    .map(|part| scope.spawn(|| part.iter_mut().map(&round).fold(false, |any, ended| any | ended)))
                    .collect();
                parts.into_iter().map(|part| part.join().unwrap_or(true)).collect()
            })
        } else {
            searchers.iter_mut().map(&round).collect()
        };
        done += ROUND;
        let mut best = 0;
        for at in 1..searchers.len() {
            if S::better(searchers[at].best(), searchers[best].best()) {
                best = at;
            }
        }
        let found = searchers[best].best().clone();
        if ended.contains(&true) {
            return found;
        }
        if budget.spent(done) >= TOGETHER && (done / ROUND).is_multiple_of(8) {
            for (at, searcher) in searchers.iter_mut().enumerate() {
                if at != best && S::better(&found, searcher.best()) {
                    searcher.take_over(&found);
                }
            }
        }
    }
}
