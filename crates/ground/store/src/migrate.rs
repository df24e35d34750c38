//! Migrations: plain values that rooms export and the binary composes, each applied once, in order, in a transaction of its own.
//!
//! The names carry the room (`helpline/0001_contacts`): file stems alone collide between rooms without a word.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::sea_query::TableCreateStatement;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, SqliteTransactionMode, Statement, StatementBuilder, TransactionOptions,
    TransactionTrait as _,
};
use sha2::{Digest as _, Sha256};

use crate::Tx;
use crate::database::{Database, Side};
use crate::error::StoreError;
use crate::store::Store;

/// PostgreSQL's advisory lock under which schemas and migrations are made ("plainsig" as a number).
pub(crate) const ADVISORY_LOCK: i64 = 0x706c_6169_6e73_6967;
pub(crate) const TABLE: &str = "schema_migrations";

/// Which of the two databases a migration changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// Everything but the wraps of contact keys.
    Content,
    /// The wraps of contact keys.
    Keystore,
}

/// One step of the schema.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// `<room>/<number>_<what>`, for example `ledger/0001_chain`. Never changed after a release.
    pub name: &'static str,
    /// The database it changes.
    pub database: Which,
    /// The statements for the database behind the door. Never changed after a release: a checksum of them is kept.
    pub up: fn(DbBackend) -> Vec<Statement>,
}

impl Migration {
    /// SHA-256 over the statements, in hexadecimal digits.
    pub fn checksum(&self, backend: DbBackend) -> String {
        let mut hash = Sha256::new();
        for statement in (self.up)(backend) {
            let text = format!("{}\u{0}{:?}\u{0}", statement.sql, statement.values);
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Builds a table so that its rows lie in the order of their key. On SQLite this is `WITHOUT ROWID`: a row id would tell the
/// order in which rows arrived. On PostgreSQL the heap still shows an order to whoever holds the file, which `docs/store.md` says.
pub fn keyed_table(backend: DbBackend, table: &mut TableCreateStatement) -> Statement {
    if backend == DbBackend::Sqlite {
        table.extra("WITHOUT ROWID");
    }
    StatementBuilder::build(&*table, &backend)
}

impl Store {
    /// Applies what is missing, in the order given.
    ///
    /// # Errors
    /// When a name is used twice, when the database holds a migration that is not in the list or was applied with other
    /// statements, or when a statement fails; the migration that failed is rolled back and those before it stay.
    pub async fn migrate(&self, migrations: &[Migration]) -> Result<(), StoreError> {
        check_names(migrations)?;
        for (which, database) in self.both() {
            let ours: Vec<Migration> = migrations.iter().filter(|migration| migration.database == which).copied().collect();
            migrate(database, &ours).await?;
        }
        Ok(())
    }

    /// Checks, without changing anything, that the databases hold exactly these migrations. To be called before serving.
    ///
    /// # Errors
    /// [`StoreError::UnknownSchema`], [`StoreError::MissingSchema`] or [`StoreError::ChangedSchema`].
    pub async fn check_schema(&self, migrations: &[Migration]) -> Result<(), StoreError> {
        check_names(migrations)?;
        for (which, database) in self.both() {
            let ours: Vec<Migration> = migrations.iter().filter(|migration| migration.database == which).copied().collect();
            let applied = if table_exists(database.read()).await? { applied(database.read()).await? } else { BTreeMap::new() };
            compare(&applied, &ours, database.backend())?;
            if let Some(missing) = ours.iter().find(|migration| !applied.contains_key(migration.name)) {
                return Err(StoreError::MissingSchema { name: missing.name.to_owned() });
            }
        }
        Ok(())
    }

    pub(crate) fn both(&self) -> [(Which, &Database); 2] {
        [(Which::Content, self.content()), (Which::Keystore, self.keystore())]
    }
}

fn check_names(migrations: &[Migration]) -> Result<(), StoreError> {
    let mut seen = BTreeSet::new();
    for migration in migrations {
        let named = migration.name.split_once('/').is_some_and(|(room, step)| !room.is_empty() && !step.is_empty());
        if !named || !seen.insert(migration.name) {
            return Err(StoreError::MigrationName { name: migration.name.to_owned() });
        }
    }
    Ok(())
}

async fn migrate(database: &Database, migrations: &[Migration]) -> Result<(), StoreError> {
    match &*database.side {
        Side::Sqlite { file, .. } => {
            let connection = file.write_connection().await?;
            let result = apply_all(&connection, migrations).await;
            let _ = connection.close().await;
            result
        }
        Side::Postgres(pools) => apply_all(&pools.write, migrations).await,
    }
}

async fn apply_all(connection: &DatabaseConnection, migrations: &[Migration]) -> Result<(), StoreError> {
    let backend = connection.get_database_backend();
    let tx = begin(connection).await?;
    let table = format!("CREATE TABLE IF NOT EXISTS {TABLE} (name text NOT NULL PRIMARY KEY, checksum text NOT NULL)");
    let table = if backend == DbBackend::Sqlite { format!("{table} WITHOUT ROWID") } else { table };
    tx.execute_raw(Statement::from_string(backend, table)).await?;
    compare(&applied(&tx).await?, migrations, backend)?;
    tx.commit().await?;

    for migration in migrations {
        let tx = begin(connection).await?;
        // Read again inside the transaction: another process may have started at the same moment.
        if applied(&tx).await?.contains_key(migration.name) {
            tx.rollback().await?;
            continue;
        }
        for statement in (migration.up)(backend) {
            tx.execute_raw(statement).await?;
        }
        let insert = Statement::from_sql_and_values(
            backend,
            format!("INSERT INTO {TABLE} (name, checksum) VALUES ($1, $2)"),
            [migration.name.into(), migration.checksum(backend).into()],
        );
        tx.execute_raw(insert).await?;
        tx.commit().await?;
        tracing::info!(migration = migration.name, "applied");
    }
    Ok(())
}

/// A transaction that no other migrating process can overlap.
async fn begin(connection: &DatabaseConnection) -> Result<Tx, StoreError> {
    let options = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
    let tx = connection.begin_with_options(options).await?;
    if tx.get_database_backend() == DbBackend::Postgres {
        let lock = format!("SELECT pg_advisory_xact_lock({ADVISORY_LOCK})");
        tx.execute_raw(Statement::from_string(DbBackend::Postgres, lock)).await?;
    }
    Ok(tx)
}

async fn table_exists(read: &impl ConnectionTrait) -> Result<bool, StoreError> {
    let backend = read.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => {
            format!("SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = '{TABLE}'")
        }
        _ => format!("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '{TABLE}'"),
    };
    Ok(read.query_one_raw(Statement::from_string(backend, sql)).await?.is_some())
}

pub(crate) async fn applied(read: &impl ConnectionTrait) -> Result<BTreeMap<String, String>, StoreError> {
    let statement = Statement::from_string(read.get_database_backend(), format!("SELECT name, checksum FROM {TABLE}"));
    let mut applied = BTreeMap::new();
    for row in read.query_all_raw(statement).await? {
        applied.insert(row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    }
    Ok(applied)
}

fn compare(applied: &BTreeMap<String, String>, migrations: &[Migration], backend: DbBackend) -> Result<(), StoreError> {
    for (name, checksum) in applied {
        match migrations.iter().find(|migration| migration.name == name) {
            None => return Err(StoreError::UnknownSchema { name: name.clone() }),
            Some(migration) if migration.checksum(backend) != *checksum => {
                return Err(StoreError::ChangedSchema { name: name.clone() });
            }
            Some(_) => {}
        }
    }
    Ok(())
}
