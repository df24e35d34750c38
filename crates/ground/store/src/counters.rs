//! What the named transactions did, for `doctor` and metrics. Names are written in the source, so nothing here is personal.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The figures of one named transaction since the program started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TxCount {
    /// The name given to [`crate::Database::tx`].
    pub name: &'static str,
    /// How many were committed.
    pub committed: u64,
    /// How many were rolled back because the work refused (its own error).
    pub refused: u64,
    /// How many were rolled back because the database, or a fault in the work, stopped them.
    pub failed: u64,
    /// How often the work was run; more than the sum of the above when some were run again.
    pub tries: u64,
    /// From being asked to being answered, all together.
    pub time: Duration,
    /// The longest of them.
    pub longest: Duration,
}

/// The figures of one database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// One row a name, sorted by name.
    pub transactions: Vec<TxCount>,
    /// How often the database was asked to make something durable: on SQLite several transactions share one.
    pub commits: u64,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Ending {
    Committed,
    Refused,
    Failed,
}

#[derive(Debug, Default)]
pub(crate) struct Counters {
    inner: Mutex<(BTreeMap<&'static str, TxCount>, u64)>,
}

impl Counters {
    pub(crate) fn ended(&self, name: &'static str, ending: Ending, tries: u64, time: Duration) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let count = inner.0.entry(name).or_insert_with(|| TxCount { name, ..TxCount::default() });
        match ending {
            Ending::Committed => count.committed += 1,
            Ending::Refused => count.refused += 1,
            Ending::Failed => count.failed += 1,
        }
        count.tries += tries;
        count.time += time;
        count.longest = count.longest.max(time);
    }

    pub(crate) fn committed(&self) {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).1 += 1;
    }

    pub(crate) fn snapshot(&self) -> Counts {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        Counts { transactions: inner.0.values().cloned().collect(), commits: inner.1 }
    }
}
