//! Copies of both databases: whole, checked, and put back at one moment.

use plainsight_store::backup::{self, BackupError, Kind, Manifest, Part, Source, UntrustedManifest};
use plainsight_store::{Address, Database, Migration, OpenOptions, Store, StoreError, Which, fuzz, work};
use plainsight_testkit::{TestDb, on_both};
use plainsight_vault::SigningKey;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use tempfile::TempDir;
use time::macros::datetime;

fn notes(backend: DbBackend) -> Vec<Statement> {
    let number = if backend == DbBackend::Postgres { "bigserial PRIMARY KEY" } else { "integer PRIMARY KEY AUTOINCREMENT" };
    let bytes = if backend == DbBackend::Postgres { "bytea" } else { "blob" };
    vec![Statement::from_string(backend, format!("CREATE TABLE notes (number {number}, words text, \"until\" {bytes})"))]
}

fn more(backend: DbBackend) -> Vec<Statement> {
    vec![Statement::from_string(backend, "ALTER TABLE notes ADD COLUMN kind text NOT NULL DEFAULT 'plain'")]
}

fn keys(backend: DbBackend) -> Vec<Statement> {
    vec![Statement::from_string(backend, "CREATE TABLE wraps (id text PRIMARY KEY)")]
}

const NOTES: Migration = Migration { name: "test/0001_notes", database: Which::Content, up: notes };
const KEYS: Migration = Migration { name: "test/0002_keys", database: Which::Keystore, up: keys };
const MORE: Migration = Migration { name: "test/0003_more", database: Which::Content, up: more };

/// What a text format could trip over.
const WORDS: [&str; 5] = ["plain", "", "tab\tline\nback\\slash \\. end\r", "\\N", "ș ' \" ␀"];

async fn run(database: &Database, sql: &'static str) {
    let done = database.tx("test.run", work!(|tx| tx.execute_unprepared(sql).await.map(drop).map_err(StoreError::from)));
    done.await.unwrap();
}

async fn fill(db: &Store) {
    for words in WORDS {
        let written = db.content().tx(
            "test.fill",
            work!(|tx| {
                let insert = "INSERT INTO notes (words, \"until\") VALUES ($1, $2)";
                let values = [words.into(), words.as_bytes().to_vec().into()];
                tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), insert, values)).await?;
                Ok::<_, StoreError>(())
            }),
        );
        written.await.unwrap();
    }
    run(db.content(), "INSERT INTO notes (words) VALUES (NULL)").await;
    run(db.keystore(), "INSERT INTO wraps VALUES ('one')").await;
}

async fn words(db: &Store) -> Vec<(i64, Option<String>, Option<Vec<u8>>)> {
    let all = Statement::from_string(db.content().backend(), "SELECT number, words, \"until\" FROM notes ORDER BY number");
    let rows = db.content().read().query_all_raw(all).await.unwrap();
    rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap(), row.try_get_by_index(2).unwrap())).collect()
}

async fn copied(db: &Store) -> (TempDir, Manifest) {
    let folder = tempfile::tempdir().unwrap();
    let (content, keystore) = db.copy_out(folder.path(), &|_, done, of| assert!(done <= of)).await.unwrap();
    let tombstones = backup::write_file(&folder.path().join(backup::TOMBSTONES), b"").await.unwrap();
    let made = datetime!(2026-12-01 10:20:30 UTC);
    (folder, Manifest { made, program: "0.1.0".to_owned(), kind: db.kind(), content, keystore, tombstones })
}

async fn put_back(db: &TestDb, (folder, manifest): &(TempDir, Manifest), migrations: &[Migration]) -> Result<Store, BackupError> {
    let source = Source { folder: folder.path(), manifest };
    backup::copy_in(db.address(), source, source, migrations, &|_, _, _| {}).await
}

/// Every value comes back as it was, in a program that is newer than the backup; and numbers that the database draws go on.
#[tokio::test]
async fn what_was_copied_comes_back_the_same() {
    on_both(vec![NOTES, KEYS], |db| async move {
        fill(&db).await;
        let there = words(&db).await;
        let backup = copied(&db).await;
        assert_eq!(backup.1.content.rows.iter().find(|(table, _)| table == "notes").map(|(_, rows)| *rows), Some(6));
        assert_eq!((backup.1.content.total(), backup.1.keystore.total()), (6, 1));
        let restored = put_back(&db, &backup, &[NOTES, KEYS, MORE]).await.unwrap();
        assert_eq!(words(&restored).await, there);
        restored.check_schema(&[NOTES, KEYS, MORE]).await.unwrap();
        run(restored.content(), "INSERT INTO notes (words) VALUES ('next')").await;
        assert_eq!(words(&restored).await.last().unwrap().0, there.last().unwrap().0 + 1);
        assert_eq!(words(&db).await, there, "what is served is untouched");
        restored.close().await;
    })
    .await;
}

#[tokio::test]
async fn restored_databases_take_the_place_of_the_served_ones_and_those_are_set_aside() {
    on_both(vec![NOTES, KEYS], |db| async move {
        fill(&db).await;
        let there = words(&db).await;
        let backup = copied(&db).await;
        run(db.content(), "DELETE FROM notes").await;
        put_back(&db, &backup, &[NOTES, KEYS]).await.unwrap().close().await;
        db.close().await;
        let mut held = backup::hold_alone(db.address()).await.unwrap();
        let aside = backup::swap_in(&mut held, db.address(), "2026-12-01T102030Z", true).await.unwrap().unwrap();
        drop(held);
        assert!(aside.contains("before"));
        let (left, unfinished) = backup::left_over(db.address()).await.unwrap();
        assert!(!left.is_empty() && !unfinished, "{left:?}");
        let store = Store::open(db.address(), OpenOptions::default()).await.unwrap();
        store.check_schema(&[NOTES, KEYS]).await.unwrap();
        assert_eq!(words(&store).await, there);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_replaced_that_somebody_uses_and_nothing_is_used_that_is_replaced() {
    on_both(vec![], |db| async move {
        let (one, two) = (backup::hold(db.address()).await.unwrap(), backup::hold(db.address()).await.unwrap());
        drop(one);
        assert!(matches!(backup::hold_alone(db.address()).await, Err(BackupError::InUse)), "one of two still uses it");
        drop(two);
        let alone = backup::hold_alone(db.address()).await.unwrap();
        let refused = backup::hold(db.address()).await.unwrap_err();
        assert!(refused.to_string().contains("a backup is being put back"), "{refused}");
        assert!(matches!(backup::hold_alone(db.address()).await, Err(BackupError::InUse)), "two do not restore at once");
        drop(alone);
        // A server sees a moment later that whoever held it is gone.
        let mut again = backup::hold(db.address()).await;
        for _ in 0..100 {
            if !matches!(again, Err(BackupError::BeingRestored)) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            again = backup::hold(db.address()).await;
        }
        again.unwrap();
    })
    .await;
}

/// Held is the instance that is replaced, and no other.
#[tokio::test]
async fn who_holds_one_instance_replaces_no_other() {
    let (one, two) = (tempfile::tempdir().unwrap(), TestDb::postgres(&[]).await);
    let mut held = backup::hold_alone(&Address::Sqlite(one.path().to_owned())).await.unwrap();
    assert!(matches!(backup::swap_in(&mut held, two.address(), "2026-12-01T102030Z", true).await, Err(BackupError::InUse)));
}

/// What broke off in the middle is not opened.
#[tokio::test]
async fn a_restoring_that_broke_off_has_to_be_done_again() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(backup::RESTORING)).unwrap();
    let refused = backup::hold(&Address::Sqlite(folder.path().to_owned())).await.unwrap_err();
    assert!(refused.to_string().contains("run `plainsight restore` again"), "{refused}");
}

/// Cut at any place, or changed at any: the file is named, and nothing is served.
#[tokio::test]
async fn a_file_that_is_not_whole_is_named() {
    on_both(vec![NOTES, KEYS], |db| async move {
        fill(&db).await;
        let backup = copied(&db).await;
        let file = backup.0.path().join(db.kind().file(Which::Content));
        let whole = std::fs::read(&file).unwrap();
        let mut changed = whole.clone();
        changed[whole.len() / 2] ^= 1;
        for wrong in [whole[..whole.len() - 1].to_vec(), whole[..whole.len() / 2].to_vec(), Vec::new(), changed] {
            std::fs::write(&file, wrong).unwrap();
            let checked = backup::check(backup.0.path(), db.kind(), Which::Content, &backup.1.content).await.unwrap_err();
            assert!(matches!(&checked, BackupError::Changed { path, .. } if *path == file), "{checked}");
            let refused = put_back(&db, &backup, &[NOTES, KEYS]).await.err().unwrap();
            assert!(refused.to_string().contains(&file.display().to_string()), "{refused}");
        }
        std::fs::write(&file, &whole).unwrap();
        let mut lying = backup.1.clone();
        lying.content.rows.retain(|(table, _)| table != "notes");
        let checked = backup::check(backup.0.path(), db.kind(), Which::Content, &lying.content).await.unwrap_err();
        assert!(matches!(checked, BackupError::Rows { found: 6, expected: 0, .. }), "{checked}");
        backup::clear(db.address()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_backup_of_a_newer_program_or_of_another_kind_is_refused() {
    on_both(vec![NOTES, KEYS, MORE], |db| async move {
        fill(&db).await;
        let backup = copied(&db).await;
        let refused = put_back(&db, &backup, &[NOTES, KEYS]).await.err().unwrap();
        assert!(matches!(refused, BackupError::Newer { ref name } if name == MORE.name), "{refused}");
        let kind = if db.kind() == Kind::Sqlite { Kind::Postgres } else { Kind::Sqlite };
        let other = (backup.0, Manifest { kind, ..backup.1 });
        assert!(matches!(put_back(&db, &other, &[NOTES, KEYS, MORE]).await.err(), Some(BackupError::OtherKind { .. })));
    })
    .await;
}

fn manifest() -> Manifest {
    let part = |number: u8| Part { bytes: number.into(), hash: [number; 32] };
    let copied = |number, schema: &str, table: &str| plainsight_store::backup::Copied {
        part: part(number),
        schema: vec![schema.to_owned()],
        rows: vec![(table.to_owned(), 7), ("other".to_owned(), 0)],
    };
    Manifest {
        made: datetime!(2026-12-01 10:20:30 UTC),
        program: "0.1.0".to_owned(),
        kind: Kind::Postgres,
        content: copied(1, "helpline/0001_contacts", "helpline_contacts"),
        keystore: copied(2, "helpline/0002_contact_keys", "helpline_contact_keys"),
        tombstones: part(3),
    }
}

#[test]
fn a_manifest_is_believed_as_it_was_signed_and_no_other_way() {
    let (key, other) = (SigningKey::from_bytes([7; 32]), SigningKey::from_bytes([8; 32]));
    let text = manifest().sign(&key);
    assert_eq!(UntrustedManifest::parse(&text).unwrap().trust(&key.verifying_key()).unwrap(), manifest());
    let trusted = |text: &str, key: &SigningKey| UntrustedManifest::parse(text).and_then(|read| read.trust(&key.verifying_key())).map(drop);
    assert_eq!(trusted(&text, &other), Err(backup::ManifestError::OtherKey));
    for (was, is) in
        [("102030", "102031"), ("rows=other 0", "rows=other 1"), ("schema=helpline/0001", "schema=helpline/0002"), ("0101", "0102")]
    {
        assert_eq!(trusted(&text.replacen(was, is, 1), &key), Err(backup::ManifestError::BadSignature), "{is}");
    }
    for (line, (was, is)) in
        [(1, ("backup=1", "backup=2")), (2, ("made=2026", "made=26")), (4, ("postgres", "oracle")), (7, ("other 0", "other 00"))]
    {
        let error = trusted(&text.replacen(was, is, 1), &key).unwrap_err();
        match error {
            backup::ManifestError::NotAManifest => assert_eq!(line, 1),
            backup::ManifestError::Malformed { .. } => assert!(line > 1),
            _ => panic!("{error}"),
        }
    }
    assert!(trusted(&format!("{text}more\n"), &key).is_err() && trusted(text.trim_end(), &key).is_err());
}

#[test]
fn damaged_manifests_are_refused_and_what_is_read_reads_back() {
    plainsight_fuzz::mutations(manifest().sign(&SigningKey::from_bytes([7; 32])).as_bytes(), 3000, fuzz::manifest);
}
