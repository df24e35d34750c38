//! Opening a SQLite file: pragmas, file modes, one write connection and a pool of readers.

use std::fs::{DirBuilder, OpenOptions as FileOptions, Permissions};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sea_orm::sqlx::ConnectOptions as _;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::{DatabaseConnection, SqlxSqliteConnector};

use crate::error::{StoreError, classify_sqlx};

/// One database file and how it is opened.
#[derive(Clone, Debug)]
pub(crate) struct SqliteFile {
    path: PathBuf,
    busy_timeout: Duration,
    max_pages: Option<u32>,
}

/// Makes the data folder, open to its owner only. A folder that is already there keeps its mode (it may be a mount point that
/// others must pass); the files in it are closed to others in any case.
pub(crate) fn make_folder(folder: &Path) -> Result<(), StoreError> {
    let wrong = |error: std::io::Error| StoreError::Folder { path: folder.to_owned(), why: error.to_string() };
    if folder.is_dir() {
        let mode = std::fs::metadata(folder).map_err(wrong)?.permissions().mode();
        if mode & 0o077 != 0 {
            tracing::warn!(
                mode = format!("{:o}", mode & 0o777),
                "the data folder is open to other users of this machine; chmod 700 closes it"
            );
        }
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(wrong)
}

impl SqliteFile {
    pub(crate) fn new(path: PathBuf, busy_timeout: Duration, max_pages: Option<u32>) -> Result<Self, StoreError> {
        let wrong = |error: std::io::Error| StoreError::Folder { path: path.clone(), why: error.to_string() };
        // SQLite gives its log and shared-memory files the mode of the database file, so it is made before SQLite sees it.
        let file = FileOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path).map_err(wrong)?;
        let mode = file.metadata().map_err(wrong)?.permissions().mode();
        if mode & 0o077 != 0 {
            file.set_permissions(Permissions::from_mode(0o600)).map_err(wrong)?;
        }
        Ok(Self { path, busy_timeout, max_pages })
    }

    /// How long a write waits for a lock.
    pub(crate) fn busy_timeout(&self) -> Duration {
        self.busy_timeout
    }

    fn options(&self) -> SqliteConnectOptions {
        SqliteConnectOptions::new()
            .filename(&self.path)
            .create_if_missing(false)
            .busy_timeout(self.busy_timeout)
            .foreign_keys(true)
            .pragma("secure_delete", "ON")
            .pragma("temp_store", "MEMORY")
            .pragma("trusted_schema", "OFF")
            .disable_statement_logging()
    }

    /// The one write connection: WAL, and a commit is durable when it returns.
    pub(crate) async fn write_connection(&self) -> Result<DatabaseConnection, StoreError> {
        let mut options = self.options().journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
        if let Some(pages) = self.max_pages {
            options = options.pragma("max_page_count", pages.to_string());
        }
        let pool = || {
            SqlitePoolOptions::new()
                .max_connections(1)
                .test_before_acquire(false)
                .idle_timeout(None)
                .max_lifetime(None)
                .acquire_timeout(self.busy_timeout.saturating_mul(2) + Duration::from_secs(5))
        };
        // Turning a fresh file to WAL does not wait for the busy timeout, and two processes may start at the same moment.
        let begun = Instant::now();
        loop {
            match pool().connect_with(options.clone()).await {
                Ok(pool) => return Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool)),
                Err(error) => {
                    let error = classify_sqlx(&error);
                    if error != StoreError::Busy || begun.elapsed() > self.busy_timeout {
                        return Err(error);
                    }
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        }
    }

    /// A connection that `VACUUM INTO` may write through. It leaves the journal as it is, and waits for nobody.
    pub(crate) async fn copying_connection(&self) -> Result<DatabaseConnection, StoreError> {
        let pool = SqlitePoolOptions::new().max_connections(1).test_before_acquire(false).connect_with(self.options()).await;
        Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool.map_err(|error| classify_sqlx(&error))?))
    }

    /// Readers, which SQLite itself keeps from writing.
    pub(crate) async fn read_pool(&self, connections: u32) -> Result<DatabaseConnection, StoreError> {
        let pool = SqlitePoolOptions::new()
            .max_connections(connections.max(1))
            .test_before_acquire(false)
            .connect_with(self.options().pragma("query_only", "ON"))
            .await
            .map_err(|error| classify_sqlx(&error))?;
        Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
    }
}
