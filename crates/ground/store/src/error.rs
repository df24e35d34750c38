//! What can go wrong below the acts, as types that a page can explain and a log can keep: no error carries a value from a statement.

use std::cell::Cell;
use std::path::PathBuf;
use std::sync::Arc;

use sea_orm::sqlx;
use sea_orm::{DbErr, RuntimeErr};
use thiserror::Error;

use crate::counters::Counters;

/// A failure of the database or of what lies under it.
///
/// The text never holds a bound value: PostgreSQL puts values into some messages, so only its codes and names are kept.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreError {
    /// No space is left for the database, its log or its temporary files. Nothing was written.
    #[error("the disk that holds the database is full; nothing was written")]
    DiskFull,
    /// Another program held the write lock for longer than we wait. Nothing was written; trying again is safe.
    #[error("the database stayed locked by another program; nothing was written")]
    Busy,
    /// Other transactions kept changing what this one read. Nothing was written; trying again is safe.
    #[error("other changes kept coming in between; nothing was written")]
    Conflict,
    /// The database, its folder or its disk refuses writing.
    #[error("the database can only be read")]
    ReadOnly,
    /// The disk gave an error that is not lack of space.
    #[error("the disk answered with an error (code {code})")]
    Disk {
        /// SQLite's extended result code or PostgreSQL's SQLSTATE.
        code: String,
    },
    /// The file is not a database of ours, or it was damaged.
    #[error("the database is damaged or is not a database (code {code})")]
    Damaged {
        /// SQLite's extended result code or PostgreSQL's SQLSTATE.
        code: String,
    },
    /// No connection could be made or the connection broke. A transaction that was being committed may or may not have been kept.
    #[error("the database cannot be reached: {why}")]
    Unreachable {
        /// What the system said.
        why: String,
    },
    /// A row with this key is already there.
    #[error("this is already there ({what})")]
    Duplicate {
        /// The constraint, or the table and column.
        what: String,
    },
    /// A row that this one refers to is not there, or one that refers to it still is.
    #[error("a row refers to one that is not there ({what})")]
    Reference {
        /// The constraint.
        what: String,
    },
    /// The database holds a migration that this program does not know: it was used by a newer version.
    #[error("the database holds {name:?}, which this version does not know: it was used by a newer version, start that one")]
    UnknownSchema {
        /// The migration's name.
        name: String,
    },
    /// A migration that this program needs was not applied.
    #[error("the database lacks {name:?}: run `plainsight init`")]
    MissingSchema {
        /// The migration's name.
        name: String,
    },
    /// A migration was applied with other statements than this program has.
    #[error("{name:?} was applied to this database with other statements than this version has")]
    ChangedSchema {
        /// The migration's name.
        name: String,
    },
    /// Two rooms gave a migration the same name, or a name without its room.
    #[error("the migration name {name:?} is used twice or does not begin with its room")]
    MigrationName {
        /// The migration's name.
        name: String,
    },
    /// The data folder could not be made or used.
    #[error("the data folder {path} cannot be used: {why}")]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// The work given to a transaction panicked; what it had written is rolled back.
    #[error("the transaction {name} stopped by a fault in the program; nothing was written")]
    WorkPanicked {
        /// The transaction's name.
        name: &'static str,
    },
    /// The work held the write lock for too long; what it had written is rolled back.
    #[error("the transaction {name} took longer than {seconds} s and was given up; nothing was written")]
    WorkTooLong {
        /// The transaction's name.
        name: &'static str,
        /// The limit in seconds.
        seconds: u64,
    },
    /// A statement failed and the work went on as if it had not; PostgreSQL would have dropped the rest without a word.
    #[error("the transaction {name} went on after a statement had failed; nothing was written")]
    FailureIgnored {
        /// The transaction's name.
        name: &'static str,
    },
    /// A transaction was asked for inside another one of the same database; on SQLite's single writer it would wait for itself.
    #[error("the transaction {name} was asked for inside another one of the same database")]
    Nested {
        /// The inner transaction's name.
        name: &'static str,
    },
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// A sealed value does not open with the keys at hand: the wrong key file, or the value was moved or changed.
    #[error("a sealed value in {table} does not open: wrong key file, or the row was changed")]
    Sealed {
        /// The table.
        table: &'static str,
    },
    /// This holder has no service key for the organisation and zone.
    #[error("there is no service key of {holder} for the zone {zone:?}")]
    NoServiceKey {
        /// `public` or `desk`.
        holder: &'static str,
        /// The zone.
        zone: String,
    },
    /// A value in the table has a shape that this program does not write.
    #[error("{what} has a shape that this program does not write")]
    Shape {
        /// Table and column, or what the decoder said about types.
        what: String,
    },
    /// Any other refusal of a statement.
    #[error("the database refused a statement (code {code}{what})")]
    Statement {
        /// SQLite's extended result code, PostgreSQL's SQLSTATE, or `-`.
        code: String,
        /// SQLite's message or PostgreSQL's constraint and table names.
        what: String,
    },
}

impl StoreError {
    /// Whether the same request may simply be sent again: nothing was written and the cause usually passes.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Busy | Self::Conflict | Self::Unreachable { .. } | Self::DiskFull)
    }
}

/// What the statements of the running work have met, so that the transaction knows whether to try again although the
/// work's own error type is opaque to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Met {
    #[default]
    Nothing,
    Conflict,
    Other,
}

/// What is known to the code that runs inside a transaction's work.
#[derive(Debug)]
pub(crate) struct Inside {
    /// Which database it writes to, by the address of its counters.
    database: usize,
    met: Cell<Met>,
}

tokio::task_local! {
    static INSIDE: Inside;
}

impl Inside {
    fn number(counters: &Arc<Counters>) -> usize {
        Arc::as_ptr(counters).addr()
    }

    /// Runs a work with a fresh notebook and gives it back with what was met.
    pub(crate) async fn run<R>(counters: &Arc<Counters>, work: impl Future<Output = R>) -> (R, Met) {
        let inside = Self { database: Self::number(counters), met: Cell::default() };
        INSIDE
            .scope(inside, async {
                let ended = work.await;
                (ended, INSIDE.with(|inside| inside.met.get()))
            })
            .await
    }

    /// Whether this code runs inside a work of that database.
    pub(crate) fn is_in(counters: &Arc<Counters>) -> bool {
        INSIDE.try_with(|inside| inside.database == Self::number(counters)).unwrap_or(false)
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        let ours = classify(&error);
        let met = if ours == Self::Conflict { Met::Conflict } else { Met::Other };
        // Outside a transaction there is nobody to tell.
        let _ = INSIDE.try_with(|inside| {
            if inside.met.get() != Met::Conflict {
                inside.met.set(met);
            }
        });
        ours
    }
}

fn classify(error: &DbErr) -> StoreError {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(inner))
        | DbErr::Exec(RuntimeErr::SqlxError(inner))
        | DbErr::Query(RuntimeErr::SqlxError(inner)) => classify_sqlx(inner),
        // A pool that gives no connection in time is a database that is too busy.
        DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout) => StoreError::Busy,
        DbErr::ConnectionAcquire(_) => StoreError::Closed,
        DbErr::RecordNotInserted | DbErr::RecordNotUpdated => StoreError::Statement { code: "-".to_owned(), what: format!(": {error}") },
        DbErr::Json(_) => StoreError::Shape { what: "a JSON value".to_owned() },
        DbErr::TryIntoErr { from, into, .. } => StoreError::Shape { what: format!("a value read as {from} and wanted as {into}") },
        DbErr::Type(_) => StoreError::Shape { what: "a value".to_owned() },
        DbErr::Conn(_) => StoreError::Unreachable { why: "the connection failed".to_owned() },
        // The texts of the others may quote what was asked for.
        _ => StoreError::Statement { code: "-".to_owned(), what: String::new() },
    }
}

pub(crate) fn classify_sqlx(error: &sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::Database(inner) => {
            let code = inner.code().unwrap_or_default().into_owned();
            match inner.try_downcast_ref::<sqlx::postgres::PgDatabaseError>() {
                Some(postgres) => classify_postgres(&code, postgres),
                None => classify_sqlite(&code, inner.message()),
            }
        }
        sqlx::Error::PoolTimedOut => StoreError::Busy,
        sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => StoreError::Closed,
        sqlx::Error::Io(inner) if inner.kind() == std::io::ErrorKind::StorageFull => StoreError::DiskFull,
        sqlx::Error::Io(inner) => StoreError::Unreachable { why: inner.to_string() },
        sqlx::Error::Configuration(_) => StoreError::Unreachable { why: "the address is not well formed".to_owned() },
        sqlx::Error::Tls(_) => StoreError::Unreachable { why: "no secure connection could be made".to_owned() },
        sqlx::Error::ColumnNotFound(name) => StoreError::Shape { what: format!("the column {name}") },
        sqlx::Error::ColumnDecode { index, .. } => StoreError::Shape { what: format!("the column {index}") },
        sqlx::Error::BeginFailed => StoreError::Busy,
        sqlx::Error::Protocol(_) => StoreError::Unreachable { why: "the answer was not understood".to_owned() },
        _ => StoreError::Statement { code: "-".to_owned(), what: String::new() },
    }
}

/// Result codes: <https://www.sqlite.org/rescode.html>; the low byte is the primary code.
fn classify_sqlite(code: &str, message: &str) -> StoreError {
    let number: u32 = code.parse().unwrap_or(1);
    match number & 0xff {
        5 | 6 => StoreError::Busy,
        8 => StoreError::ReadOnly,
        10 => StoreError::Disk { code: code.to_owned() },
        11 | 26 => StoreError::Damaged { code: code.to_owned() },
        13 => StoreError::DiskFull,
        14 => StoreError::Unreachable { why: "the file cannot be opened".to_owned() },
        19 if matches!(number, 1555 | 2067) => {
            StoreError::Duplicate { what: message.trim_start_matches("UNIQUE constraint failed: ").to_owned() }
        }
        19 if number == 787 => StoreError::Reference { what: "foreign key".to_owned() },
        _ => StoreError::Statement { code: code.to_owned(), what: format!(": {message}") },
    }
}

/// SQLSTATE classes: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn classify_postgres(code: &str, error: &sqlx::postgres::PgDatabaseError) -> StoreError {
    let names = || {
        let names: Vec<&str> = [error.table(), error.column(), error.constraint()].into_iter().flatten().collect();
        names.join(".")
    };
    match code {
        "40001" | "40P01" => StoreError::Conflict,
        "55P03" => StoreError::Busy,
        "53100" => StoreError::DiskFull,
        "53300" | "53400" => StoreError::Busy,
        "25006" => StoreError::ReadOnly,
        "58030" => StoreError::Disk { code: code.to_owned() },
        "23505" => StoreError::Duplicate { what: names() },
        "23503" => StoreError::Reference { what: names() },
        "57P01" | "57P02" | "57P03" | "57P04" | "3D000" | "28000" | "28P01" => StoreError::Unreachable { why: format!("code {code}") },
        _ if code.starts_with("08") => StoreError::Unreachable { why: format!("code {code}") },
        _ if code.starts_with("XX") => StoreError::Damaged { code: code.to_owned() },
        _ => {
            let names = names();
            StoreError::Statement { code: code.to_owned(), what: if names.is_empty() { names } else { format!(": {names}") } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_codes_become_errors_that_a_page_can_explain() {
        let check = |code: &str, expected: StoreError| assert_eq!(classify_sqlite(code, "message"), expected, "code {code}");
        check("13", StoreError::DiskFull);
        check("5", StoreError::Busy);
        check("517", StoreError::Busy);
        check("261", StoreError::Busy);
        check("6", StoreError::Busy);
        check("8", StoreError::ReadOnly);
        check("1032", StoreError::ReadOnly);
        check("778", StoreError::Disk { code: "778".to_owned() });
        check("11", StoreError::Damaged { code: "11".to_owned() });
        check("26", StoreError::Damaged { code: "26".to_owned() });
        check("787", StoreError::Reference { what: "foreign key".to_owned() });
        assert_eq!(classify_sqlite("1555", "UNIQUE constraint failed: a.b"), StoreError::Duplicate { what: "a.b".to_owned() });
        check("nonsense", StoreError::Statement { code: "nonsense".to_owned(), what: ": message".to_owned() });
    }

    #[test]
    fn an_error_that_quotes_a_json_value_loses_it() {
        let error = StoreError::from(DbErr::Json("expected value at \"my name is\"".to_owned()));
        assert!(!error.to_string().contains("my name"));
        let error = StoreError::from(DbErr::RecordNotFound("secret".to_owned()));
        assert!(!format!("{error} {error:?}").contains("secret"));
    }
}
