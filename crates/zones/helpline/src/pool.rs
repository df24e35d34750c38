//! Receipts made ahead of time. Stretching a receipt takes a good part of a second and 64 MiB; a burst of reports must
//! not wait for it, so a pool of stretched ones stands in memory and refills by itself.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, Semaphore};

use plainsight_store::Entropy;
use plainsight_vault::{ReadyReceipt, Receipt, Root, SiteSalt, stretch};

/// How many stretched receipts stand ready.
pub const POOL_SIZE: usize = 256;

/// Stretched receipts, and the one bench where receipts are stretched.
#[derive(Clone)]
pub struct Pool {
    inner: Arc<Inner>,
}

struct Inner {
    ready: Mutex<VecDeque<ReadyReceipt>>,
    /// Told when one was put in.
    filled: Notify,
    /// Told when one was taken out.
    taken: Notify,
    /// So many stretch at once; those who come back with a receipt queue here.
    bench: Semaphore,
    salt: SiteSalt,
    pepper: zeroize::Zeroizing<[u8; 32]>,
    entropy: Arc<dyn Entropy>,
}

impl Pool {
    /// An empty pool; `fill` fills it.
    pub fn new(salt: SiteSalt, pepper: zeroize::Zeroizing<[u8; 32]>, entropy: Arc<dyn Entropy>, at_once: usize) -> Self {
        let inner = Inner {
            ready: Mutex::new(VecDeque::with_capacity(POOL_SIZE)),
            filled: Notify::new(),
            taken: Notify::new(),
            bench: Semaphore::new(at_once.max(1)),
            salt,
            pepper,
            entropy,
        };
        Self { inner: Arc::new(inner) }
    }

    /// Fills the pool, for ever. One receipt at a time, so that those who come back are not kept waiting.
    pub async fn fill(self) {
        loop {
            if self.standing() >= POOL_SIZE {
                self.inner.taken.notified().await;
                continue;
            }
            let receipt = Receipt::generate(&mut self.inner.entropy.rng());
            let Some(root) = self.stretch(receipt.clone()).await else {
                tokio::time::sleep(std::time::Duration::from_secs(1)).await;
                continue;
            };
            let ready = ReadyReceipt { receipt, locate: root.locate(&self.inner.pepper), mailbox_public: root.mailbox().public() };
            self.put(ready);
        }
    }

    /// How many stand ready.
    pub fn standing(&self) -> usize {
        self.inner.ready.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Takes one; when the pool is empty, waits for the next. A report is never refused for want of a receipt.
    pub(crate) async fn take(&self) -> ReadyReceipt {
        loop {
            let filled = self.inner.filled.notified();
            let taken = self.inner.ready.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            if let Some(ready) = taken {
                // Two put in at once may have woken one only: the next who waits is told that more stand here.
                if self.standing() > 0 {
                    self.inner.filled.notify_one();
                }
                self.inner.taken.notify_one();
                return ready;
            }
            filled.await;
        }
    }

    /// Stretches a receipt that somebody came back with, when its turn comes. `None` when there is not memory
    /// enough at the moment.
    pub(crate) async fn stretch(&self, receipt: Receipt) -> Option<Root> {
        let _place = self.inner.bench.acquire().await.ok()?;
        let inner = self.inner.clone();
        match tokio::task::spawn_blocking(move || stretch(&receipt, &inner.salt)).await.ok()? {
            Ok(root) => Some(root),
            Err(error) => {
                tracing::error!(%error, "a receipt could not be stretched");
                None
            }
        }
    }

    pub(crate) fn pepper(&self) -> &[u8; 32] {
        &self.inner.pepper
    }

    /// Puts a stretched receipt in.
    pub(crate) fn put(&self, ready: ReadyReceipt) {
        self.inner.ready.lock().unwrap_or_else(PoisonError::into_inner).push_back(ready);
        self.inner.filled.notify_one();
    }
}
