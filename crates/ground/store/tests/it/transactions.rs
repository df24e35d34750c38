//! Named transactions on both databases.

use futures_util::future::join_all;
use plainsight_store::{Store, StoreError, work};
use plainsight_testkit::on_both;
use sea_orm::{ConnectionTrait as _, Statement, TransactionTrait as _};

use crate::trial;

/// An error of a zone's own, which the store cannot look into.
#[derive(Debug, PartialEq)]
enum Refusal {
    No,
    Store(StoreError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

async fn put(store: &Store, organisation: u128, number: u128) -> Result<(), StoreError> {
    let id = trial::id(organisation, number);
    store.content().tx("trial.put", work!([id], |tx| trial::put(tx, id, b"body").await)).await
}

#[tokio::test]
async fn what_is_answered_is_there_and_what_is_refused_is_not() {
    on_both(trial::migrations(), |db| async move {
        put(&db, 1, 1).await.unwrap();
        let refused: Result<(), Refusal> = db
            .content()
            .tx(
                "trial.refuse",
                work!(|tx| {
                    trial::put(tx, trial::id(1, 2), b"body").await?;
                    Err(Refusal::No)
                }),
            )
            .await;
        assert_eq!(refused, Err(Refusal::No));
        assert_eq!(trial::ids(db.content().read(), 1).await, [1]);
    })
    .await;
}

#[tokio::test]
async fn a_second_row_with_the_same_key_is_named_as_such() {
    on_both(trial::migrations(), |db| async move {
        put(&db, 1, 1).await.unwrap();
        let error = put(&db, 1, 1).await.unwrap_err();
        assert!(matches!(&error, StoreError::Duplicate { what } if what.contains("notes")), "{error:?}");
        put(&db, 1, 2).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn readers_cannot_write() {
    on_both(trial::migrations(), |db| async move {
        for database in [db.content(), db.keystore()] {
            let write = Statement::from_string(db.backend(), "DELETE FROM schema_migrations");
            let error = StoreError::from(database.read().execute_raw(write).await.unwrap_err());
            assert_eq!(error, StoreError::ReadOnly);
        }
    })
    .await;
}

/// Two that read the same value and write it back plus one must not both come away with the same answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_update_is_lost_between_concurrent_transactions() {
    on_both(trial::migrations(), |db| async move {
        let at = trial::id(1, 1);
        db.content().tx("trial.start", work!([at], |tx| trial::put(tx, at, &[0]).await)).await.unwrap();
        let increments = (0..24).map(|_| {
            db.content().tx(
                "trial.increment",
                work!([at], |tx| {
                    let body = trial::body(tx, at).await?.unwrap_or_default();
                    trial::set(tx, at, &[body.first().copied().unwrap_or_default() + 1]).await
                }),
            )
        });
        for ended in join_all(increments).await {
            ended.unwrap();
        }
        assert_eq!(trial::body(db.content().read(), at).await.unwrap(), Some(vec![24]));
        let counts = db.content().counts();
        let count = counts.transactions.iter().find(|count| count.name == "trial.increment").unwrap();
        assert_eq!((count.committed, count.refused, count.failed), (24, 0, 0));
        assert!(count.tries >= 24);
    })
    .await;
}

#[tokio::test]
async fn a_work_may_have_savepoints_of_its_own() {
    on_both(trial::migrations(), |db| async move {
        db.content()
            .tx(
                "trial.nested",
                work!(|tx| {
                    trial::put(tx, trial::id(1, 1), b"").await?;
                    let inner = tx.begin().await?;
                    trial::put(&inner, trial::id(1, 2), b"").await?;
                    let twice = trial::put(&inner, trial::id(1, 1), b"").await;
                    assert!(twice.is_err());
                    inner.rollback().await?;
                    trial::put(tx, trial::id(1, 3), b"").await
                }),
            )
            .await
            .unwrap();
        assert_eq!(trial::ids(db.content().read(), 1).await, [1, 3]);
    })
    .await;
}

#[tokio::test]
async fn a_panic_in_a_work_rolls_it_back_and_leaves_the_store_in_order() {
    on_both(trial::migrations(), |db| async move {
        let ended: Result<(), StoreError> = db
            .content()
            .tx(
                "trial.panic",
                work!(|tx| {
                    trial::put(tx, trial::id(1, 1), b"").await?;
                    assert!(tx.get_database_backend() == sea_orm::DbBackend::MySql, "a fault in the program");
                    Ok(())
                }),
            )
            .await;
        assert_eq!(ended, Err(StoreError::WorkPanicked { name: "trial.panic" }));
        put(&db, 1, 2).await.unwrap();
        assert_eq!(trial::ids(db.content().read(), 1).await, [2]);
    })
    .await;
}

/// A person who closes the page does not leave half an act behind.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_work_that_was_begun_goes_on_when_the_asker_leaves() {
    on_both(trial::migrations(), |db| async move {
        let (begun, has_begun) = tokio::sync::watch::channel(false);
        let (go, _) = tokio::sync::watch::channel(false);
        let (store, told) = (db.store().clone(), go.clone());
        let asker = tokio::spawn(async move {
            let work = store.content().tx::<(), StoreError, _>(
                "trial.left",
                work!([begun, told], |tx| {
                    trial::put(tx, trial::id(1, 1), b"").await?;
                    begun.send_replace(true);
                    told.subscribe().wait_for(|go| *go).await.ok();
                    trial::put(tx, trial::id(1, 2), b"").await
                }),
            );
            work.await
        });
        let mut has_begun = has_begun;
        has_begun.wait_for(|begun| *begun).await.unwrap();
        asker.abort();
        assert!(asker.await.unwrap_err().is_cancelled());
        go.send_replace(true);
        while trial::ids(db.content().read(), 1).await.is_empty() {
            tokio::task::yield_now().await;
        }
        assert_eq!(trial::ids(db.content().read(), 1).await, [1, 2]);
    })
    .await;
}

#[tokio::test]
async fn a_closed_store_says_so() {
    on_both(trial::migrations(), |db| async move {
        db.close().await;
        assert_eq!(put(&db, 1, 1).await, Err(StoreError::Closed));
        let read = trial::body(db.content().read(), trial::id(1, 1)).await;
        assert_eq!(read, Err(StoreError::Closed));
    })
    .await;
}

/// On SQLite it would wait for itself; on PostgreSQL it would commit what the outer one may still refuse.
#[tokio::test]
async fn a_transaction_inside_another_is_refused_unless_it_is_the_other_databases() {
    on_both(trial::migrations(), |db| async move {
        let store = db.store().clone();
        let inner: Result<Result<(), StoreError>, StoreError> = db
            .content()
            .tx(
                "trial.outer",
                work!([store], |tx| {
                    trial::put(tx, trial::id(1, 1), b"").await?;
                    Ok(put(&store, 1, 2).await)
                }),
            )
            .await;
        assert_eq!(inner, Ok(Err(StoreError::Nested { name: "trial.put" })));
        let store = db.store().clone();
        let apart: Result<(), StoreError> = db.keystore().tx("trial.wrap", work!([store], |_tx| put(&store, 1, 3).await)).await;
        assert_eq!(apart, Ok(()));
        assert_eq!(trial::ids(db.content().read(), 1).await, [1, 3]);
    })
    .await;
}
