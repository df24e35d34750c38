//! Waiting, so that a test can count the delays instead of sitting through them.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Lets a time pass.
pub trait Pause: Send + Sync {
    /// Comes back after `time`.
    fn pause<'a>(&'a self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>>;
}

/// Really waits.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealPause;

impl Pause for RealPause {
    fn pause<'a>(&'a self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        Box::pin(async move {
            if !time.is_zero() {
                tokio::time::sleep(time).await;
            }
        })
    }
}

/// Writes down what would have been waited for. For tests.
#[derive(Debug, Default)]
pub struct CountedPause(Mutex<Vec<Duration>>);

impl CountedPause {
    /// The delays so far, in order.
    #[must_use]
    pub fn delays(&self) -> Vec<Duration> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Pause for CountedPause {
    fn pause<'a>(&'a self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(time);
        Box::pin(std::future::ready(()))
    }
}
