//! Jobs: enqueued with the change, run under a lease, visible, cancellable.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use plainsight_store::{Clock, Entropy, Handlers, JobError, JobState, Jobs, NewJob, Ran, Store, StoreError, work};
use plainsight_testkit::{TestClock, TestDb, TestEntropy, on_both};
use plainsight_vault::DataKeyRing;
use sea_orm::{ConnectionTrait as _, Statement};
use serde::{Deserialize, Serialize};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::trial;

const ORGANISATION: Uuid = Uuid::from_u128(1);
const START: OffsetDateTime = datetime!(2026-01-01 00:00 UTC);

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Page {
    number: u128,
}

struct Worker {
    store: Store,
    jobs: Jobs,
    clock: Arc<TestClock>,
    entropy: Arc<dyn Entropy>,
}

impl Worker {
    fn new(db: &TestDb) -> Self {
        Self {
            store: db.store().clone(),
            jobs: Jobs::new(DataKeyRing::new(1, &[5; 32])),
            clock: Arc::new(TestClock::at(START)),
            entropy: Arc::new(TestEntropy::new(3)),
        }
    }

    async fn enqueue(&self, number: u128, due: OffsetDateTime) -> Uuid {
        let (jobs, entropy) = (self.jobs.clone(), Arc::clone(&self.entropy));
        let enqueued: Result<Uuid, StoreError> = self
            .store
            .content()
            .tx(
                "trial.enqueue",
                work!([jobs, entropy], |tx| {
                    let job = NewJob { organisation: ORGANISATION, kind: "trial.page", version: 1, payload: &Page { number }, due };
                    jobs.enqueue(tx, &job, &mut entropy.rng()).await
                }),
            )
            .await;
        enqueued.unwrap()
    }

    async fn run(&self, handlers: &Handlers) -> Ran {
        let clock: Arc<dyn Clock> = self.clock.clone();
        self.jobs.run_due(&self.store, ORGANISATION, handlers, &clock, &self.entropy).await.unwrap()
    }

    async fn state(&self, id: Uuid) -> JobState {
        let list = Jobs::list(self.store.content().read(), ORGANISATION, None).await.unwrap();
        list.into_iter().find(|job| job.id == id).unwrap().state
    }

    async fn payload(&self, id: Uuid) -> Vec<u8> {
        let read = self.store.content().read();
        let select = Statement::from_sql_and_values(self.store.content().backend(), "SELECT payload FROM jobs WHERE id = $1", [id.into()]);
        read.query_one_raw(select).await.unwrap().unwrap().try_get_by_index(0).unwrap()
    }
}

/// A handler that writes a note with the payload's number, in the transaction that ends the job.
fn writing() -> Handlers {
    Handlers::new().register("trial.page", 1, |job, page: Page| async move {
        let context = job.clone();
        job.store
            .content()
            .tx(
                "trial.page",
                work!([context, page], |tx| {
                    trial::put(tx, trial::id(1, page.number), b"").await?;
                    context.done_in(tx).await
                }),
            )
            .await
    })
}

#[tokio::test]
async fn a_due_job_runs_once_and_its_payload_goes() {
    on_both(trial::migrations(), |db| async move {
        let worker = Worker::new(&db);
        let now = worker.enqueue(1, START).await;
        let later = worker.enqueue(2, START + Duration::hours(1)).await;
        assert!(!worker.payload(now).await.is_empty());
        assert_eq!(worker.run(&writing()).await, Ran { done: 1, ..Ran::default() });
        assert_eq!(worker.run(&writing()).await, Ran::default());
        assert_eq!(trial::ids(db.content().read(), 1).await, [1]);
        assert_eq!((worker.state(now).await, worker.state(later).await), (JobState::Done, JobState::Waiting));
        assert!(worker.payload(now).await.is_empty());
        worker.clock.advance(Duration::hours(1));
        assert_eq!(worker.run(&writing()).await, Ran { done: 1, ..Ran::default() });
        assert_eq!(trial::ids(db.content().read(), 1).await, [1, 2]);
    })
    .await;
}

#[tokio::test]
async fn a_job_is_there_exactly_when_the_change_that_caused_it_is() {
    on_both(trial::migrations(), |db| async move {
        let worker = Worker::new(&db);
        let (jobs, entropy) = (worker.jobs.clone(), Arc::clone(&worker.entropy));
        let refused: Result<(), StoreError> = db
            .content()
            .tx(
                "trial.refused",
                work!([jobs, entropy], |tx| {
                    let job =
                        NewJob { organisation: ORGANISATION, kind: "trial.page", version: 1, payload: &Page { number: 1 }, due: START };
                    jobs.enqueue(tx, &job, &mut entropy.rng()).await?;
                    Err(StoreError::Shape { what: "refused".to_owned() })
                }),
            )
            .await;
        assert!(refused.is_err());
        assert_eq!(Jobs::list(db.content().read(), ORGANISATION, None).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_fails_waits_longer_each_time_and_is_then_given_up() {
    on_both(trial::migrations(), |db| async move {
        let worker = Worker::new(&db);
        let id = worker.enqueue(1, START).await;
        let failing = Handlers::new().register("trial.page", 1, |_, _: Page| async { Err(JobError::Retry { code: "no-answer" }) });
        let mut attempts = 0_u32;
        loop {
            let before = worker.clock.now();
            let ran = worker.run(&failing).await;
            attempts += 1;
            let row = Jobs::list(db.content().read(), ORGANISATION, None).await.unwrap().remove(0);
            assert_eq!(row.failure.as_deref(), Some("no-answer"));
            if ran.failed == 1 {
                break;
            }
            assert_eq!(ran, Ran { again: 1, ..Ran::default() });
            let wait = (row.due - before).whole_seconds();
            let base = 4_i64.pow(attempts);
            assert!((base..=base + base / 4).contains(&wait), "attempt {attempts} waits {wait} s");
            worker.clock.set(row.due - Duration::SECOND);
            assert_eq!(worker.run(&failing).await, Ran::default(), "not before it is due");
            worker.clock.set(row.due);
        }
        assert_eq!(attempts, 8);
        assert_eq!(worker.state(id).await, JobState::Failed);
        assert!(!worker.payload(id).await.is_empty(), "kept so that it can be run again");

        let now = worker.clock.now();
        let again: Result<bool, StoreError> =
            db.content().tx("trial.again", work!(|tx| Jobs::run_again(tx, ORGANISATION, id, now).await)).await;
        assert!(again.unwrap());
        assert_eq!(worker.run(&writing()).await, Ran { done: 1, ..Ran::default() });
    })
    .await;
}

/// The page of a danger: a database that is away for a day must not end it.
#[tokio::test]
async fn a_job_for_which_somebody_waits_is_tried_every_quarter_of_a_minute_and_never_given_up() {
    on_both(trial::migrations(), |db| async move {
        let worker = Worker::new(&db);
        let id = worker.enqueue(1, START).await;
        let failing = Handlers::new().register("trial.page", 1, |_, _: Page| async { Err(JobError::Urgent { code: "no-answer" }) });
        for _ in 0..20 {
            assert_eq!(worker.run(&failing).await, Ran { again: 1, ..Ran::default() });
            assert_eq!(worker.state(id).await, JobState::Waiting);
            worker.clock.set(worker.clock.now() + 15 * Duration::SECOND);
        }
        assert_eq!(worker.run(&writing()).await, Ran { done: 1, ..Ran::default() });
    })
    .await;
}

#[tokio::test]
async fn a_panic_in_a_handler_is_a_failed_attempt() {
    on_both(trial::migrations(), |db| async move {
        let worker = Worker::new(&db);
        let id = worker.enqueue(1, START).await;
        let fault = Handlers::new().register("trial.page", 1, |_, page: Page| async move {
            assert!(page.number == 0, "a fault in the program");
            Ok(())
        });
        assert_eq!(worker.run(&fault).await, Ran { again: 1, ..Ran::default() });
        assert_eq!(worker.state(id).await, JobState::Waiting);
    })
    .await;
}

#[tokio::test]
async fn a_payload_of_another_shape_is_given_up_and_an_unknown_kind_is_left() {
    on_both(trial::migrations(), |db| async move {
        let worker = Worker::new(&db);
        let id = worker.enqueue(1, START).await;
        let newer = Handlers::new().register("trial.page", 2, |_, _: Page| async { Ok(()) });
        assert_eq!(worker.run(&newer).await, Ran::default());
        assert_eq!(worker.run(&Handlers::new()).await, Ran::default());
        assert_eq!(worker.state(id).await, JobState::Waiting);
        let other = Handlers::new().register("trial.page", 1, |_, _: String| async { Ok(()) });
        assert_eq!(worker.run(&other).await, Ran { failed: 1, ..Ran::default() });
        assert_eq!(worker.state(id).await, JobState::Failed);
    })
    .await;
}

/// The job of a worker that was killed is taken up again when its lease is over, and not before.
#[tokio::test]
async fn the_job_of_a_dead_worker_is_taken_up_again() {
    on_both(trial::migrations(), |db| async move {
        let worker = Worker::new(&db);
        let id = worker.enqueue(1, START).await;
        let begun = Arc::new(tokio::sync::Notify::new());
        let hanging = {
            let begun = Arc::clone(&begun);
            Handlers::new().register("trial.page", 1, move |_, _: Page| {
                let begun = Arc::clone(&begun);
                async move {
                    begun.notify_one();
                    std::future::pending().await
                }
            })
        };
        {
            // Dropping the round in the middle is what a kill looks like from the table.
            let mut round = Box::pin(worker.run(&hanging));
            tokio::select! {
                ran = &mut round => panic!("the handler hangs, but the round ended: {ran:?}"),
                () = begun.notified() => {}
            }
        }
        assert_eq!(worker.state(id).await, JobState::Running);
        worker.clock.advance(Duration::seconds(59));
        assert_eq!(worker.run(&writing()).await, Ran::default());
        worker.clock.advance(Duration::seconds(1));
        assert_eq!(worker.run(&writing()).await, Ran { done: 1, ..Ran::default() });
        assert_eq!(trial::ids(db.content().read(), 1).await, [1]);
    })
    .await;
}

/// A worker that only seemed dead finds its lease gone and can write nothing in the job's name.
#[tokio::test]
async fn a_worker_that_lost_its_lease_cannot_end_the_job() {
    on_both(trial::migrations(), |db| async move {
        let worker = Worker::new(&db);
        worker.enqueue(1, START).await;
        let runs = Arc::new(AtomicU32::new(0));
        let (clock, store, jobs, entropy) = (worker.clock.clone(), worker.store.clone(), worker.jobs.clone(), Arc::clone(&worker.entropy));
        let overtaken = {
            let runs = Arc::clone(&runs);
            Handlers::new().register("trial.page", 1, move |job, page: Page| {
                let (clock, store, jobs, entropy, runs) =
                    (clock.clone(), store.clone(), jobs.clone(), Arc::clone(&entropy), Arc::clone(&runs));
                async move {
                    runs.fetch_add(1, Ordering::SeqCst);
                    // While this handler is busy another worker thinks it dead and does the whole job.
                    clock.advance(Duration::seconds(61));
                    let dynamic: Arc<dyn Clock> = clock;
                    let ran = jobs.run_due(&store, ORGANISATION, &writing(), &dynamic, &entropy).await?;
                    assert_eq!(ran, Ran { done: 1, ..Ran::default() });
                    assert!(matches!(job.progress(1, 2).await, Err(JobError::Cancelled)));
                    let context = job.clone();
                    job.store
                        .content()
                        .tx(
                            "trial.page",
                            work!([context, page], |tx| {
                                trial::put(tx, trial::id(2, page.number), b"").await?;
                                context.done_in(tx).await
                            }),
                        )
                        .await
                }
            })
        };
        assert_eq!(worker.run(&overtaken).await, Ran { cancelled: 1, ..Ran::default() });
        assert_eq!(runs.load(Ordering::SeqCst), 1);
        assert_eq!(trial::ids(db.content().read(), 1).await, [1]);
        assert_eq!(trial::ids(db.content().read(), 2).await, [0_u128; 0]);
    })
    .await;
}

/// A job that takes its worker down each time is not tried for ever.
#[tokio::test]
async fn a_job_that_kills_its_workers_is_given_up() {
    on_both(trial::migrations(), |db| async move {
        let worker = Worker::new(&db);
        let id = worker.enqueue(1, START).await;
        for _ in 0..8 {
            let begun = Arc::new(tokio::sync::Notify::new());
            let told = Arc::clone(&begun);
            let deadly = Handlers::new().register("trial.page", 1, move |_, _: Page| {
                told.notify_one();
                std::future::pending()
            });
            let mut round = Box::pin(worker.run(&deadly));
            tokio::select! {
                ran = &mut round => panic!("the round ended: {ran:?}"),
                () = begun.notified() => {}
            }
            drop(round);
            worker.clock.advance(Duration::seconds(61));
        }
        assert_eq!(worker.run(&writing()).await, Ran { failed: 1, ..Ran::default() });
        assert_eq!(worker.state(id).await, JobState::Failed);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_needs_a_key_waits_for_one_without_losing_attempts() {
    on_both(trial::migrations(), |db| async move {
        let worker = Worker::new(&db);
        let id = worker.enqueue(1, START).await;
        let locked = Handlers::new().register("trial.page", 1, |_, _: Page| async { Err(JobError::NeedsKey) });
        for _ in 0..10 {
            assert_eq!(worker.run(&locked).await, Ran { waiting_for_key: 1, ..Ran::default() });
            assert_eq!(worker.state(id).await, JobState::WaitingForKey);
            assert_eq!(worker.run(&writing()).await, Ran::default(), "nothing runs until a key arrives");
            let now = worker.clock.now();
            let woken: Result<u64, StoreError> =
                db.content().tx("trial.key", work!(|tx| Jobs::key_arrived(tx, ORGANISATION, now).await)).await;
            assert_eq!(woken, Ok(1));
        }
        assert_eq!(worker.run(&writing()).await, Ran { done: 1, ..Ran::default() });
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_job_does_not_run_and_a_running_one_is_told() {
    on_both(trial::migrations(), |db| async move {
        let worker = Worker::new(&db);
        let cancel = |id| {
            let store = db.store().clone();
            async move {
                let done: Result<bool, StoreError> =
                    store.content().tx("trial.cancel", work!(|tx| Jobs::cancel(tx, ORGANISATION, id).await)).await;
                done.unwrap()
            }
        };
        let waiting = worker.enqueue(1, START).await;
        assert!(cancel(waiting).await);
        assert!(!cancel(waiting).await, "there is nothing left to stop");
        assert_eq!(worker.run(&writing()).await, Ran::default());
        assert!(worker.payload(waiting).await.is_empty());

        let running = worker.enqueue(2, START).await;
        let stopped = Handlers::new().register("trial.page", 1, move |job, _: Page| async move {
            job.progress(1, 3).await?;
            let (organisation, id) = (job.organisation, job.id);
            let cancelled: Result<bool, StoreError> =
                job.store.content().tx("trial.cancel", work!(|tx| Jobs::cancel(tx, organisation, id).await)).await;
            assert!(cancelled?);
            job.progress(2, 3).await?;
            panic!("goes on after it was cancelled");
        });
        assert_eq!(worker.run(&stopped).await, Ran { cancelled: 1, ..Ran::default() });
        let row = Jobs::list(db.content().read(), ORGANISATION, Some(JobState::Cancelled)).await.unwrap();
        let row = row.into_iter().find(|row| row.id == running).unwrap();
        assert_eq!(row.progress, Some((1, 3)));

        let forgotten: Result<u64, StoreError> =
            db.content().tx("trial.forget", work!(|tx| Jobs::forget_ended(tx, ORGANISATION, START + Duration::DAY).await)).await;
        assert_eq!(forgotten, Ok(2));
    })
    .await;
}

#[tokio::test]
async fn a_payload_that_was_moved_to_another_job_does_not_run() {
    on_both(trial::migrations(), |db| async move {
        let worker = Worker::new(&db);
        let one = worker.enqueue(1, START).await;
        let other = worker.enqueue(2, START).await;
        let payload = worker.payload(one).await;
        let moved: Result<(), StoreError> = db
            .content()
            .tx(
                "trial.move",
                work!([payload], |tx| {
                    let update = Statement::from_sql_and_values(
                        tx.get_database_backend(),
                        "UPDATE jobs SET payload = $1 WHERE id = $2",
                        [payload.into(), other.into()],
                    );
                    tx.execute_raw(update).await?;
                    Ok(())
                }),
            )
            .await;
        moved.unwrap();
        assert_eq!(worker.run(&writing()).await, Ran { done: 1, again: 1, ..Ran::default() });
        assert_eq!(trial::ids(db.content().read(), 1).await, [1]);
        assert_eq!(worker.state(other).await, JobState::Waiting);
    })
    .await;
}

/// Two workers share the table and no job runs twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_workers_share_the_jobs() {
    on_both(trial::migrations(), |db| async move {
        let worker = Worker::new(&db);
        for number in 0..30 {
            worker.enqueue(number, START).await;
        }
        let handlers = writing();
        let (one, two) = tokio::join!(worker.run(&handlers), worker.run(&handlers));
        assert_eq!(one.done + two.done, 30, "{one:?} {two:?}");
        assert_eq!(trial::ids(db.content().read(), 1).await.len(), 30);
    })
    .await;
}

/// A handler that says nothing keeps its lease as long as its worker lives, however long it takes.
#[tokio::test]
async fn a_long_job_keeps_its_lease_while_its_worker_lives() {
    on_both(trial::migrations(), |db| async move {
        let mut worker = Worker::new(&db);
        worker.jobs = worker.jobs.with_heartbeat(std::time::Duration::from_millis(5));
        let id = worker.enqueue(1, START).await;
        let clock = worker.clock.clone();
        let long = Handlers::new().register("trial.page", 1, move |job, _: Page| {
            let clock = clock.clone();
            async move {
                for _ in 0..3 {
                    clock.advance(Duration::seconds(50));
                    let until = clock.now() + Duration::seconds(60);
                    while lease(&job.store, job.id).await < until {
                        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
                    }
                }
                Ok(())
            }
        });
        assert_eq!(worker.run(&long).await, Ran { done: 1, ..Ran::default() });
        assert_eq!(worker.state(id).await, JobState::Done);
    })
    .await;
}

async fn lease(store: &Store, id: Uuid) -> OffsetDateTime {
    let select = Statement::from_sql_and_values(store.content().backend(), "SELECT lease_until FROM jobs WHERE id = $1", [id.into()]);
    let row = store.content().read().query_one_raw(select).await.unwrap().unwrap();
    plainsight_store::from_unix(row.try_get_by_index(0).unwrap())
}

/// Also a handler that never asks is stopped.
#[tokio::test]
async fn a_hanging_job_is_dropped_when_it_is_cancelled() {
    on_both(trial::migrations(), |db| async move {
        let mut worker = Worker::new(&db);
        worker.jobs = worker.jobs.with_heartbeat(std::time::Duration::from_millis(5));
        let id = worker.enqueue(1, START).await;
        let store = db.store().clone();
        let hanging = Handlers::new().register("trial.page", 1, move |_, _: Page| {
            let store = store.clone();
            async move {
                let cancelled: Result<bool, StoreError> =
                    store.content().tx("trial.cancel", work!(|tx| Jobs::cancel(tx, ORGANISATION, id).await)).await;
                assert!(cancelled?);
                std::future::pending().await
            }
        });
        assert_eq!(worker.run(&hanging).await, Ran { cancelled: 1, ..Ran::default() });
        assert_eq!(worker.state(id).await, JobState::Cancelled);
    })
    .await;
}
