//! Shares work among threads. What comes of it stands in the order of the work, whoever did it and when: an answer never
//! depends on the number of threads.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use plainsight_names::Watch;

/// Somebody asked to stop.
#[derive(Debug)]
pub(crate) struct Stopped;

/// How much work there is, for whom, and who is told of it.
#[derive(Clone, Copy)]
pub(crate) struct Crew<'a> {
    pub(crate) stage: &'static str,
    pub(crate) threads: usize,
    pub(crate) watch: &'a dyn Watch,
}

impl Crew<'_> {
    /// Does `work` with each of the numbers below `count`; `room` is what one thread keeps between two of them.
    pub(crate) fn each<R, T: Send>(
        &self,
        count: usize,
        room: impl Fn() -> R + Sync,
        work: impl Fn(&mut R, usize) -> T + Sync,
    ) -> Result<Vec<T>, Stopped> {
        let next = AtomicUsize::new(0);
        let stopped = AtomicBool::new(false);
        let done: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::with_capacity(count));
        let thread = || {
            let mut room = room();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                if at >= count {
                    break;
                }
                self.watch.progress(self.stage, at as u64, count as u64);
                if self.watch.cancelled() {
                    stopped.store(true, Ordering::Relaxed);
                    break;
                }
                let came = work(&mut room, at);
                done.lock().unwrap_or_else(PoisonError::into_inner).push((at, came));
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..self.threads.clamp(1, count.max(1)) {
                scope.spawn(thread);
            }
            thread();
        });
        if stopped.into_inner() {
            return Err(Stopped);
        }
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_unstable_by_key(|(at, _)| *at);
        Ok(done.into_iter().map(|(_, came)| came).collect())
    }
}
