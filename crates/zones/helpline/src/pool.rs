//! Receipts made ahead of time. Stretching a receipt takes a good part of a second and 64 MiB; a burst of reports must
//! not wait for it, so a pool of stretched ones stands in memory and refills by itself.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, Semaphore, oneshot};

use plainsight_store::Entropy;
use plainsight_vault::{ReadyReceipt, Receipt, Root, SiteSalt, stretch};

/// How many stretched receipts stand ready.
pub const POOL_SIZE: usize = 256;
/// While many wait for a receipt, so many in a row go to those in need, then one to the others: nobody in need waits for more
/// than one of them, and a flood that says it is in need does not stop the others.
const NEED_IN_A_ROW: u8 = 3;

/// For whom a receipt is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum For {
    /// Whom it is happening to, and danger.
    Need,
    Others,
}

/// Stretched receipts, and the one bench where receipts are stretched.
#[derive(Clone)]
pub struct Pool {
    inner: Arc<Inner>,
}

struct Inner {
    shelf: Mutex<Shelf>,
    /// Told when one was taken out.
    taken: Notify,
    /// So many stretch at once; those who come back with a receipt queue here.
    bench: Semaphore,
    salt: SiteSalt,
    pepper: zeroize::Zeroizing<[u8; 32]>,
    entropy: Arc<dyn Entropy>,
}

/// What stands ready, and who waits because nothing does: never both.
#[derive(Default)]
struct Shelf {
    ready: VecDeque<ReadyReceipt>,
    need: VecDeque<oneshot::Sender<ReadyReceipt>>,
    others: VecDeque<oneshot::Sender<ReadyReceipt>>,
    need_in_a_row: u8,
}

impl Shelf {
    /// Who gets the next one.
    fn next(&mut self) -> Option<oneshot::Sender<ReadyReceipt>> {
        if self.others.is_empty() || (self.need_in_a_row < NEED_IN_A_ROW && !self.need.is_empty()) {
            self.need_in_a_row = self.need_in_a_row.saturating_add(1);
            return self.need.pop_front();
        }
        self.need_in_a_row = 0;
        self.others.pop_front()
    }
}

impl Pool {
    /// An empty pool; `fill` fills it.
    pub fn new(salt: SiteSalt, pepper: zeroize::Zeroizing<[u8; 32]>, entropy: Arc<dyn Entropy>, at_once: usize) -> Self {
        let inner = Inner { shelf: Mutex::default(), taken: Notify::new(), bench: Semaphore::new(at_once.max(1)), salt, pepper, entropy };
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
        self.shelf().ready.len()
    }

    /// Takes one; when the pool is empty, waits for the next. A report is never refused for want of a receipt.
    pub(crate) async fn take(&self, whom: For) -> ReadyReceipt {
        loop {
            let waiting = {
                let mut shelf = self.shelf();
                if let Some(ready) = shelf.ready.pop_front() {
                    self.inner.taken.notify_one();
                    return ready;
                }
                let (give, given) = oneshot::channel();
                match whom {
                    For::Need => shelf.need.push_back(give),
                    For::Others => shelf.others.push_back(give),
                }
                given
            };
            if let Ok(ready) = waiting.await {
                return ready;
            }
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

    /// Puts a stretched receipt in, or gives it to whoever waits for one.
    pub(crate) fn put(&self, ready: ReadyReceipt) {
        let mut shelf = self.shelf();
        let mut ready = ready;
        while let Some(waiting) = shelf.next() {
            // Whoever has hung up does not take it.
            match waiting.send(ready) {
                Ok(()) => return,
                Err(back) => ready = back,
            }
        }
        shelf.ready.push_back(ready);
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.inner.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
