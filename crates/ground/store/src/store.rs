//! The store: two databases behind one door.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::counters::Counters;
use crate::database::{Database, Side};
use crate::error::StoreError;
use crate::postgres::PostgresPools;
use crate::sqlite::{SqliteFile, make_folder};
use crate::writer::Writer;

/// Where the data is.
#[derive(Clone)]
pub enum Address {
    /// A data folder; it holds `content.sqlite` and `keystore.sqlite`.
    Sqlite(PathBuf),
    /// A PostgreSQL address; the schemas `content` and `keystore` are made in its database.
    Postgres(String),
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(folder) => f.debug_tuple("Sqlite").field(folder).finish(),
            // The address may hold a password.
            Self::Postgres(_) => f.write_str("Postgres(..)"),
        }
    }
}

/// How the databases are opened.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// Connections for reading, of each database.
    pub read_connections: u32,
    /// How long a write waits for a lock that another program holds before it is [`StoreError::Busy`].
    pub busy_timeout: Duration,
    /// The size in pages of 4 KiB that no SQLite file may exceed; what would go beyond is [`StoreError::DiskFull`].
    /// For an administrator who would rather stop early, and for tests of a full disk.
    pub max_pages: Option<u32>,
    /// Opens databases of this name beside the ones that are served: a folder in the data folder, schemas with this at the end.
    pub beside: Option<&'static str>,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self { read_connections: 4, busy_timeout: Duration::from_secs(10), max_pages: None, beside: None }
    }
}

/// The two databases: `content`, and `keystore` for the wraps of contact keys, which live apart so that an erased key is not
/// kept by the long-lived backups of the content.
#[derive(Clone)]
pub struct Store {
    content: Database,
    keystore: Database,
}

impl Store {
    /// Opens both databases, making them when they are missing. Applies no migration: see [`Store::migrate`].
    ///
    /// # Errors
    /// When the folder, a file or the server cannot be used.
    pub async fn open(address: &Address, options: OpenOptions) -> Result<Self, StoreError> {
        let (content, keystore) = match address {
            Address::Sqlite(folder) => {
                let folder = &options.beside.map_or_else(|| folder.clone(), |beside| folder.join(beside));
                make_folder(folder)?;
                (sqlite(folder.join("content.sqlite"), &options).await?, sqlite(folder.join("keystore.sqlite"), &options).await?)
            }
            Address::Postgres(url) => {
                let beside = options.beside.map(|beside| format!("_{beside}")).unwrap_or_default();
                let [content, keystore] = ["content", "keystore"].map(|schema| format!("{schema}{beside}"));
                (postgres(url, &content, &options).await?, postgres(url, &keystore, &options).await?)
            }
        };
        Ok(Self { content, keystore })
    }

    /// Everything but the wraps of contact keys.
    pub fn content(&self) -> &Database {
        &self.content
    }

    /// The wraps of contact keys.
    pub fn keystore(&self) -> &Database {
        &self.keystore
    }

    /// Lets running transactions end, then closes every connection. Later calls are [`StoreError::Closed`].
    pub async fn close(&self) {
        self.content.close().await;
        self.keystore.close().await;
    }
}

async fn sqlite(path: PathBuf, options: &OpenOptions) -> Result<Database, StoreError> {
    let file = SqliteFile::new(path, options.busy_timeout, options.max_pages)?;
    let write = file.write_connection().await?;
    let read = file.read_pool(options.read_connections).await?;
    let counters = Arc::new(Counters::default());
    let writer = Writer::start(file.clone(), write, Arc::clone(&counters));
    Ok(Database::new(Side::Sqlite { writer, read, file }, counters))
}

async fn postgres(url: &str, schema: &str, options: &OpenOptions) -> Result<Database, StoreError> {
    let pools = PostgresPools::open(url, schema, options).await?;
    Ok(Database::new(Side::Postgres(Arc::new(pools)), Arc::new(Counters::default())))
}
