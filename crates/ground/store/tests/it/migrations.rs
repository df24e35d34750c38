//! The schema: what is applied, refused and compared.

use futures_util::future::join_all;
use plainsight_store::{Migration, OpenOptions, Store, StoreError, Which, schema_columns};
use plainsight_testkit::on_both;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use crate::trial;

fn one_table(name: &'static str, up: fn(DbBackend) -> Vec<Statement>) -> Vec<Migration> {
    let mut migrations = trial::migrations();
    migrations.push(Migration { name, database: Which::Content, up });
    migrations
}

fn harmless(backend: DbBackend) -> Vec<Statement> {
    vec![Statement::from_string(backend, "CREATE TABLE harmless (id bigint NOT NULL PRIMARY KEY)")]
}

fn changed(backend: DbBackend) -> Vec<Statement> {
    vec![Statement::from_string(backend, "CREATE TABLE harmless (id integer NOT NULL PRIMARY KEY)")]
}

fn half_wrong(backend: DbBackend) -> Vec<Statement> {
    vec![
        Statement::from_string(backend, "CREATE TABLE half (id bigint NOT NULL PRIMARY KEY)"),
        Statement::from_string(backend, "CREATE TABLE half (id bigint NOT NULL PRIMARY KEY)"),
    ]
}

#[tokio::test]
async fn a_second_run_changes_nothing_and_each_database_has_its_own() {
    on_both(trial::migrations(), |db| async move {
        db.migrate(&trial::migrations()).await.unwrap();
        db.check_schema(&trial::migrations()).await.unwrap();
        let tables = async |read| schema_columns(read).await.unwrap().into_iter().map(|(table, _)| table).collect::<Vec<_>>();
        let content = tables(db.content().read()).await;
        let keystore = tables(db.keystore().read()).await;
        assert!(content.contains(&"notes".to_owned()) && !content.contains(&"wraps".to_owned()));
        assert!(keystore.contains(&"wraps".to_owned()) && !keystore.contains(&"notes".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_and_left_as_it_is() {
    on_both(one_table("trial/0009_newer", harmless), |db| async move {
        let unknown = StoreError::UnknownSchema { name: "trial/0009_newer".to_owned() };
        let before = schema_columns(db.content().read()).await.unwrap();
        assert_eq!(db.check_schema(&trial::migrations()).await, Err(unknown.clone()));
        assert_eq!(db.migrate(&trial::migrations()).await, Err(unknown));
        assert_eq!(schema_columns(db.content().read()).await.unwrap(), before);
    })
    .await;
}

#[tokio::test]
async fn a_missing_migration_is_named_before_serving() {
    on_both(trial::migrations(), |db| async move {
        let newer = one_table("trial/0009_newer", harmless);
        assert_eq!(db.check_schema(&newer).await, Err(StoreError::MissingSchema { name: "trial/0009_newer".to_owned() }));
        db.migrate(&newer).await.unwrap();
        db.check_schema(&newer).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_empty_database_lacks_the_first_migration() {
    on_both(Vec::new(), |db| async move {
        let missing = StoreError::MissingSchema { name: "store/0001_service_keys".to_owned() };
        assert_eq!(db.check_schema(&trial::migrations()).await, Err(missing));
    })
    .await;
}

#[tokio::test]
async fn other_statements_under_an_applied_name_are_refused() {
    on_both(one_table("trial/0003_same", harmless), |db| async move {
        let edited = one_table("trial/0003_same", changed);
        let refused = Err(StoreError::ChangedSchema { name: "trial/0003_same".to_owned() });
        assert_eq!(db.check_schema(&edited).await, refused);
        assert_eq!(db.migrate(&edited).await, refused);
    })
    .await;
}

#[tokio::test]
async fn a_migration_that_fails_half_way_leaves_nothing() {
    on_both(trial::migrations(), |db| async move {
        db.migrate(&one_table("trial/0003_half", half_wrong)).await.unwrap_err();
        db.check_schema(&trial::migrations()).await.unwrap();
        let there = schema_columns(db.content().read()).await.unwrap();
        assert!(!there.iter().any(|(table, _)| table == "half"));
    })
    .await;
}

/// Two rooms may both have a step called `0001_notes`; one room may not have two, and none may leave out its name.
#[tokio::test]
async fn names_carry_the_room_and_are_unique() {
    let both = vec![
        Migration { name: "one/0001_notes", database: Which::Content, up: harmless },
        Migration { name: "two/0001_notes", database: Which::Keystore, up: harmless },
    ];
    on_both(both.clone(), |db| async move {
        for name in ["one/0001_notes", "0001_notes", "/0001_notes", "one/"] {
            let first = Migration { name: "one/0001_notes", database: Which::Content, up: harmless };
            let wrong = [first, Migration { name, database: Which::Keystore, up: harmless }];
            assert_eq!(db.migrate(&wrong).await, Err(StoreError::MigrationName { name: name.to_owned() }));
        }
        let mut applied = Vec::new();
        for database in [db.content(), db.keystore()] {
            let select = Statement::from_string(db.backend(), "SELECT name FROM schema_migrations");
            let row = database.read().query_one_raw(select).await.unwrap().unwrap();
            applied.push(row.try_get_by_index::<String>(0).unwrap());
        }
        assert_eq!(applied, ["one/0001_notes", "two/0001_notes"]);
    })
    .await;
}

/// The public process and the desk start at the same moment on a fresh folder.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_processes_may_open_and_migrate_at_once() {
    on_both(Vec::new(), |db| async move {
        let starts = (0..4).map(|_| {
            let address = db.address().clone();
            tokio::spawn(async move {
                let store = Store::open(&address, OpenOptions::default()).await?;
                store.migrate(&trial::migrations()).await?;
                store.check_schema(&trial::migrations()).await?;
                store.close().await;
                Ok::<_, StoreError>(())
            })
        });
        for started in join_all(starts).await {
            started.unwrap().unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn no_row_of_ours_on_sqlite_tells_when_it_arrived() {
    let db = plainsight_testkit::TestDb::sqlite(&trial::migrations()).await;
    for database in [db.content(), db.keystore()] {
        let tables = schema_columns(database.read()).await.unwrap();
        for table in tables.iter().map(|(table, _)| table).collect::<std::collections::BTreeSet<_>>() {
            let select = Statement::from_string(DbBackend::Sqlite, format!("SELECT rowid FROM {table}"));
            assert!(database.read().query_all_raw(select).await.is_err(), "{table} has row ids");
        }
    }
}
