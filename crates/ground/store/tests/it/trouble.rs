//! A full disk, a locked database, a failure that a work hides.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use plainsight_store::{OpenOptions, Store, StoreError, work};
use plainsight_testkit::{TestDb, on_both};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use tokio::sync::watch;

use crate::group_commit::hold_lock;
use crate::trial;

async fn put(store: &Store, number: u128, size: usize) -> Result<(), StoreError> {
    let body = vec![7; size];
    store.content().tx("trial.put", work!([body], |tx| trial::put(tx, trial::id(1, number), &body).await)).await
}

#[tokio::test]
async fn a_full_disk_refuses_and_keeps_what_it_had() {
    let options = OpenOptions { max_pages: Some(40), ..OpenOptions::default() };
    let db = TestDb::sqlite_with(&trial::migrations(), options).await;
    let mut kept = Vec::new();
    let error = loop {
        let number = kept.len() as u128;
        match put(&db, number, 3000).await {
            Ok(()) => kept.push(number),
            Err(error) => break error,
        }
        assert!(kept.len() < 100, "the limit of 40 pages was never met");
    };
    assert_eq!(error, StoreError::DiskFull);
    assert!(!kept.is_empty());
    // Still full, still answering, nothing lost, and readers are served.
    assert_eq!(put(&db, 1000, 30_000).await, Err(StoreError::DiskFull));
    assert_eq!(trial::ids(db.content().read(), 1).await, kept);
    // Somebody makes room: the same store goes on.
    db.content()
        .tx(
            "trial.delete",
            work!(|tx| {
                tx.execute_raw(Statement::from_string(DbBackend::Sqlite, "DELETE FROM notes")).await?;
                Ok::<_, StoreError>(())
            }),
        )
        .await
        .unwrap();
    put(&db, 2000, 3000).await.unwrap();
    assert_eq!(trial::ids(db.content().read(), 1).await, [2000]);
}

/// SQLite may roll the whole transaction back when the disk is full, with the neighbours' rows in it.
#[tokio::test]
async fn neighbours_of_a_work_that_fills_the_disk_are_kept() {
    let options = OpenOptions { max_pages: Some(60), ..OpenOptions::default() };
    let db = TestDb::sqlite_with(&trial::migrations(), options).await;
    let (release, holder) = hold_lock(&db).await;
    let sizes = [10, 10, 1_000_000, 10, 10, 1_000_000, 10];
    let mut works = Box::pin(join_all((0_u128..).zip(sizes).map(|(number, size)| put(&db, number, size))));
    assert!(futures_util::poll!(&mut works).is_pending());
    release.send_replace(true);
    let ended = works.await;
    holder.await.unwrap();
    for (ended, size) in ended.into_iter().zip(sizes) {
        assert_eq!(ended, if size > 10 { Err(StoreError::DiskFull) } else { Ok(()) });
    }
    assert_eq!(trial::ids(db.content().read(), 1).await, [0, 1, 3, 4, 6]);
}

#[tokio::test]
async fn a_locked_database_is_busy_and_then_is_not() {
    let options = || OpenOptions { busy_timeout: Duration::from_millis(150), ..OpenOptions::default() };
    let db = TestDb::sqlite_with(&trial::migrations(), options()).await;
    let (release, holder) = hold_lock(&db).await;
    assert_eq!(put(&db, 1, 10).await, Err(StoreError::Busy));
    assert!(trial::ids(db.content().read(), 1).await.is_empty(), "readers are served while another writes");
    release.send_replace(true);
    holder.await.unwrap();
    put(&db, 2, 10).await.unwrap();
    assert_eq!(trial::ids(db.content().read(), 1).await, [2]);
    assert_eq!(db.content().counts().transactions.iter().find(|count| count.name == "trial.put").unwrap().failed, 1);

    let db = TestDb::postgres_with(&trial::migrations(), options()).await;
    let (release, holder) = hold_table(&db).await;
    assert_eq!(put(&db, 1, 10).await, Err(StoreError::Busy));
    release.send_replace(true);
    holder.await.unwrap();
    put(&db, 2, 10).await.unwrap();
}

async fn hold_table(db: &TestDb) -> (watch::Sender<bool>, tokio::task::JoinHandle<()>) {
    let (release, _) = watch::channel(false);
    let (held, mut is_held) = watch::channel(false);
    let (store, held, letting_go) = (db.store().clone(), Arc::new(held), release.clone());
    let task = tokio::spawn(async move {
        let ended: Result<(), StoreError> = store
            .content()
            .tx(
                "trial.hold",
                work!([held, letting_go], |tx| {
                    tx.execute_raw(Statement::from_string(DbBackend::Postgres, "LOCK TABLE notes IN EXCLUSIVE MODE")).await?;
                    held.send_replace(true);
                    letting_go.subscribe().wait_for(|release| *release).await.ok();
                    Ok(())
                }),
            )
            .await;
        ended.unwrap();
    });
    is_held.wait_for(|held| *held).await.unwrap();
    (release, task)
}

#[tokio::test]
async fn the_codes_of_postgresql_become_errors_that_a_page_can_explain() {
    let db = TestDb::postgres(&trial::migrations()).await;
    let cases = [
        ("53100", StoreError::DiskFull),
        ("40001", StoreError::Conflict),
        ("40P01", StoreError::Conflict),
        ("55P03", StoreError::Busy),
        ("53300", StoreError::Busy),
        ("25006", StoreError::ReadOnly),
        ("58030", StoreError::Disk { code: "58030".to_owned() }),
        ("XX001", StoreError::Damaged { code: "XX001".to_owned() }),
        ("08006", StoreError::Unreachable { why: "code 08006".to_owned() }),
    ];
    for (code, expected) in cases {
        let raise = format!("DO $$ BEGIN RAISE EXCEPTION 'my name is' USING ERRCODE = '{code}'; END $$");
        let ended: Result<(), StoreError> = db
            .content()
            .tx(
                "trial.raise",
                work!([raise], |tx| {
                    tx.execute_raw(Statement::from_string(DbBackend::Postgres, raise)).await?;
                    Ok(())
                }),
            )
            .await;
        let error = ended.unwrap_err();
        assert_eq!(error, expected);
        assert!(!format!("{error} {error:?}").contains("my name"));
    }
}

/// PostgreSQL answers the commit of a failed transaction as if it were one, and drops everything in it.
#[tokio::test]
async fn a_work_that_hides_a_failed_statement_is_not_called_a_success() {
    let db = TestDb::postgres(&trial::migrations()).await;
    put(&db, 1, 1).await.unwrap();
    let ended: Result<(), StoreError> = db
        .content()
        .tx(
            "trial.hide",
            work!(|tx| {
                trial::put(tx, trial::id(1, 2), b"").await?;
                let _ = trial::put(tx, trial::id(1, 1), b"").await;
                Ok(())
            }),
        )
        .await;
    assert_eq!(ended, Err(StoreError::FailureIgnored { name: "trial.hide" }));
    assert_eq!(trial::ids(db.content().read(), 1).await, [1]);
}

#[tokio::test]
async fn a_value_that_a_statement_carried_is_in_no_error() {
    on_both(trial::migrations(), |db| async move {
        let canary = "ion-popescu-canary";
        let ended: Result<(), StoreError> = db
            .content()
            .tx(
                "trial.wrong_type",
                work!(|tx| {
                    let sql =
                        format!("INSERT INTO notes (organisation, id, body) VALUES (NULL, NULL, CAST('{canary}' AS bigint) || '{canary}')");
                    tx.execute_raw(Statement::from_string(tx.get_database_backend(), sql)).await?;
                    Ok(())
                }),
            )
            .await;
        let error = ended.unwrap_err();
        assert!(!format!("{error} {error:?}").contains(canary), "{error:?}");
    })
    .await;
}

#[tokio::test]
async fn an_address_where_nobody_is_says_so() {
    let gone = plainsight_store::Address::Postgres("postgres://nobody@127.0.0.1:1/none".to_owned());
    let error = Store::open(&gone, OpenOptions::default()).await.map(drop).unwrap_err();
    assert!(matches!(error, StoreError::Unreachable { .. }), "{error:?}");
    let nonsense = plainsight_store::Address::Postgres("not an address".to_owned());
    assert!(matches!(Store::open(&nonsense, OpenOptions::default()).await.map(drop), Err(StoreError::Unreachable { .. })));
    assert!(!format!("{gone:?}").contains("nobody"), "an address may hold a password");
}
