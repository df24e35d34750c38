//! Clear values of a site: its salt, the operator's name, a schedule's mark. Nothing secret and nothing about a person.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ColumnDef, Index, OnConflict, Table};
use sea_orm::{DbBackend, Set, Statement};
use uuid::Uuid;

use crate::error::StoreError;
use crate::migrate::keyed_table;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "site_values")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub value: String,
}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn table(backend: DbBackend) -> Vec<Statement> {
    let mut table = Table::create();
    table
        .table("site_values")
        .col(ColumnDef::new("organisation").uuid().not_null())
        .col(ColumnDef::new("name").text().not_null())
        .col(ColumnDef::new("value").text().not_null())
        .primary_key(Index::create().col("organisation").col("name"));
    vec![keyed_table(backend, &mut table)]
}

/// The value called `name` of the organisation's site.
///
/// # Errors
/// When the database does not answer.
pub async fn site_value(read: &impl ConnectionTrait, organisation: Uuid, name: &str) -> Result<Option<String>, StoreError> {
    let found = Entity::find_by_id((organisation, name.to_owned())).one(read).await?;
    Ok(found.map(|row| row.value))
}

/// Writes or replaces the value called `name`.
///
/// # Errors
/// When the database refuses.
pub async fn put_site_value(tx: &impl ConnectionTrait, organisation: Uuid, name: &str, value: &str) -> Result<(), StoreError> {
    let row = ActiveModel { organisation: Set(organisation), name: Set(name.to_owned()), value: Set(value.to_owned()) };
    let replace = OnConflict::columns([Column::Organisation, Column::Name]).update_column(Column::Value).to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}
