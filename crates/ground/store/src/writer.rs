//! SQLite's single writer with group commit.
//!
//! Works queue up while the disk makes the last transaction durable; then they run one after another in one IMMEDIATE transaction,
//! each in a savepoint of its own, and one commit makes all of them durable. Nobody is answered before that commit, not even a
//! work that refused: what it saw may have been written by a neighbour whose commit is still to come.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DbBackend, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait as _,
};
use tokio::sync::{mpsc, oneshot};

use crate::counters::{Counters, Ending};
use crate::error::{Inside, StoreError};
use crate::sqlite::SqliteFile;
use crate::{Tx, WORK_LIMIT};

/// How many works may share one commit; bounds how long the first of them waits for the last.
const BATCH: usize = 64;
/// How many works may wait before the asker has to wait to ask.
const QUEUE: usize = 1024;

/// How long cutting the log waits for readers.
const PATIENCE: Duration = Duration::from_millis(250);

/// What a tried work ended in, as far as the writer needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tried {
    /// It wants its savepoint kept.
    Keep,
    /// Its own error: roll back to the savepoint.
    Refused,
}

/// A queued work with its types erased.
pub(crate) trait Work: Send {
    fn name(&self) -> &'static str;
    /// Runs the work and keeps its result. May be called again after a failed commit.
    fn run<'a>(&'a mut self, tx: &'a Tx) -> BoxFuture<'a, Tried>;
    /// Drops the result of a run that was rolled back: what it saw may never have been.
    fn forget(&mut self);
    /// Answers the asker: with the kept result, or with `trouble` where there is no own error to give.
    fn answer(self: Box<Self>, trouble: Option<StoreError>);
    /// What [`Work::answer`] will say, so that it can be counted before anybody knows.
    fn ending(&self, trouble: Option<&StoreError>) -> Ending;
    /// Nobody waits for the answer any more.
    fn abandoned(&self) -> bool;
}

pub(crate) struct TypedWork<F, T, E> {
    pub(crate) name: &'static str,
    pub(crate) work: F,
    pub(crate) result: Option<Result<T, E>>,
    pub(crate) asker: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Work for TypedWork<F, T, E>
where
    F: for<'t> Fn(&'t Tx) -> BoxFuture<'t, Result<T, E>> + Send + Sync,
    T: Send,
    E: From<StoreError> + Send,
{
    fn name(&self) -> &'static str {
        self.name
    }

    fn run<'a>(&'a mut self, tx: &'a Tx) -> BoxFuture<'a, Tried> {
        Box::pin(async move {
            let result = (self.work)(tx).await;
            let tried = if result.is_ok() { Tried::Keep } else { Tried::Refused };
            self.result = Some(result);
            tried
        })
    }

    fn forget(&mut self) {
        self.result = None;
    }

    fn answer(self: Box<Self>, trouble: Option<StoreError>) {
        let Self { result, asker, .. } = *self;
        let answer = match (result, trouble) {
            // The work's own error says more: it names the statement's failure in the zone's words.
            (Some(Err(error)), _) => Err(error),
            (Some(Ok(value)), None) => Ok(value),
            (_, Some(trouble)) => Err(E::from(trouble)),
            (None, None) => Err(E::from(StoreError::Closed)),
        };
        // The asker may have gone; what is committed stays.
        let _ = asker.send(answer);
    }

    fn ending(&self, trouble: Option<&StoreError>) -> Ending {
        match (&self.result, trouble) {
            (Some(Ok(_)), None) => Ending::Committed,
            (Some(Err(_)), None) => Ending::Refused,
            (_, Some(_)) | (None, None) => Ending::Failed,
        }
    }

    fn abandoned(&self) -> bool {
        self.asker.is_closed()
    }
}

struct Queued {
    work: Box<dyn Work>,
    /// Set when the work stopped in a way that it could not report itself.
    trouble: Option<StoreError>,
    since: Instant,
    tries: u64,
}

enum Command {
    Work(Queued),
    Truncate(oneshot::Sender<Result<(), StoreError>>),
    Close(oneshot::Sender<()>),
}

/// The handle by which works reach the writer.
#[derive(Clone)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Command>,
}

impl Writer {
    pub(crate) fn start(file: SqliteFile, connection: DatabaseConnection, counters: Arc<Counters>) -> Self {
        let (queue, commands) = mpsc::channel(QUEUE);
        tokio::spawn(Loop { file, connection: Some(connection), counters, commands }.run());
        Self { queue }
    }

    pub(crate) async fn work(&self, work: Box<dyn Work>) -> Result<(), StoreError> {
        let queued = Queued { work, trouble: None, since: Instant::now(), tries: 0 };
        self.queue.send(Command::Work(queued)).await.map_err(|_| StoreError::Closed)
    }

    pub(crate) async fn truncate(&self) -> Result<(), StoreError> {
        let (answer, answered) = oneshot::channel();
        self.queue.send(Command::Truncate(answer)).await.map_err(|_| StoreError::Closed)?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    pub(crate) async fn close(&self) {
        let (answer, answered) = oneshot::channel();
        if self.queue.send(Command::Close(answer)).await.is_ok() {
            let _ = answered.await;
        }
    }
}

struct Loop {
    file: SqliteFile,
    /// None after a transaction that ended by itself: the driver and SQLite no longer agree about that connection.
    connection: Option<DatabaseConnection>,
    counters: Arc<Counters>,
    commands: mpsc::Receiver<Command>,
}

/// The transaction is gone or in doubt: what it held must be run again, on a fresh connection.
struct Broken(StoreError);

impl Loop {
    async fn run(mut self) {
        let mut commands = Vec::with_capacity(BATCH);
        while self.commands.recv_many(&mut commands, BATCH).await > 0 {
            let mut batch = Vec::with_capacity(commands.len());
            for command in commands.drain(..) {
                match command {
                    Command::Work(queued) if queued.work.abandoned() => drop(queued),
                    Command::Work(queued) => batch.push(queued),
                    Command::Truncate(answer) => {
                        // What was asked for before must be in the file that is cut.
                        self.settle(std::mem::take(&mut batch)).await;
                        let _ = answer.send(self.truncate().await);
                    }
                    Command::Close(answer) => {
                        self.settle(std::mem::take(&mut batch)).await;
                        self.commands.close();
                        self.abandon_connection().await;
                        let _ = answer.send(());
                        return;
                    }
                }
            }
            self.settle(batch).await;
        }
        self.abandon_connection().await;
    }

    /// Runs a batch in one transaction; when that breaks, each of its works alone, so that one cannot take the others down.
    async fn settle(&mut self, mut batch: Vec<Queued>) {
        if batch.is_empty() {
            return;
        }
        match self.together(&mut batch).await {
            Ok(()) => self.answer(batch, None),
            Err(Broken(trouble)) if batch.len() == 1 || trouble == StoreError::Busy => {
                // Another program holds the lock: each work alone would only wait as long again.
                self.answer(batch, Some(trouble));
            }
            Err(Broken(trouble)) => {
                tracing::warn!(works = batch.len(), %trouble, "a shared commit failed; its works are run one by one");
                for queued in batch {
                    let mut alone = vec![queued];
                    let trouble = self.together(&mut alone).await.err().map(|Broken(trouble)| trouble);
                    self.answer(alone, trouble);
                }
            }
        }
    }

    fn answer(&self, batch: Vec<Queued>, trouble: Option<StoreError>) {
        for Queued { work, trouble: own, since, tries } in batch {
            let name = work.name();
            let trouble = own.or_else(|| trouble.clone());
            self.counters.ended(name, work.ending(trouble.as_ref()), tries, since.elapsed());
            work.answer(trouble);
        }
    }

    async fn together(&mut self, batch: &mut [Queued]) -> Result<(), Broken> {
        let ended = self.in_one_transaction(batch).await;
        if let Err(Broken(trouble)) = &ended
            && *trouble != StoreError::Busy
        {
            self.abandon_connection().await;
        }
        ended
    }

    async fn in_one_transaction(&mut self, batch: &mut [Queued]) -> Result<(), Broken> {
        for queued in batch.iter_mut() {
            queued.work.forget();
            queued.trouble = None;
        }
        let broken = |error| Broken(StoreError::from(error));
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
        let outer = self.connection().await.map_err(Broken)?.begin_with_options(options).await.map_err(broken)?;
        let mut kept = false;
        for queued in batch.iter_mut() {
            kept |= one(&outer, queued, &self.counters).await?;
        }
        if kept {
            outer.commit().await.map_err(broken)?;
            self.counters.committed();
        } else {
            outer.rollback().await.map_err(broken)?;
        }
        Ok(())
    }

    async fn connection(&mut self) -> Result<&DatabaseConnection, StoreError> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.file.write_connection().await?,
        };
        Ok(self.connection.insert(connection))
    }

    /// SQLite may roll a whole transaction back by itself, for example when the disk is full. The driver then counts savepoints
    /// that are not there, and the next statement would be committed on its own; so that connection is never used again.
    async fn abandon_connection(&mut self) {
        if let Some(connection) = self.connection.take() {
            let _ = connection.close().await;
        }
    }

    async fn truncate(&mut self) -> Result<(), StoreError> {
        let pragma = |text: String| Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {text}"));
        let usual = self.file.busy_timeout().as_millis();
        let connection = self.connection().await?;
        // While it waits for a reader nobody can write, and a copy that is being made reads for long.
        connection.query_one_raw(pragma(format!("busy_timeout = {}", PATIENCE.as_millis()))).await?;
        let row = connection.query_one_raw(pragma("wal_checkpoint(TRUNCATE)".to_owned())).await;
        connection.query_one_raw(pragma(format!("busy_timeout = {usual}"))).await?;
        let row = row?;
        let busy: i32 = match row {
            Some(row) => row.try_get_by_index(0)?,
            None => 1,
        };
        // A reader still needs the old pages: the caller tries again later.
        if busy == 0 { Ok(()) } else { Err(StoreError::Busy) }
    }
}

/// Runs one work in its savepoint; true when it is kept.
async fn one(outer: &Tx, queued: &mut Queued, counters: &Arc<Counters>) -> Result<bool, Broken> {
    queued.tries += 1;
    let broken = |error| Broken(StoreError::from(error));
    let savepoint = outer.begin().await.map_err(broken)?;
    let name = queued.work.name();
    let work = Inside::run(counters, AssertUnwindSafe(queued.work.run(&savepoint)).catch_unwind());
    let trouble = match tokio::time::timeout(WORK_LIMIT, work).await {
        Ok((Ok(Tried::Keep), _)) => {
            savepoint.commit().await.map_err(broken)?;
            return Ok(true);
        }
        Ok((Ok(Tried::Refused), _)) => None,
        Ok((Err(_), _)) => Some(StoreError::WorkPanicked { name }),
        Err(_) => Some(StoreError::WorkTooLong { name, seconds: WORK_LIMIT.as_secs() }),
    };
    queued.trouble = trouble;
    savepoint.rollback().await.map_err(broken)?;
    Ok(false)
}
