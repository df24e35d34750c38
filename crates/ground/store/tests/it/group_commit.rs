//! SQLite's writer: several transactions, one commit.

use std::sync::Arc;

use futures_util::future::join_all;
use plainsight_store::{OpenOptions, Store, StoreError, work};
use plainsight_testkit::{TestDb, on_both};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use tokio::sync::watch;

use crate::trial;

/// Holds the write lock of the content database as another process would, until the returned channel is told to let go.
pub(crate) async fn hold_lock(db: &TestDb) -> (watch::Sender<bool>, tokio::task::JoinHandle<()>) {
    let other = Store::open(db.address(), OpenOptions::default()).await.unwrap();
    let (release, _) = watch::channel(false);
    let (held, mut is_held) = watch::channel(false);
    let task = {
        let (release, held) = (release.clone(), Arc::new(held));
        tokio::spawn(async move {
            let held: Result<(), StoreError> = other
                .content()
                .tx(
                    "trial.hold",
                    work!([release, held], |_tx| {
                        held.send_replace(true);
                        release.subscribe().wait_for(|release| *release).await.ok();
                        Ok(())
                    }),
                )
                .await;
            held.unwrap();
            other.close().await;
        })
    };
    is_held.wait_for(|held| *held).await.unwrap();
    (release, task)
}

#[tokio::test]
async fn works_that_queue_up_share_a_commit_and_fail_alone() {
    let db = TestDb::sqlite(&trial::migrations()).await;
    trial_put(db.store(), 1, 7).await.unwrap();
    let before = db.content().counts().commits;
    let (release, holder) = hold_lock(&db).await;
    // Number 7 is there already; 13 panics after it has written.
    let mut works = Box::pin(join_all((0..20).map(|number| {
        db.content().tx(
            "trial.queued",
            work!([number], |tx| {
                trial::put(tx, trial::id(1, number), b"").await?;
                assert!(number != 13, "a fault in the program");
                Ok::<_, StoreError>(number)
            }),
        )
    })));
    // All of them are in the queue after they were polled once.
    assert!(futures_util::poll!(&mut works).is_pending());
    release.send_replace(true);
    let ended = works.await;
    holder.await.unwrap();
    for (number, ended) in (0_u128..).zip(ended) {
        match number {
            7 => assert!(matches!(ended, Err(StoreError::Duplicate { .. })), "{ended:?}"),
            13 => assert_eq!(ended, Err(StoreError::WorkPanicked { name: "trial.queued" })),
            _ => assert_eq!(ended, Ok(number)),
        }
    }
    let expected: Vec<u128> = (0..20).filter(|number| *number != 13).collect();
    assert_eq!(trial::ids(db.content().read(), 1).await, expected);
    let commits = db.content().counts().commits - before;
    assert!(commits <= 2, "20 works took {commits} commits");
}

/// A work whose asker left before it was begun is not run: nobody was told that it would be.
#[tokio::test]
async fn a_work_that_nobody_waits_for_is_not_begun() {
    let db = TestDb::sqlite(&trial::migrations()).await;
    let (release, holder) = hold_lock(&db).await;
    // The first occupies the writer, so the second is still in the queue when it is dropped.
    let mut first = Box::pin(trial_put(db.store(), 1, 1));
    assert!(futures_util::poll!(&mut first).is_pending());
    tokio::task::yield_now().await;
    let mut second = Box::pin(trial_put(db.store(), 1, 2));
    assert!(futures_util::poll!(&mut second).is_pending());
    drop(second);
    release.send_replace(true);
    first.await.unwrap();
    trial_put(db.store(), 1, 3).await.unwrap();
    holder.await.unwrap();
    assert_eq!(trial::ids(db.content().read(), 1).await, [1, 3]);
}

/// One work's breach that only shows at the commit must not take its neighbours down.
#[tokio::test]
async fn a_breach_found_at_the_commit_hits_only_the_one_that_caused_it() {
    use plainsight_store::{Migration, Which};
    use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
    fn deferred(backend: DbBackend) -> Vec<Statement> {
        vec![
            Statement::from_string(backend, "CREATE TABLE parents (id bigint NOT NULL PRIMARY KEY)"),
            Statement::from_string(
                backend,
                "CREATE TABLE children (id bigint NOT NULL PRIMARY KEY, \
                 parent bigint NOT NULL REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)",
            ),
        ]
    }
    let mut migrations = trial::migrations();
    migrations.push(Migration { name: "trial/0003_deferred", database: Which::Content, up: deferred });
    let db = TestDb::sqlite(&migrations).await;
    let (release, holder) = hold_lock(&db).await;
    let mut works = Box::pin(join_all((0..6_i64).map(|number| {
        db.content().tx(
            "trial.deferred",
            work!([number], |tx| {
                let sql = if number == 3 {
                    "INSERT INTO children (id, parent) VALUES (1, 99)".to_owned()
                } else {
                    format!("INSERT INTO parents (id) VALUES ({number})")
                };
                tx.execute_raw(Statement::from_string(tx.get_database_backend(), sql)).await?;
                Ok::<_, StoreError>(())
            }),
        )
    })));
    assert!(futures_util::poll!(&mut works).is_pending());
    release.send_replace(true);
    let ended = works.await;
    holder.await.unwrap();
    for (number, ended) in ended.into_iter().enumerate() {
        match number {
            3 => assert!(matches!(ended, Err(StoreError::Reference { .. })), "{ended:?}"),
            _ => assert_eq!(ended, Ok(())),
        }
    }
    let count = Statement::from_string(db.backend(), "SELECT count(*) FROM parents");
    let row = db.content().read().query_one_raw(count).await.unwrap().unwrap();
    assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), 5);
}

async fn trial_put(store: &Store, organisation: u128, number: u128) -> Result<(), StoreError> {
    let id = trial::id(organisation, number);
    store.content().tx("trial.put", work!([id], |tx| trial::put(tx, id, b"body").await)).await
}

#[derive(Clone, Copy, Debug)]
enum Plan {
    Write,
    WriteThenRefuse,
    WriteThenPanic,
    WriteTwice,
}

fn plan() -> impl Strategy<Value = Plan> {
    prop_oneof![4 => Just(Plan::Write), 1 => Just(Plan::WriteThenRefuse), 1 => Just(Plan::WriteThenPanic), 1 => Just(Plan::WriteTwice)]
}

/// Whatever fails beside them, exactly the works that were answered with success are in the database.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn exactly_the_successful_works_are_there() {
    on_both(trial::migrations(), |db| async move {
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        for case in 0..12_u128 {
            let plans = proptest::collection::vec(plan(), 1..40).new_tree(&mut runner).unwrap().current();
            let works = (0_u128..).zip(plans.iter().copied()).map(|(number, plan)| {
                let store = db.store().clone();
                tokio::spawn(async move {
                    store
                        .content()
                        .tx(
                            "trial.plan",
                            work!([plan], |tx| {
                                let id = trial::id(case, number);
                                trial::put(tx, id, b"").await?;
                                match plan {
                                    Plan::Write => Ok(()),
                                    Plan::WriteThenRefuse => Err(StoreError::Shape { what: "refused".to_owned() }),
                                    Plan::WriteThenPanic => panic!("a fault in the program"),
                                    Plan::WriteTwice => trial::put(tx, id, b"").await,
                                }
                            }),
                        )
                        .await
                })
            });
            let ended: Vec<_> = join_all(works).await.into_iter().map(|ended| ended.unwrap()).collect();
            let successful: Vec<u128> = (0..).zip(&ended).filter(|(_, ended)| ended.is_ok()).map(|(number, _)| number).collect();
            let planned: Vec<u128> = (0..).zip(&plans).filter(|(_, plan)| matches!(plan, Plan::Write)).map(|(number, _)| number).collect();
            assert_eq!(successful, planned, "{plans:?} ended as {ended:?}");
            assert_eq!(trial::ids(db.content().read(), case).await, successful, "{plans:?}");
        }
    })
    .await;
}
