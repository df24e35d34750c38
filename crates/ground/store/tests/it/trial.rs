//! A small room for trying the store out: one table with a counter's row and notes.

use plainsight_store::{Migration, StoreError, Tx, Which, keyed_table};
use sea_orm::sea_query::{ColumnDef, Index, Table};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use uuid::Uuid;

pub(crate) fn migrations() -> Vec<Migration> {
    let mut migrations = plainsight_store::migrations();
    migrations.push(Migration { name: "trial/0001_notes", database: Which::Content, up: notes });
    migrations.push(Migration { name: "trial/0002_wraps", database: Which::Keystore, up: wraps });
    migrations
}

fn notes(backend: DbBackend) -> Vec<Statement> {
    let mut table = Table::create();
    table
        .table("notes")
        .col(ColumnDef::new("organisation").uuid().not_null())
        .col(ColumnDef::new("id").uuid().not_null())
        .col(ColumnDef::new("body").blob().not_null())
        .primary_key(Index::create().col("organisation").col("id"));
    vec![keyed_table(backend, &mut table)]
}

fn wraps(backend: DbBackend) -> Vec<Statement> {
    let mut table = Table::create();
    table.table("wraps").col(ColumnDef::new("id").uuid().not_null().primary_key());
    vec![keyed_table(backend, &mut table)]
}

pub(crate) fn id(organisation: u128, number: u128) -> (Uuid, Uuid) {
    (Uuid::from_u128(organisation), Uuid::from_u128(number))
}

pub(crate) async fn put(tx: &Tx, (organisation, id): (Uuid, Uuid), body: &[u8]) -> Result<(), StoreError> {
    let statement = Statement::from_sql_and_values(
        tx.get_database_backend(),
        "INSERT INTO notes (organisation, id, body) VALUES ($1, $2, $3)",
        [organisation.into(), id.into(), body.to_vec().into()],
    );
    tx.execute_raw(statement).await?;
    Ok(())
}

pub(crate) async fn body(read: &impl ConnectionTrait, (organisation, id): (Uuid, Uuid)) -> Result<Option<Vec<u8>>, StoreError> {
    let statement = Statement::from_sql_and_values(
        read.get_database_backend(),
        "SELECT body FROM notes WHERE organisation = $1 AND id = $2",
        [organisation.into(), id.into()],
    );
    Ok(match read.query_one_raw(statement).await? {
        Some(row) => Some(row.try_get_by_index(0)?),
        None => None,
    })
}

pub(crate) async fn set(tx: &Tx, (organisation, id): (Uuid, Uuid), body: &[u8]) -> Result<(), StoreError> {
    let statement = Statement::from_sql_and_values(
        tx.get_database_backend(),
        "UPDATE notes SET body = $3 WHERE organisation = $1 AND id = $2",
        [organisation.into(), id.into(), body.to_vec().into()],
    );
    tx.execute_raw(statement).await?;
    Ok(())
}

pub(crate) async fn ids(read: &impl ConnectionTrait, organisation: u128) -> Vec<u128> {
    let statement = Statement::from_sql_and_values(
        read.get_database_backend(),
        "SELECT id FROM notes WHERE organisation = $1 ORDER BY id",
        [Uuid::from_u128(organisation).into()],
    );
    let rows = read.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index::<Uuid>(0).unwrap().as_u128()).collect()
}
