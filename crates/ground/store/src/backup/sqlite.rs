//! SQLite: a copy is made with `VACUUM INTO`, in one reading transaction that keeps nobody from writing. It holds no free page, so
//! nothing of deleted rows either.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::Duration;

use sea_orm::sqlx::ConnectOptions as _;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, SqlxSqliteConnector, Statement};

use super::file::{Hashed, hash_file, read_through};
use super::manifest::{Copied, Kind};
use super::{BackupError, Progress, Source};
use crate::error::{StoreError, classify_sqlx};
use crate::migrate::{Which, applied};
use crate::sqlite::SqliteFile;

/// How often is looked how far the copy is.
const LOOK: Duration = Duration::from_millis(200);

pub(super) async fn copy_out(file: &SqliteFile, folder: &Path, which: Which, progress: Progress<'_>) -> Result<Copied, BackupError> {
    let path = folder.join(Kind::Sqlite.file(which));
    let wrong = BackupError::file(&path);
    // Made before SQLite sees it: an empty file keeps its mode.
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(&wrong)?;
    let connection = file.copying_connection().await?;
    let expected = size(&connection).await?;
    let copying = async {
        let name = path.to_str().ok_or_else(|| StoreError::Folder { path: path.clone(), why: "its name is not UTF-8".to_owned() })?;
        let vacuum = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [name.into()]);
        connection.execute_raw(vacuum).await.map_err(StoreError::from)?;
        Ok::<_, StoreError>(())
    };
    let looking = async {
        loop {
            tokio::time::sleep(LOOK).await;
            progress(which, made.metadata().map_or(0, |about| about.len()).min(expected), expected);
        }
    };
    tokio::select! {
        done = copying => done?,
        () = looking => {}
    }
    let _ = connection.close().await;
    // SQLite does not wait for the disk here, and the copy must be there before the manifest says so.
    made.sync_all().map_err(&wrong)?;
    let (schema, rows) = about(&path).await?;
    let part = hash_file(&path).await?;
    progress(which, part.bytes, part.bytes);
    Ok(Copied { part, schema, rows })
}

async fn size(connection: &DatabaseConnection) -> Result<u64, StoreError> {
    let sql = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";
    let row = connection.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
    let size: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
    Ok(size.unsigned_abs())
}

/// Opens a copy so that nothing is written, not even beside it.
async fn open(path: &Path) -> Result<DatabaseConnection, StoreError> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true).immutable(true).disable_statement_logging();
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.map_err(|error| classify_sqlx(&error))?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

/// The migrations and the rows of a copy.
async fn about(path: &Path) -> Result<(Vec<String>, Vec<(String, u64)>), BackupError> {
    let copy = open(path).await?;
    let schema = applied(&copy).await?.into_keys().collect();
    let rows = rows(&copy).await?;
    let _ = copy.close().await;
    Ok((schema, rows))
}

async fn rows(copy: &DatabaseConnection) -> Result<Vec<(String, u64)>, StoreError> {
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1";
    let mut rows = Vec::new();
    for row in copy.query_all_raw(Statement::from_string(DbBackend::Sqlite, tables)).await? {
        let table: String = row.try_get_by_index(0)?;
        let count = Statement::from_string(DbBackend::Sqlite, format!("SELECT count(*) FROM \"{table}\""));
        let counted = copy.query_one_raw(count).await?;
        let counted: i64 = counted.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
        rows.push((table, counted.unsigned_abs()));
    }
    Ok(rows)
}

pub(super) async fn check(path: &Path, copied: &Copied) -> Result<(), BackupError> {
    let damaged = || BackupError::Damaged { path: path.to_owned() };
    let copy = open(path).await?;
    let row = copy.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check(1)")).await;
    let said: String = match row.map(|row| row.map(|row| row.try_get_by_index(0))) {
        Ok(Some(Ok(said))) => said,
        _ => return Err(damaged()),
    };
    if said != "ok" {
        return Err(damaged());
    }
    let found = rows(&copy).await?;
    let _ = copy.close().await;
    compare(path, &found, &copied.rows)
}

/// Compares counted rows with those of the manifest, either way round.
pub(super) fn compare(path: &Path, found: &[(String, u64)], expected: &[(String, u64)]) -> Result<(), BackupError> {
    let of = |list: &[(String, u64)], table: &str| list.iter().find(|(name, _)| name == table).map_or(0, |(_, rows)| *rows);
    for (table, _) in found.iter().chain(expected) {
        let (found, expected) = (of(found, table), of(expected, table));
        if found != expected {
            return Err(BackupError::Rows { path: path.to_owned(), table: table.clone(), expected, found });
        }
    }
    Ok(())
}

pub(super) async fn copy_in(folder: &Path, which: Which, source: Source<'_>, progress: Progress<'_>) -> Result<(), BackupError> {
    let name = source.manifest.kind.file(which);
    let (from, to) = (source.folder.join(name), folder.join(name));
    let expected = &source.manifest.copied(which).part;
    let wrong = BackupError::file(&to);
    let mut copy = Hashed::create(&to).map_err(&wrong)?;
    let read = read_through(&from, |piece| {
        copy.write(piece)?;
        progress(which, copy.bytes(), expected.bytes);
        Ok(())
    });
    read.map_err(BackupError::file(&from))?;
    let written = copy.end().map_err(wrong)?;
    if written != *expected {
        return Err(BackupError::Changed { path: from, expected: expected.bytes, found: written.bytes });
    }
    check(&to, source.manifest.copied(which)).await
}
