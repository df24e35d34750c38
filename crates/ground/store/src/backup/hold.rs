//! Who uses an instance: processes that serve it hold it together, whoever puts a backup back holds it alone. On SQLite it is a lock on
//! the data folder, on PostgreSQL an advisory lock of the database. Both end with the process that holds them, however it ends.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use sea_orm::sqlx::postgres::PgConnection;
use sea_orm::sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _};
use tokio::task::JoinHandle;

use super::postgres::wrong;
use super::{BackupError, RESTORING};
use crate::error::StoreError;
use crate::postgres::CONNECT_LIMIT;
use crate::sqlite::make_folder;
use crate::store::Address;

/// The number of the lock, for ever the same.
const LOCK: i64 = 0x706c_6169_6e68_6f6c;
/// So often is tried to hold it alone: a server takes a moment to see that a process has ended.
const TRIES: u32 = 30;
const BETWEEN: Duration = Duration::from_millis(100);
/// So often is looked whether the connection that holds it still stands.
const LOOK: Duration = Duration::from_secs(20);

/// An instance that is held together with others, until this is dropped.
#[derive(Debug)]
pub struct Held {
    _folder: Option<File>,
    server: Option<JoinHandle<()>>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(server) = &self.server {
            server.abort();
        }
    }
}

/// An instance that nobody else uses, until this is dropped.
#[derive(Debug)]
pub struct HeldAlone {
    pub(super) kind: Alone,
}

#[derive(Debug)]
pub(super) enum Alone {
    Folder(#[expect(dead_code, reason = "held, not read")] File),
    /// What takes the place of the served databases does so in this very session: if it broke, somebody else may hold them by now.
    Server(Box<PgConnection>),
}

/// Holds an instance together with every other process that uses it.
///
/// # Errors
/// [`BackupError::BeingRestored`], [`BackupError::Unfinished`], or what the folder or the server says.
pub async fn hold(address: &Address) -> Result<Held, BackupError> {
    match address {
        Address::Sqlite(folder) => {
            let file = open(folder)?;
            match file.try_lock_shared() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(BackupError::BeingRestored),
                Err(TryLockError::Error(error)) => return Err(BackupError::file(folder)(error)),
            }
            if folder.join(RESTORING).exists() {
                return Err(BackupError::Unfinished { folder: folder.clone() });
            }
            Ok(Held { _folder: Some(file), server: None })
        }
        Address::Postgres(url) => {
            let connection = share(url).await?;
            Ok(Held { _folder: None, server: Some(tokio::spawn(keep(url.clone(), connection))) })
        }
    }
}

/// Holds an instance whose databases are to be replaced.
///
/// # Errors
/// [`BackupError::InUse`], or what the folder or the server says.
pub async fn hold_alone(address: &Address) -> Result<HeldAlone, BackupError> {
    match address {
        Address::Sqlite(folder) => {
            let file = open(folder)?;
            match file.try_lock() {
                Ok(()) => Ok(HeldAlone { kind: Alone::Folder(file) }),
                Err(TryLockError::WouldBlock) => Err(BackupError::InUse),
                Err(TryLockError::Error(error)) => Err(BackupError::file(folder)(error)),
            }
        }
        Address::Postgres(url) => {
            let mut connection = connect(url).await?;
            for _ in 0..TRIES {
                if taken(&mut connection, "pg_try_advisory_lock").await? {
                    return Ok(HeldAlone { kind: Alone::Server(Box::new(connection)) });
                }
                tokio::time::sleep(BETWEEN).await;
            }
            Err(BackupError::InUse)
        }
    }
}

fn open(folder: &Path) -> Result<File, BackupError> {
    make_folder(folder)?;
    File::open(folder).map_err(BackupError::file(folder))
}

async fn connect(url: &str) -> Result<PgConnection, BackupError> {
    match tokio::time::timeout(CONNECT_LIMIT, PgConnection::connect(url)).await {
        Ok(connection) => connection.map_err(wrong),
        Err(_) => Err(StoreError::Unreachable { why: "no answer".to_owned() }.into()),
    }
}

async fn taken(connection: &mut PgConnection, how: &str) -> Result<bool, BackupError> {
    let row = connection.fetch_one(AssertSqlSafe(format!("SELECT {how}({LOCK})"))).await.map_err(wrong)?;
    row.try_get(0).map_err(wrong)
}

async fn share(url: &str) -> Result<PgConnection, BackupError> {
    let mut connection = connect(url).await?;
    if taken(&mut connection, "pg_try_advisory_lock_shared").await? { Ok(connection) } else { Err(BackupError::BeingRestored) }
}

/// Keeps the lock while the process runs: with a connection that breaks it is gone, and has to be taken anew.
async fn keep(url: String, mut connection: PgConnection) {
    loop {
        tokio::time::sleep(LOOK).await;
        if connection.ping().await.is_ok() {
            continue;
        }
        match share(&url).await {
            Ok(new) => connection = new,
            Err(error) => tracing::error!(%error, "the instance is not held: nobody may put a backup back while this runs"),
        }
    }
}
