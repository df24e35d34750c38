//! The worker: takes due jobs under a lease, runs their handlers, and writes down how they ended.
//!
//! A lease is a time in the table. A worker that is killed renews nothing, so its jobs are taken up again when the time is over;
//! a worker that only seemed dead finds that its lease went to another (`attempts` has moved on) and writes nothing more.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, join_all};
use rand::rngs::StdRng;
use rand_core::Rng as _;
use sea_orm::sea_query::{Condition, Expr, LockBehavior, LockType};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbBackend, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use serde::de::DeserializeOwned;
use thiserror::Error;
use time::OffsetDateTime;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::rows::{Column, Entity, Model};
use super::{JobState, Jobs, place};
use crate::error::StoreError;
use crate::store::Store;
use crate::time::{Clock, Entropy, unix};
use crate::work;

/// How long a worker may be silent before its jobs are taken up by another.
pub(super) const LEASE: Duration = Duration::from_secs(60);
/// How many jobs run side by side in one worker.
const TOGETHER: u64 = 8;
/// Seconds until an urgent job is tried again.
const URGENT_WAIT: i64 = 15;
/// After so many attempts a job is given up: with waits of 4^n seconds this is about a day.
const ATTEMPTS: i32 = 8;

/// Why a handler did not end well. Codes are words of the program, never text of a person.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum JobError {
    /// May succeed later: runs again after 4^n seconds.
    #[error("to be tried again: {code}")]
    Retry {
        /// Why.
        code: &'static str,
    },
    /// Somebody waits for it: runs again after 15 seconds, for as long as it takes.
    #[error("to be tried again at once: {code}")]
    Urgent {
        /// Why.
        code: &'static str,
    },
    /// Will never succeed: given up at once.
    #[error("given up: {code}")]
    Fail {
        /// Why.
        code: &'static str,
    },
    /// Needs a team key that no unlocked member has brought.
    #[error("needs a key")]
    NeedsKey,
    /// Somebody cancelled it, or its lease went to another worker: stop without writing anything.
    #[error("cancelled")]
    Cancelled,
    /// The database failed; tried again.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a handler is given beside its payload.
#[derive(Clone)]
pub struct JobContext {
    /// The store.
    pub store: Store,
    /// Whose job it is.
    pub organisation: Uuid,
    /// The job.
    pub id: Uuid,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Which attempt this is, from 1; also the mark by which the table knows this lease.
    pub attempt: i32,
}

impl JobContext {
    /// Says how far the job is and renews its lease.
    ///
    /// # Errors
    /// [`JobError::Cancelled`] when the job is no longer this worker's: hand it on.
    pub async fn progress(&self, done: i64, total: i64) -> Result<(), JobError> {
        self.renew(Some((done, total))).await
    }

    /// Ends the job well in the handler's own transaction, so that its effect and its end are one. A handler that does this and
    /// returns `Ok` does its work exactly once.
    ///
    /// # Errors
    /// [`JobError::Cancelled`] when the job is no longer this worker's: hand it on, so that the transaction is rolled back.
    pub async fn done_in(&self, tx: &impl ConnectionTrait) -> Result<(), JobError> {
        let ended = self.end(tx, End { state: JobState::Done, due: None, failure: None, keep_attempt: true }).await?;
        if ended { Ok(()) } else { Err(JobError::Cancelled) }
    }

    async fn renew(&self, progress: Option<(i64, i64)>) -> Result<(), JobError> {
        let this = self.clone();
        let until = unix(self.clock.now() + LEASE);
        let ours = self.store.content().tx(
            "jobs.progress",
            work!([this], |tx| {
                let mut update = Entity::update_many().col_expr(Column::LeaseUntil, Expr::value(until)).filter(this.mine());
                if let Some((done, total)) = progress {
                    update = update.col_expr(Column::ProgressDone, Expr::value(done)).col_expr(Column::ProgressTotal, Expr::value(total));
                }
                Ok::<_, StoreError>(update.exec(tx).await?.rows_affected > 0)
            }),
        );
        if ours.await? { Ok(()) } else { Err(JobError::Cancelled) }
    }

    /// The row while this lease holds.
    fn mine(&self) -> Condition {
        Condition::all()
            .add(Column::Organisation.eq(self.organisation))
            .add(Column::Id.eq(self.id))
            .add(Column::State.eq(JobState::Running.as_str()))
            .add(Column::Attempts.eq(self.attempt))
    }

    async fn end(&self, tx: &impl ConnectionTrait, end: End) -> Result<bool, StoreError> {
        let mut update = Entity::update_many()
            .col_expr(Column::State, Expr::value(end.state.as_str()))
            .col_expr(Column::LeaseUntil, Expr::value(None::<i64>))
            .col_expr(Column::Failure, Expr::value(end.failure.map(str::to_owned)))
            .filter(self.mine());
        if let Some(due) = end.due {
            update = update.col_expr(Column::Due, Expr::value(due));
        }
        if !end.keep_attempt {
            update = update.col_expr(Column::Attempts, Expr::value(self.attempt - 1));
        }
        if end.state == JobState::Done {
            update = update.col_expr(Column::Payload, Expr::value(Vec::<u8>::new()));
        }
        Ok(update.exec(tx).await?.rows_affected > 0)
    }
}

#[derive(Clone, Copy)]
struct End {
    state: JobState,
    due: Option<i64>,
    failure: Option<&'static str>,
    /// Waiting for a key is nobody's failed attempt.
    keep_attempt: bool,
}

type Handler = Arc<dyn Fn(JobContext, Zeroizing<Vec<u8>>) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync>;

/// Which handler runs which kind and version of job.
#[derive(Clone, Default)]
pub struct Handlers {
    by_kind: BTreeMap<(String, i32), Handler>,
}

impl Handlers {
    /// No handlers yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Has `handler` run the jobs of this kind and version. Effects must bear being begun again: a worker can be killed at any
    /// point ([`JobContext::done_in`] makes effects in the database exact).
    #[must_use]
    pub fn register<P, F, R>(mut self, kind: &str, version: i32, handler: F) -> Self
    where
        P: DeserializeOwned + Send + 'static,
        F: Fn(JobContext, P) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let handler: Handler = Arc::new(move |context, payload| match serde_json::from_slice::<P>(&payload) {
            Ok(payload) => Box::pin(handler(context, payload)),
            Err(_) => Box::pin(async { Err(JobError::Fail { code: "payload" }) }),
        });
        self.by_kind.insert((kind.to_owned(), version), handler);
        self
    }
}

/// What one round of the worker did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ran {
    /// Ended well.
    pub done: u32,
    /// To be tried again.
    pub again: u32,
    /// Given up.
    pub failed: u32,
    /// Wait for a key.
    pub waiting_for_key: u32,
    /// Cancelled, or lost to another worker.
    pub cancelled: u32,
}

impl Jobs {
    /// Runs every job of the organisation that is due and has a handler, until none is left; the worker calls this every second.
    /// Jobs without a handler stay where they are: another zone's worker or a newer version has it.
    ///
    /// # Errors
    /// When the database refuses; jobs that were taken up are taken up again when their lease is over.
    pub async fn run_due(
        &self,
        store: &Store,
        organisation: Uuid,
        handlers: &Handlers,
        clock: &Arc<dyn Clock>,
        entropy: &Arc<dyn Entropy>,
    ) -> Result<Ran, StoreError> {
        let mut ran = Ran::default();
        loop {
            let taken = take(store, organisation, handlers, clock.now()).await?;
            if taken.is_empty() {
                return Ok(ran);
            }
            let running = taken.into_iter().map(|job| {
                let context = JobContext {
                    store: store.clone(),
                    organisation,
                    id: job.id,
                    clock: Arc::clone(clock),
                    entropy: Arc::clone(entropy),
                    attempt: job.attempts,
                };
                self.run_one(context, job, handlers)
            });
            for state in join_all(running).await {
                match state? {
                    JobState::Done => ran.done += 1,
                    JobState::Waiting | JobState::Running => ran.again += 1,
                    JobState::Failed => ran.failed += 1,
                    JobState::WaitingForKey => ran.waiting_for_key += 1,
                    JobState::Cancelled => ran.cancelled += 1,
                }
            }
        }
    }

    async fn run_one(&self, context: JobContext, job: Model, handlers: &Handlers) -> Result<JobState, StoreError> {
        let Some(handler) = handlers.by_kind.get(&(job.kind.clone(), job.version)) else { return Ok(JobState::Running) };
        let result = if job.attempts > ATTEMPTS {
            // Each of the attempts before took its worker down with it.
            Err(JobError::Fail { code: "worker lost" })
        } else {
            match self.ring.open(&place(job.organisation, &job.kind, job.id), &job.payload) {
                Ok(payload) => guarded(&context, self.heartbeat, handler(context.clone(), payload)).await,
                Err(_) => Err(JobError::Retry { code: "sealed" }),
            }
        };
        let Some(end) = ending(&result, job.attempts, context.clock.now(), &mut context.entropy.rng()) else {
            return Ok(JobState::Cancelled);
        };
        let this = context.clone();
        context.store.content().tx("jobs.end", work!([this], |tx| this.end(tx, end).await)).await?;
        Ok(end.state)
    }
}

/// Runs a handler under its lease: renews it, and drops the handler when the job is no longer this worker's.
async fn guarded(context: &JobContext, heartbeat: Duration, handler: BoxFuture<'static, Result<(), JobError>>) -> Result<(), JobError> {
    let mut handler = AssertUnwindSafe(handler).catch_unwind();
    loop {
        tokio::select! {
            ended = &mut handler => return ended.unwrap_or(Err(JobError::Retry { code: "panicked" })),
            // Any other failure may pass before the lease is over.
            () = tokio::time::sleep(heartbeat) => if let Err(JobError::Cancelled) = context.renew(None).await {
                return Err(JobError::Cancelled);
            },
        }
    }
}

fn ending(result: &Result<(), JobError>, attempts: i32, now: OffsetDateTime, rng: &mut StdRng) -> Option<End> {
    let mut again = |code| {
        if attempts >= ATTEMPTS {
            End { state: JobState::Failed, due: None, failure: Some(code), keep_attempt: true }
        } else {
            End { state: JobState::Waiting, due: Some(unix(now) + wait(attempts, rng)), failure: Some(code), keep_attempt: true }
        }
    };
    match result {
        Ok(()) => Some(End { state: JobState::Done, due: None, failure: None, keep_attempt: true }),
        Err(JobError::Retry { code }) => Some(again(code)),
        Err(JobError::Store(_)) => Some(again("database")),
        // No attempt is counted: somebody waits, and it must not be given up.
        Err(JobError::Urgent { code }) => {
            Some(End { state: JobState::Waiting, due: Some(unix(now) + URGENT_WAIT), failure: Some(code), keep_attempt: false })
        }
        Err(JobError::Fail { code }) => Some(End { state: JobState::Failed, due: None, failure: Some(code), keep_attempt: true }),
        Err(JobError::NeedsKey) => Some(End { state: JobState::WaitingForKey, due: None, failure: None, keep_attempt: false }),
        Err(JobError::Cancelled) => None,
    }
}

/// Seconds until the next attempt: 4^n, and up to a quarter more so that jobs which failed together do not return together.
fn wait(attempts: i32, rng: &mut StdRng) -> i64 {
    let base = 4_i64.saturating_pow(attempts.clamp(1, 15).unsigned_abs());
    let quarter = (base / 4).unsigned_abs();
    base + i64::try_from(rng.next_u64() % (quarter + 1)).unwrap_or_default()
}

/// Takes up to [`TOGETHER`] jobs: those that are due, and those whose worker went silent.
async fn take(store: &Store, organisation: Uuid, handlers: &Handlers, now: OffsetDateTime) -> Result<Vec<Model>, StoreError> {
    let kinds: Vec<(String, i32)> = handlers.by_kind.keys().cloned().collect();
    let due = Condition::any()
        .add(Condition::all().add(Column::State.eq(JobState::Waiting.as_str())).add(Column::Due.lte(unix(now))))
        .add(Condition::all().add(Column::State.eq(JobState::Running.as_str())).add(Column::LeaseUntil.lte(unix(now))));
    let handled = kinds.into_iter().fold(Condition::any(), |any, (kind, version)| {
        any.add(Condition::all().add(Column::Kind.eq(kind)).add(Column::Version.eq(version)))
    });
    if handled.is_empty() {
        return Ok(Vec::new());
    }
    let find = Entity::find()
        .filter(Column::Organisation.eq(organisation))
        .filter(due)
        .filter(handled)
        .order_by_asc(Column::Due)
        .order_by_asc(Column::Id)
        .limit(TOGETHER);
    // Most rounds find nothing: a look without the write lock is enough for them.
    if find.clone().one(store.content().read()).await?.is_none() {
        return Ok(Vec::new());
    }
    let until = unix(now + LEASE);
    store
        .content()
        .tx(
            "jobs.take",
            work!([find], |tx| {
                let find = match tx.get_database_backend() {
                    DbBackend::Postgres => find.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked),
                    _ => find,
                };
                let mut taken = find.all(tx).await?;
                for job in &mut taken {
                    job.attempts += 1;
                    Entity::update_many()
                        .col_expr(Column::State, Expr::value(JobState::Running.as_str()))
                        .col_expr(Column::Attempts, Expr::value(job.attempts))
                        .col_expr(Column::LeaseUntil, Expr::value(until))
                        .filter(Column::Organisation.eq(job.organisation))
                        .filter(Column::Id.eq(job.id))
                        .exec(tx)
                        .await?;
                }
                Ok::<_, StoreError>(taken)
            }),
        )
        .await
}
