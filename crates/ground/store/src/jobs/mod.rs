//! Long work is a job: typed, versioned, put into the table in the transaction of the change that caused it, run by a worker under
//! a lease, visible and cancellable. Its payload is service-sealed; what is clear is its kind, state, times and counts.

mod rows;
mod run;

use std::time::Duration;

use plainsight_vault::{ColumnPlace, DataKeyRing};
use rand_core::CryptoRng;
use sea_orm::sea_query::{ColumnDef, Expr, Index, Table};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbBackend, EntityTrait as _, QueryFilter as _, QueryOrder as _, Set, Statement, StatementBuilder,
};
use serde::Serialize;
use time::OffsetDateTime;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::migrate::keyed_table;
use crate::time::{from_unix, unix};
use rows::{ActiveModel, Column, Entity};
pub use run::{Handlers, JobContext, JobError, Ran};

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobState {
    /// Will run when it is due.
    Waiting,
    /// A worker holds its lease.
    Running,
    /// Ended well; the payload is gone.
    Done,
    /// Given up; the payload is kept so that somebody can have it run again.
    Failed,
    /// Stopped by somebody; the payload is gone.
    Cancelled,
    /// Needs a team key: runs when an unlocked member brings one.
    WaitingForKey,
}

impl JobState {
    const ALL: [Self; 6] = [Self::Waiting, Self::Running, Self::Done, Self::Failed, Self::Cancelled, Self::WaitingForKey];

    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::WaitingForKey => "waiting for a key",
        }
    }

    fn parse(word: &str) -> Result<Self, StoreError> {
        let found = Self::ALL.into_iter().find(|state| state.as_str() == word);
        found.ok_or_else(|| StoreError::Shape { what: "jobs.state".to_owned() })
    }
}

/// A job to be done.
#[derive(Clone, Copy, Debug)]
pub struct NewJob<'a, P> {
    /// Whose job it is.
    pub organisation: Uuid,
    /// `<zone>.<what>`, for example `helpline.page`. The zone is bound into the seal of the payload.
    pub kind: &'a str,
    /// The version of the payload's shape; a handler is registered for each one that can still be in the table.
    pub version: i32,
    /// What the handler is given.
    pub payload: &'a P,
    /// Not before this time.
    pub due: OffsetDateTime,
}

/// A job as lists show it, without its payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    /// Its id.
    pub id: Uuid,
    /// `<zone>.<what>`.
    pub kind: String,
    /// The version of its payload.
    pub version: i32,
    /// Where it stands.
    pub state: JobState,
    /// When it runs, or ran.
    pub due: OffsetDateTime,
    /// How often a worker has taken it up.
    pub attempts: i32,
    /// Steps done and steps in all, once the handler has said so.
    pub progress: Option<(i64, i64)>,
    /// The code of the last failure.
    pub failure: Option<String>,
}

/// The jobs of an organisation's zone, whose ring seals the payloads.
#[derive(Clone, Debug)]
pub struct Jobs {
    ring: DataKeyRing,
    heartbeat: Duration,
}

impl Jobs {
    /// The jobs whose payloads this ring seals.
    pub fn new(ring: DataKeyRing) -> Self {
        Self { ring, heartbeat: run::LEASE / 3 }
    }

    /// Renews the leases of running jobs, and looks whether they were cancelled, this often instead of every 20 s.
    #[must_use]
    pub fn with_heartbeat(mut self, heartbeat: Duration) -> Self {
        self.heartbeat = heartbeat;
        self
    }

    /// Puts a job into the table, in the caller's transaction.
    ///
    /// # Errors
    /// When the payload does not serialise or the database refuses.
    pub async fn enqueue<P: Serialize>(
        &self,
        tx: &impl ConnectionTrait,
        job: &NewJob<'_, P>,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Uuid, StoreError> {
        let mut id = [0; 16];
        rng.fill_bytes(&mut id);
        let id = uuid::Builder::from_random_bytes(id).into_uuid();
        let plain = serde_json::to_vec(job.payload).map_err(|_| StoreError::Shape { what: format!("the payload of {}", job.kind) })?;
        let plain = Zeroizing::new(plain);
        let row = ActiveModel {
            organisation: Set(job.organisation),
            id: Set(id),
            kind: Set(job.kind.to_owned()),
            version: Set(job.version),
            state: Set(JobState::Waiting.as_str().to_owned()),
            due: Set(unix(job.due)),
            attempts: Set(0),
            lease_until: Set(None),
            progress_done: Set(None),
            progress_total: Set(None),
            failure: Set(None),
            payload: Set(self.ring.seal(&place(job.organisation, job.kind, id), &plain, rng)),
        };
        Entity::insert(row).exec_without_returning(tx).await?;
        Ok(id)
    }

    /// Stops a job. One that waits never runs; one that runs is told at its next step, and what it commits after that is its own.
    /// Answers whether there was something to stop.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn cancel(tx: &impl ConnectionTrait, organisation: Uuid, id: Uuid) -> Result<bool, StoreError> {
        let stoppable = [JobState::Waiting, JobState::Running, JobState::WaitingForKey].map(JobState::as_str);
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(JobState::Cancelled.as_str()))
            .col_expr(Column::LeaseUntil, Expr::value(None::<i64>))
            .col_expr(Column::Payload, Expr::value(Vec::<u8>::new()))
            .filter(Column::Organisation.eq(organisation))
            .filter(Column::Id.eq(id))
            .filter(Column::State.is_in(stoppable))
            .exec(tx)
            .await?;
        Ok(done.rows_affected > 0)
    }

    /// Lets the jobs that wait for a key run: to be called when a member unlocks. Answers how many there were.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn key_arrived(tx: &impl ConnectionTrait, organisation: Uuid, now: OffsetDateTime) -> Result<u64, StoreError> {
        Self::put_back(tx, organisation, None, JobState::WaitingForKey, now).await
    }

    /// Has a job that was given up run again. Answers whether it was there.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn run_again(tx: &impl ConnectionTrait, organisation: Uuid, id: Uuid, now: OffsetDateTime) -> Result<bool, StoreError> {
        Ok(Self::put_back(tx, organisation, Some(id), JobState::Failed, now).await? > 0)
    }

    async fn put_back(
        tx: &impl ConnectionTrait,
        organisation: Uuid,
        id: Option<Uuid>,
        from: JobState,
        now: OffsetDateTime,
    ) -> Result<u64, StoreError> {
        let mut update = Entity::update_many()
            .col_expr(Column::State, Expr::value(JobState::Waiting.as_str()))
            .col_expr(Column::Due, Expr::value(unix(now)))
            .filter(Column::Organisation.eq(organisation))
            .filter(Column::State.eq(from.as_str()));
        if let Some(id) = id {
            update = update.col_expr(Column::Attempts, Expr::value(0)).filter(Column::Id.eq(id));
        }
        Ok(update.exec(tx).await?.rows_affected)
    }

    /// The jobs of an organisation by the time they are due, without payloads. `state` narrows the list.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn list(read: &impl ConnectionTrait, organisation: Uuid, state: Option<JobState>) -> Result<Vec<JobRow>, StoreError> {
        let mut find = Entity::find().filter(Column::Organisation.eq(organisation));
        if let Some(state) = state {
            find = find.filter(Column::State.eq(state.as_str()));
        }
        let rows = find.order_by_asc(Column::Due).order_by_asc(Column::Id).all(read).await?;
        rows.into_iter()
            .map(|row| {
                Ok(JobRow {
                    id: row.id,
                    state: JobState::parse(&row.state)?,
                    kind: row.kind,
                    version: row.version,
                    due: from_unix(row.due),
                    attempts: row.attempts,
                    progress: row.progress_done.zip(row.progress_total),
                    failure: row.failure,
                })
            })
            .collect()
    }

    /// Deletes jobs that were due before `before` and ended well or were cancelled. Answers how many.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn forget_ended(tx: &impl ConnectionTrait, organisation: Uuid, before: OffsetDateTime) -> Result<u64, StoreError> {
        let ended = Entity::delete_many()
            .filter(Column::Organisation.eq(organisation))
            .filter(Column::State.is_in([JobState::Done, JobState::Cancelled].map(JobState::as_str)))
            .filter(Column::Due.lt(unix(before)))
            .exec(tx)
            .await?;
        Ok(ended.rows_affected)
    }
}

fn place(organisation: Uuid, kind: &str, id: Uuid) -> ColumnPlace<'_> {
    let zone = kind.split_once('.').map_or(kind, |(zone, _)| zone);
    ColumnPlace { organisation, zone, table: "jobs", row: id, column: "payload" }
}

pub(crate) fn table(backend: DbBackend) -> Vec<Statement> {
    let mut table = Table::create();
    table
        .table("jobs")
        .col(ColumnDef::new("organisation").uuid().not_null())
        .col(ColumnDef::new("id").uuid().not_null())
        .col(ColumnDef::new("kind").text().not_null())
        .col(ColumnDef::new("version").integer().not_null())
        .col(ColumnDef::new("state").text().not_null())
        .col(ColumnDef::new("due").big_integer().not_null())
        .col(ColumnDef::new("attempts").integer().not_null())
        .col(ColumnDef::new("lease_until").big_integer())
        .col(ColumnDef::new("progress_done").big_integer())
        .col(ColumnDef::new("progress_total").big_integer())
        .col(ColumnDef::new("failure").text())
        .col(ColumnDef::new("payload").blob().not_null())
        .primary_key(Index::create().col("organisation").col("id"));
    let mut due = Index::create();
    due.name("jobs_due").table("jobs").col("organisation").col("state").col("due");
    vec![keyed_table(backend, &mut table), StatementBuilder::build(&due, &backend)]
}
