//! A store with the real migrations, of each kind, for one test.

use std::fmt::Write as _;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::FutureExt as _;
use plainsight_store::{Address, Migration, OpenOptions, Store};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::cluster;

/// A store of its own for one test; gone when dropped. Derefs to the [`Store`].
pub struct TestDb {
    store: Store,
    address: Address,
    backend: DbBackend,
    place: Place,
}

enum Place {
    Folder(#[expect(dead_code, reason = "kept for its drop")] TempDir),
    Server { url: String, name: String },
}

impl TestDb {
    /// SQLite in a temporary folder.
    pub async fn sqlite(migrations: &[Migration]) -> Self {
        Self::sqlite_with(migrations, OpenOptions::default()).await
    }

    /// SQLite in a temporary folder, opened with options of the test's own.
    pub async fn sqlite_with(migrations: &[Migration], options: OpenOptions) -> Self {
        let folder = tempfile::Builder::new().prefix("plainsight-test-").tempdir().expect("a temporary folder");
        let address = Address::Sqlite(folder.path().join("data"));
        let store = Store::open(&address, options).await.expect("a fresh SQLite store");
        store.migrate(migrations).await.expect("the migrations on SQLite");
        Self { store, address, backend: DbBackend::Sqlite, place: Place::Folder(folder) }
    }

    /// A PostgreSQL database, cloned from a template that the same migrations were applied to.
    ///
    /// # Panics
    /// When PostgreSQL is not installed: a test that needs it fails, it is never passed over.
    pub async fn postgres(migrations: &[Migration]) -> Self {
        Self::postgres_with(migrations, OpenOptions::default()).await
    }

    /// A PostgreSQL database, opened with options of the test's own.
    pub async fn postgres_with(migrations: &[Migration], options: OpenOptions) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let url = tokio::task::spawn_blocking(cluster::url).await.expect("the search for a server");
        let url = url.unwrap_or_else(|error| panic!("{error:#}"));
        let server = connect(&url).await;
        let template = template(&url, &server, migrations).await;
        let name = format!("plainsight_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
        // A process of the same number may have been killed before it could clear up.
        run(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        run(&server, &format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")).await;
        server.close().await.expect("closing");
        let address = Address::Postgres(cluster::with_database(&url, &name));
        let store = Store::open(&address, options).await.expect("the cloned database");
        Self { store, address, backend: DbBackend::Postgres, place: Place::Server { url, name } }
    }

    /// The store; clones of it stop working when the `TestDb` is dropped.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Where it is, for opening it a second time as another process would.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Which kind it is.
    pub fn backend(&self) -> DbBackend {
        self.backend
    }

    /// The data folder, on SQLite.
    pub fn folder(&self) -> Option<&std::path::Path> {
        match &self.address {
            Address::Sqlite(folder) => Some(folder),
            Address::Postgres(_) => None,
        }
    }
}

impl std::ops::Deref for TestDb {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        // A folder deletes itself.
        let Place::Server { url, name } = &self.place else { return };
        let (url, name) = (url.clone(), name.clone());
        // A test's runtime cannot wait inside a drop, so another thread does.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let server = connect(&url).await;
                run(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
                let _ = server.close().await;
            });
        });
        // During another panic a second one would hide the first.
        if dropped.join().is_err() && !std::thread::panicking() {
            panic!("the test's PostgreSQL database could not be dropped");
        }
    }
}

/// Runs one test body on a fresh SQLite store, then on a fresh PostgreSQL one.
///
/// # Panics
/// As the body does, with the database's name before it; and when PostgreSQL is not installed.
pub async fn on_both<F, R>(migrations: Vec<Migration>, body: F)
where
    F: Fn(TestDb) -> R,
    R: Future<Output = ()>,
{
    named("SQLite", body(TestDb::sqlite(&migrations).await)).await;
    named("PostgreSQL", body(TestDb::postgres(&migrations).await)).await;
}

async fn named(database: &str, body: impl Future<Output = ()>) {
    if let Err(panic) = AssertUnwindSafe(body).catch_unwind().await {
        let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        panic!("on {database}: {}", text.unwrap_or("the test body panicked"));
    }
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap_or_else(|error| panic!("PostgreSQL at {url} does not answer: {error}"))
}

async fn run(server: &DatabaseConnection, sql: &str) {
    let ran = server.execute_raw(Statement::from_string(DbBackend::Postgres, sql)).await;
    ran.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// The name of a database with these migrations, made by the first test that needs it.
async fn template(url: &str, server: &DatabaseConnection, migrations: &[Migration]) -> String {
    let mut hash = Sha256::new();
    for migration in migrations {
        hash.update(format!("{}\0{:?}\0{}\0", migration.name, migration.database, migration.checksum(DbBackend::Postgres)));
    }
    let mut name = "plainsight_template_".to_owned();
    for byte in hash.finalize().iter().take(10) {
        write!(name, "{byte:02x}").unwrap();
    }
    let there = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    let is_there = || async {
        let found = server.query_one_raw(Statement::from_string(DbBackend::Postgres, there.clone())).await;
        found.expect("the list of databases").is_some()
    };
    if is_there().await {
        return name;
    }
    // Tests of several processes arrive together; one of them builds, under a lock of the server that dies with its connection.
    let lock = u32::from_str_radix(&name[name.len() - 8..], 16).unwrap();
    run(server, &format!("SELECT pg_advisory_lock({lock})")).await;
    if !is_there().await {
        // Built under another name, so that a half-built one is never taken for a template.
        let building = format!("{name}_building");
        run(server, &format!("DROP DATABASE IF EXISTS {building} WITH (FORCE)")).await;
        run(server, &format!("CREATE DATABASE {building} STRATEGY file_copy")).await;
        let address = Address::Postgres(cluster::with_database(url, &building));
        let store = Store::open(&address, OpenOptions::default()).await.expect("the template");
        store.migrate(migrations).await.expect("the migrations on PostgreSQL");
        store.close().await;
        run(server, &format!("ALTER DATABASE {building} RENAME TO {name}")).await;
    }
    run(server, &format!("SELECT pg_advisory_unlock({lock})")).await;
    name
}
