//! Restored databases take the place of those that were served: at one moment, and what was there is set aside, for a wrong backup
//! may have been chosen.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sea_orm::sqlx::postgres::PgConnection;
use sea_orm::sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _};

use super::file::sync_folder;
use super::hold::{Alone, HeldAlone};
use super::postgres::wrong;
use super::{BackupError, RESTORING};
use crate::sqlite::make_folder;
use crate::store::Address;

/// What SQLite may have beside a database.
const ENDINGS: [&str; 3] = ["", "-wal", "-shm"];
const NAMES: [&str; 2] = ["content", "keystore"];
/// How the names of what was set aside begin.
const BEFORE: &str = "before-restore-";

async fn connect(url: &str) -> Result<PgConnection, BackupError> {
    PgConnection::connect(url).await.map_err(wrong)
}

async fn names(connection: &mut PgConnection, sql: &'static str) -> Result<Vec<String>, BackupError> {
    let rows = connection.fetch_all(sql).await.map_err(wrong)?;
    rows.iter().map(|row| row.try_get(0).map_err(wrong)).collect()
}

/// Throws away what an earlier restoring left unfinished.
///
/// # Errors
/// When it cannot be deleted.
pub async fn clear(address: &Address) -> Result<(), BackupError> {
    match address {
        Address::Sqlite(folder) => {
            let folder = folder.join(RESTORING);
            if folder.exists() { fs::remove_dir_all(&folder).map_err(BackupError::file(&folder)) } else { Ok(()) }
        }
        Address::Postgres(url) => {
            let mut connection = connect(url).await?;
            let drop = NAMES.map(|name| format!("DROP SCHEMA IF EXISTS \"{name}_{RESTORING}\" CASCADE;")).concat();
            connection.execute(AssertSqlSafe(format!("SET client_min_messages = warning; {drop}"))).await.map_err(wrong)?;
            connection.close().await.map_err(wrong)
        }
    }
}

/// Puts the restored databases in the place of those that were served; `stamp` names what is set aside, if it is to be kept. Gives
/// the name of that. The restored store must be closed, and the instance held since before its data was looked at: what somebody took
/// meanwhile would be set aside with the rest.
///
/// # Errors
/// When a name cannot be changed. Nothing is lost then: the served databases, the restored ones or the set aside ones are there.
pub async fn swap_in(held: &mut HeldAlone, address: &Address, stamp: &str, keep: bool) -> Result<Option<String>, BackupError> {
    match (address, &mut held.kind) {
        (Address::Sqlite(folder), Alone::Folder(_)) => swap_files(folder, stamp, keep),
        (Address::Postgres(_), Alone::Server(connection)) => swap_schemas(connection, stamp, keep).await,
        // Another instance is held.
        _ => Err(BackupError::InUse),
    }
}

fn swap_files(folder: &Path, stamp: &str, keep: bool) -> Result<Option<String>, BackupError> {
    let aside = folder.join(format!("{BEFORE}{stamp}"));
    let files = |folder: &Path| -> Vec<PathBuf> {
        let names = NAMES.iter().flat_map(|name| ENDINGS.map(|ending| format!("{name}.sqlite{ending}")));
        names.map(|name| folder.join(name)).filter(|file| file.exists()).collect()
    };
    let old = files(folder);
    if keep && !old.is_empty() {
        make_folder(&aside)?;
    }
    for file in &old {
        let gone = if keep { file.file_name().map_or(Ok(()), |name| fs::rename(file, aside.join(name))) } else { fs::remove_file(file) };
        gone.map_err(BackupError::file(file))?;
    }
    let restoring = folder.join(RESTORING);
    for file in files(&restoring) {
        let named = file.file_name().map_or(Ok(()), |name| fs::rename(&file, folder.join(name)));
        named.map_err(BackupError::file(&file))?;
    }
    // While this folder is there, nothing opens the instance: a restoring that broke off here has to be done again.
    let settled = |()| -> io::Result<()> {
        sync_folder(folder)?;
        fs::remove_dir_all(&restoring)?;
        sync_folder(folder)
    };
    settled(()).map_err(BackupError::file(folder))?;
    Ok((keep && !old.is_empty()).then(|| aside.display().to_string()))
}

async fn swap_schemas(connection: &mut PgConnection, stamp: &str, keep: bool) -> Result<Option<String>, BackupError> {
    let ending = format!("{BEFORE}{stamp}").to_lowercase().replace('-', "_");
    let there = names(connection, "SELECT nspname::text FROM pg_namespace WHERE nspname IN ('content', 'keystore')").await?;
    let mut sql = "SET client_min_messages = warning; BEGIN; ".to_owned();
    for name in &there {
        sql.push_str(&match keep {
            true => format!("ALTER SCHEMA \"{name}\" RENAME TO \"{name}_{ending}\"; "),
            false => format!("DROP SCHEMA \"{name}\" CASCADE; "),
        });
    }
    for name in NAMES {
        sql.push_str(&format!("ALTER SCHEMA \"{name}_{RESTORING}\" RENAME TO \"{name}\"; "));
    }
    sql.push_str("COMMIT;");
    connection.execute(AssertSqlSafe(sql)).await.map_err(wrong)?;
    let aside: Vec<String> = there.iter().map(|name| format!("{name}_{ending}")).collect();
    Ok((keep && !there.is_empty()).then(|| aside.join(" and ")))
}

/// What was set aside by restoring and is still there, and whether a restoring is unfinished.
///
/// # Errors
/// When it cannot be looked for.
pub async fn left_over(address: &Address) -> Result<(Vec<String>, bool), BackupError> {
    match address {
        Address::Sqlite(folder) => {
            let wrong = BackupError::file(folder);
            let mut found = Vec::new();
            for entry in fs::read_dir(folder).map_err(&wrong)? {
                let name = entry.map_err(&wrong)?.file_name();
                if name.to_string_lossy().starts_with(BEFORE) {
                    found.push(folder.join(name).display().to_string());
                }
            }
            found.sort();
            Ok((found, folder.join(RESTORING).exists()))
        }
        Address::Postgres(url) => {
            let mut connection = connect(url).await?;
            let sql =
                "SELECT nspname::text FROM pg_namespace WHERE nspname ~ '^(content|keystore)_(before_restore_.*|restoring)$' ORDER BY 1";
            let found = names(&mut connection, sql).await?;
            connection.close().await.map_err(wrong)?;
            // The schemas are swapped in one transaction: what is unfinished there is in nobody's way.
            Ok((found, false))
        }
    }
}
