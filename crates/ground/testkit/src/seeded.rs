//! Time and randomness that a test decides.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use plainsight_store::{Clock, Entropy};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use time::{Duration, OffsetDateTime};

/// A clock that stands still until a test moves it.
#[derive(Debug)]
pub struct TestClock {
    now: Mutex<OffsetDateTime>,
}

impl TestClock {
    /// A clock that shows `now`.
    pub fn at(now: OffsetDateTime) -> Self {
        Self { now: Mutex::new(now) }
    }

    /// Shows another time from now on.
    pub fn set(&self, now: OffsetDateTime) {
        *self.now.lock().unwrap() = now;
    }

    /// Moves the clock on.
    pub fn advance(&self, by: Duration) {
        *self.now.lock().unwrap() += by;
    }
}

impl Clock for TestClock {
    fn now(&self) -> OffsetDateTime {
        *self.now.lock().unwrap()
    }
}

/// Randomness from a seed: the same seed gives the same generators in the same order, each different from the others.
#[derive(Debug)]
pub struct TestEntropy {
    seed: u64,
    given: AtomicU64,
}

impl TestEntropy {
    /// Randomness from this seed.
    pub fn new(seed: u64) -> Self {
        Self { seed, given: AtomicU64::new(0) }
    }
}

impl Entropy for TestEntropy {
    fn rng(&self) -> StdRng {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.seed.to_be_bytes());
        seed[8..16].copy_from_slice(&self.given.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        StdRng::from_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use rand::Rng as _;

    use super::*;

    #[test]
    fn a_seed_repeats_and_its_generators_differ() {
        let draw = |seed| {
            let entropy = TestEntropy::new(seed);
            [entropy.rng().next_u64(), entropy.rng().next_u64()]
        };
        assert_eq!(draw(1), draw(1));
        let [first, second] = draw(1);
        assert_ne!(first, second);
        assert_ne!(draw(1), draw(2));
    }
}
