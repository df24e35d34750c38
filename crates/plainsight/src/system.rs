//! The real clock and the real source of randomness. Nothing outside the binary reads either.

use std::sync::Arc;

use rand::SeedableRng;
use rand::rngs::StdRng;
use time::OffsetDateTime;

use plainsight_store::{Clock, Entropy};

/// The clock of the machine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}

/// Generators seeded from the operating system, one for each use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn rng(&self) -> StdRng {
        let mut seed = [0; 32];
        if let Err(error) = getrandom::fill(&mut seed) {
            // Without randomness nothing can be sealed; going on would be worse than stopping.
            tracing::error!(%error, "the operating system gives no randomness");
            std::process::abort();
        }
        StdRng::from_seed(seed)
    }
}

pub(crate) fn clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

pub(crate) fn entropy() -> Arc<dyn Entropy> {
    Arc::new(SystemEntropy)
}
