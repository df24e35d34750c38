//! PostgreSQL: a schema for each of the two databases, pools for writing and reading, and transactions that are run again
//! when the server could not bring them into one order with others.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sea_orm::sqlx;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sea_orm::sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DbBackend, IsolationLevel, SqlxPostgresConnector, Statement, TransactionOptions,
    TransactionTrait as _,
};
use tokio::sync::RwLock;

use crate::counters::{Counters, Ending};
use crate::error::{Inside, Met, StoreError, classify_sqlx};
use crate::store::OpenOptions;
use crate::{Tx, WORK_LIMIT};

/// The name under which the server lists connections that put a backup back; all others are called `plainsight`.
pub(crate) const RESTORING: &str = "plainsight-restore";
/// How often a transaction is run before its conflict is reported.
const TRIES: u64 = 12;
/// From this try on the transaction has this process's writing to itself, so that it is not overtaken for ever.
const ALONE_FROM: u64 = 3;
/// How long a connection may take to be made or to become free.
pub(crate) const CONNECT_LIMIT: Duration = Duration::from_secs(15);
/// A work whose error type hid the cause from us is run again only this often.
const TRIES_UNSEEN: u64 = 3;

pub(crate) struct PostgresPools {
    pub(crate) write: DatabaseConnection,
    pub(crate) read: DatabaseConnection,
    schema: String,
    lane: RwLock<()>,
}

impl PostgresPools {
    /// The schema that this database is.
    pub(crate) fn schema(&self) -> &str {
        &self.schema
    }

    pub(crate) async fn open(url: &str, schema: &str, options: &OpenOptions) -> Result<Self, StoreError> {
        let (connections, lock_timeout) = (options.read_connections, options.busy_timeout);
        let name = if options.beside.is_some() { RESTORING } else { "plainsight" };
        let wrong = |error: sqlx::Error| classify_sqlx(&error);
        let options: PgConnectOptions = url.parse().map_err(wrong)?;
        let lock_timeout = format!("{}ms", lock_timeout.as_millis());
        let options = options
            .application_name(name)
            .options([("search_path", schema), ("lock_timeout", lock_timeout.as_str()), ("client_min_messages", "warning")])
            .disable_statement_logging();
        // A pool tries for as long as it may and then only says that it took too long; one plain connection says why.
        match tokio::time::timeout(CONNECT_LIMIT, options.connect()).await {
            Ok(Ok(connection)) => connection.close().await.map_err(wrong)?,
            Ok(Err(error)) => return Err(wrong(error)),
            Err(_) => return Err(StoreError::Unreachable { why: "no answer".to_owned() }),
        }
        let pool = || PgPoolOptions::new().max_connections(connections.max(1)).acquire_timeout(CONNECT_LIMIT);
        let write = pool().connect_with(options.clone()).await.map_err(wrong)?;
        // Two processes may start at the same moment, and CREATE SCHEMA IF NOT EXISTS is not safe against that.
        let exists = format!("SELECT 1 FROM pg_namespace WHERE nspname = '{schema}'");
        if write.fetch_optional(AssertSqlSafe(exists)).await.map_err(wrong)?.is_none() {
            let create = format!(
                "BEGIN; SELECT pg_advisory_xact_lock({}); CREATE SCHEMA IF NOT EXISTS \"{schema}\"; COMMIT;",
                crate::migrate::ADVISORY_LOCK
            );
            write.execute(AssertSqlSafe(create)).await.map_err(wrong)?;
        }
        let read = pool().connect_with(options.options([("default_transaction_read_only", "on")])).await.map_err(wrong)?;
        Ok(Self {
            write: SqlxPostgresConnector::from_sqlx_postgres_pool(write),
            read: SqlxPostgresConnector::from_sqlx_postgres_pool(read),
            schema: schema.to_owned(),
            lane: RwLock::new(()),
        })
    }
}

/// Runs a work to its end whether or not the asker still waits, as the single writer of SQLite does.
pub(crate) async fn run<T, E, F>(pools: Arc<PostgresPools>, counters: Arc<Counters>, name: &'static str, work: F) -> Result<T, E>
where
    F: for<'t> Fn(&'t Tx) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let begun = Instant::now();
    let task = tokio::spawn(async move {
        let (result, ending, tries) = attempts(&pools, &counters, name, &work).await;
        if matches!(ending, Ending::Committed) {
            counters.committed();
        }
        counters.ended(name, ending, tries, begun.elapsed());
        result
    });
    match task.await {
        Ok(result) => result,
        Err(_) => Err(E::from(StoreError::Closed)),
    }
}

async fn attempts<T, E, F>(pools: &PostgresPools, counters: &Arc<Counters>, name: &'static str, work: &F) -> (Result<T, E>, Ending, u64)
where
    F: for<'t> Fn(&'t Tx) -> BoxFuture<'t, Result<T, E>>,
    E: From<StoreError>,
{
    let mut tries = 0;
    loop {
        tries += 1;
        let attempt = if tries < ALONE_FROM {
            let _shared = pools.lane.read().await;
            attempt(pools, counters, name, work).await
        } else {
            let _alone = pools.lane.write().await;
            attempt(pools, counters, name, work).await
        };
        match attempt {
            Attempt::Committed(value) => return (Ok(value), Ending::Committed, tries),
            Attempt::Refused(error) => return (Err(error), Ending::Refused, tries),
            Attempt::Stopped(error) => return (Err(E::from(error)), Ending::Failed, tries),
            Attempt::Again if tries >= TRIES => return (Err(E::from(StoreError::Conflict)), Ending::Failed, tries),
            Attempt::Unclear(error) if tries >= TRIES_UNSEEN => return (Err(error), Ending::Refused, tries),
            Attempt::Again | Attempt::Unclear(_) => tokio::time::sleep(Duration::from_millis(2 * tries * tries)).await,
        }
    }
}

enum Attempt<T, E> {
    Committed(T),
    /// The work's own error.
    Refused(E),
    /// The server could not order this transaction with others.
    Again,
    /// A statement failed and the work's error does not tell us why.
    Unclear(E),
    Stopped(StoreError),
}

async fn attempt<T, E, F>(pools: &PostgresPools, counters: &Arc<Counters>, name: &'static str, work: &F) -> Attempt<T, E>
where
    F: for<'t> Fn(&'t Tx) -> BoxFuture<'t, Result<T, E>>,
{
    let options = TransactionOptions { isolation_level: Some(IsolationLevel::Serializable), ..TransactionOptions::default() };
    let tx = match pools.write.begin_with_options(options).await {
        Ok(tx) => tx,
        Err(error) => return stopped(StoreError::from(error)),
    };
    let inside = Inside::run(counters, AssertUnwindSafe(work(&tx)).catch_unwind());
    let (ended, met) = match tokio::time::timeout(WORK_LIMIT, inside).await {
        Ok(ended) => ended,
        Err(_) => {
            let _ = tx.rollback().await;
            return Attempt::Stopped(StoreError::WorkTooLong { name, seconds: WORK_LIMIT.as_secs() });
        }
    };
    match ended {
        Ok(Ok(value)) => {
            // A commit after a failed statement is answered as if it were one, but rolls back.
            if let Err(error) = alive(&tx).await {
                let _ = tx.rollback().await;
                return match (met, error) {
                    (Met::Conflict, _) | (_, StoreError::Conflict) => Attempt::Again,
                    (_, error @ StoreError::Unreachable { .. }) => Attempt::Stopped(error),
                    _ => Attempt::Stopped(StoreError::FailureIgnored { name }),
                };
            }
            match tx.commit().await {
                Ok(()) => Attempt::Committed(value),
                Err(error) => stopped(StoreError::from(error)),
            }
        }
        Ok(Err(error)) => {
            let failed = alive(&tx).await.is_err();
            let _ = tx.rollback().await;
            match met {
                Met::Conflict => Attempt::Again,
                Met::Nothing if failed => Attempt::Unclear(error),
                Met::Nothing | Met::Other => Attempt::Refused(error),
            }
        }
        Err(_) => {
            let _ = tx.rollback().await;
            Attempt::Stopped(StoreError::WorkPanicked { name })
        }
    }
}

fn stopped<T, E>(error: StoreError) -> Attempt<T, E> {
    if error == StoreError::Conflict { Attempt::Again } else { Attempt::Stopped(error) }
}

async fn alive(tx: &Tx) -> Result<(), StoreError> {
    tx.execute_raw(Statement::from_string(DbBackend::Postgres, "SELECT 1")).await?;
    Ok(())
}
