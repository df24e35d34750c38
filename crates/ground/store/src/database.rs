//! One of the two databases of a store: named transactions for writing, a pool for reading.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
use tokio::sync::oneshot;

use crate::Tx;
use crate::counters::{Counters, Counts};
use crate::error::{Inside, StoreError};
use crate::postgres::{self, PostgresPools};
use crate::writer::{TypedWork, Writer};

/// One database: `content` or `keystore`.
#[derive(Clone)]
pub struct Database {
    pub(crate) side: Arc<Side>,
    counters: Arc<Counters>,
}

pub(crate) enum Side {
    Sqlite { writer: Writer, read: DatabaseConnection, file: crate::sqlite::SqliteFile },
    Postgres(Arc<PostgresPools>),
}

impl Database {
    pub(crate) fn new(side: Side, counters: Arc<Counters>) -> Self {
        Self { side: Arc::new(side), counters }
    }

    /// Runs `work` in a transaction called `name` and answers when its result is durable (or rolled back).
    ///
    /// The work may be run more than once: again on PostgreSQL after a serialization failure, again on SQLite after a commit
    /// that it shared failed. So it clones what it uses on each run ([`crate::work!`] writes that down), and does nothing that a
    /// rollback would not undo. It must hand on every statement's failure: PostgreSQL drops a transaction in which one failed.
    /// It goes on to its end when the asker stops waiting. Inside it no other transaction of the same database can be asked for.
    ///
    /// # Errors
    /// The work's own error, or a [`StoreError`] in its type.
    pub async fn tx<T, E, F>(&self, name: &'static str, work: F) -> Result<T, E>
    where
        F: for<'t> Fn(&'t Tx) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        if Inside::is_in(&self.counters) {
            return Err(E::from(StoreError::Nested { name }));
        }
        match &*self.side {
            Side::Sqlite { writer, .. } => {
                let (asker, answer) = oneshot::channel();
                let work = TypedWork { name, work, result: None, asker };
                writer.work(Box::new(work)).await?;
                answer.await.unwrap_or_else(|_| Err(E::from(StoreError::Closed)))
            }
            Side::Postgres(pools) => postgres::run(Arc::clone(pools), Arc::clone(&self.counters), name, work).await,
        }
    }

    /// Readers. The database itself refuses writing through them.
    pub fn read(&self) -> &DatabaseConnection {
        match &*self.side {
            Side::Sqlite { read, .. } => read,
            Side::Postgres(pools) => &pools.read,
        }
    }

    /// Which database is behind the door.
    pub fn backend(&self) -> DbBackend {
        match &*self.side {
            Side::Sqlite { .. } => DbBackend::Sqlite,
            Side::Postgres(_) => DbBackend::Postgres,
        }
    }

    /// What the named transactions did since the program started.
    pub fn counts(&self) -> Counts {
        self.counters.snapshot()
    }

    /// Makes the space of deleted rows unreadable as far as the database can: to be called after an erasure.
    ///
    /// SQLite overwrites deleted rows (`secure_delete`) and this folds the write-ahead log into the file and cuts it to nothing.
    /// PostgreSQL frees the rows for reuse (`VACUUM`) but does not promise to overwrite them, nor the archive of its log.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when a reader still needs the old pages: try again later.
    pub async fn checkpoint_truncate(&self) -> Result<(), StoreError> {
        match &*self.side {
            Side::Sqlite { writer, .. } => writer.truncate().await,
            Side::Postgres(pools) => {
                pools.write.execute_raw(Statement::from_string(DbBackend::Postgres, "VACUUM")).await?;
                Ok(())
            }
        }
    }

    pub(crate) async fn close(&self) {
        match &*self.side {
            Side::Sqlite { writer, read, .. } => {
                // The readers first: the last connection to leave folds the log into the file.
                let _ = read.close_by_ref().await;
                writer.close().await;
            }
            Side::Postgres(pools) => {
                let _ = pools.read.close_by_ref().await;
                let _ = pools.write.close_by_ref().await;
            }
        }
    }
}

/// Writes a work for [`Database::tx`]: the captured values in brackets are cloned for each run.
///
/// ```ignore
/// store.content().tx("helpline.file", work!([contact, ring], |tx| {
///     contact.insert(tx, &ring).await?;
///     Ok(contact.id)
/// })).await
/// ```
#[macro_export]
macro_rules! work {
    ([$($captured:ident),* $(,)?], |$tx:ident| $body:expr) => {
        move |$tx: &$crate::Tx| {
            $(let $captured = ::core::clone::Clone::clone(&$captured);)*
            ::std::boxed::Box::pin(async move { $body })
        }
    };
    (|$tx:ident| $body:expr) => {
        $crate::work!([], |$tx| $body)
    };
}
