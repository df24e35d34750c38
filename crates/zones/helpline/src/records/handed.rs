//! Which contacts another system wants to hear of: by whom each was handed in, and under what reference it is known there.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use plainsight_store::Tx;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "helpline_handed")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) organisation: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) contact: Uuid,
    /// S: the sender and its reference.
    pub(crate) sealed: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn insert(tx: &Tx, row: Model) -> Result<(), DbErr> {
    let row = ActiveModel { organisation: Set(row.organisation), contact: Set(row.contact), sealed: Set(row.sealed) };
    Entity::insert(row).exec_without_returning(tx).await.map(drop)
}

pub(crate) async fn find(database: &impl ConnectionTrait, organisation: Uuid, contact: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((organisation, contact)).one(database).await
}

pub(crate) async fn forget(tx: &Tx, organisation: Uuid, contact: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id((organisation, contact)).exec(tx).await.map(drop)
}
