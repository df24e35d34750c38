//! What lies on the disk, and what reaches a log.

use std::io::Write;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::{Arc, Mutex};

use plainsight_store::{OpenOptions, Store, StoreError, work};
use plainsight_testkit::{TestDb, on_both};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::trial;

fn files(folder: &Path) -> Vec<(String, Vec<u8>, u32)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap(), mode)
        })
        .collect();
    files.sort();
    files
}

fn holds(folder: &Path, canary: &[u8]) -> Vec<String> {
    let with = |(name, bytes, _): (String, Vec<u8>, u32)| bytes.windows(canary.len()).any(|window| window == canary).then_some(name);
    files(folder).into_iter().filter_map(with).collect()
}

#[tokio::test]
async fn only_the_owner_may_read_the_folder_and_its_files() {
    let db = TestDb::sqlite(&trial::migrations()).await;
    let folder = db.folder().unwrap();
    // SQLite makes its log at the first use.
    for database in [db.content(), db.keystore()] {
        let touch: Result<(), StoreError> = database
            .tx(
                "trial.touch",
                work!(|tx| {
                    tx.execute_raw(Statement::from_string(DbBackend::Sqlite, "CREATE TABLE touched (id integer)")).await?;
                    Ok(())
                }),
            )
            .await;
        touch.unwrap();
    }
    assert_eq!(std::fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
    let files = files(folder);
    let names: Vec<&str> = files.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(
        names,
        ["content.sqlite", "content.sqlite-shm", "content.sqlite-wal", "keystore.sqlite", "keystore.sqlite-shm", "keystore.sqlite-wal"]
    );
    for (name, _, mode) in &files {
        assert_eq!(*mode, 0o600, "{name}");
    }
    // A file that was copied back carelessly is closed again.
    db.close().await;
    let content = folder.join("content.sqlite");
    std::fs::set_permissions(&content, std::fs::Permissions::from_mode(0o644)).unwrap();
    let again = Store::open(db.address(), OpenOptions::default()).await.unwrap();
    assert_eq!(std::fs::metadata(&content).unwrap().permissions().mode() & 0o777, 0o600);
    again.close().await;
}

#[tokio::test]
async fn the_write_connection_keeps_its_promises() {
    let db = TestDb::sqlite(&trial::migrations()).await;
    let pragmas: Vec<(&str, String)> = db
        .content()
        .tx(
            "trial.pragmas",
            work!(|tx| {
                let mut values = Vec::new();
                for name in ["journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store"] {
                    let row = tx.query_one_raw(Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {name}"))).await?;
                    let row = row.ok_or(StoreError::Closed)?;
                    let value = row.try_get_by_index::<i64>(0).map(|number| number.to_string());
                    values.push((name, value.or_else(|_| row.try_get_by_index::<String>(0))?));
                }
                Ok::<_, StoreError>(values)
            }),
        )
        .await
        .unwrap();
    let expected = [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("secure_delete", "1"), ("temp_store", "2")];
    assert_eq!(pragmas, expected.map(|(name, value)| (name, value.to_owned())));
}

#[tokio::test]
async fn what_was_deleted_is_in_no_file_after_the_log_is_cut() {
    let db = TestDb::sqlite(&trial::migrations()).await;
    let folder = db.folder().unwrap();
    let canary = b"a canary that must not outlive its row".repeat(10);
    let canary = canary.as_slice();
    let body = canary.to_vec();
    let put: Result<(), StoreError> = db.content().tx("trial.put", work!([body], |tx| trial::put(tx, trial::id(1, 1), &body).await)).await;
    put.unwrap();
    assert_ne!(holds(folder, canary), Vec::<String>::new(), "the canary was never written");
    let deleted: Result<(), StoreError> = db
        .content()
        .tx(
            "trial.erase",
            work!(|tx| {
                tx.execute_raw(Statement::from_string(DbBackend::Sqlite, "DELETE FROM notes")).await?;
                Ok(())
            }),
        )
        .await;
    deleted.unwrap();
    assert_ne!(holds(folder, canary), Vec::<String>::new(), "the log still holds it before it is cut");
    db.content().checkpoint_truncate().await.unwrap();
    assert_eq!(holds(folder, &canary[..38]), Vec::<String>::new());
    let log = std::fs::metadata(folder.join("content.sqlite-wal")).unwrap().len();
    assert_eq!(log, 0);
}

#[tokio::test]
async fn freeing_deleted_rows_works_on_both_databases() {
    on_both(trial::migrations(), |db| async move {
        db.content().checkpoint_truncate().await.unwrap();
        db.keystore().checkpoint_truncate().await.unwrap();
    })
    .await;
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_statement_and_no_value_reaches_a_log_even_at_the_lowest_level() {
    let log = Log::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_span_events(FmtSpan::FULL).with_writer(log.clone()).finish();
    // Global, because the drivers log from threads of their own; other tests of this process write into it too.
    tracing::subscriber::set_global_default(subscriber).unwrap();
    on_both(trial::migrations(), |db| async move {
        let canary = b"canary-in-a-value".to_vec();
        let put = || {
            let canary = canary.clone();
            db.content().tx::<(), StoreError, _>("trial.put", work!([canary], |tx| trial::put(tx, trial::id(1, 0xCA11), &canary).await))
        };
        put().await.unwrap();
        put().await.unwrap_err();
        assert!(trial::body(db.content().read(), trial::id(1, 0xCA11)).await.unwrap().is_some());
    })
    .await;
    let text = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(text.contains("sea_orm"), "the log was not listening");
    assert!(!text.contains("canary-in-a-value"));
    assert!(!text.contains("0xCA11") && !text.to_lowercase().contains("00000000ca11"));
    assert!(!text.contains("INSERT INTO notes"));
    let bytes = format!("{:?}", b"canary-in-a-value");
    assert!(!text.contains(bytes.trim_matches(['[', ']'])));
}
