//! Other systems that hand contacts in. A few rows: their keys are found by the id that stands in each key.

use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use plainsight_store::Tx;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "helpline_senders")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) organisation: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    /// S: see `sender.rs`.
    pub(crate) sealed: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn insert(tx: &Tx, row: Model) -> Result<(), DbErr> {
    let row = ActiveModel { organisation: Set(row.organisation), id: Set(row.id), sealed: Set(row.sealed) };
    Entity::insert(row).exec_without_returning(tx).await.map(drop)
}

pub(crate) async fn find(database: &impl ConnectionTrait, organisation: Uuid, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((organisation, id)).one(database).await
}

/// The row, held until the transaction ends.
pub(crate) async fn find_to_change(tx: &Tx, organisation: Uuid, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((organisation, id)).lock_exclusive().one(tx).await
}

pub(crate) async fn all(database: &impl ConnectionTrait, organisation: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Organisation.eq(organisation)).all(database).await
}

pub(crate) async fn set(tx: &Tx, organisation: Uuid, id: Uuid, sealed: Vec<u8>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Sealed, sealed.into())
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await
        .map(drop)
}
