//! Which contacts changed lately: how the desk's list learns of what the public process wrote. Kept short, for a number
//! that grows tells an order.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use plainsight_store::Tx;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "helpline_changes")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) number: i64,
    pub(crate) organisation: Uuid,
    pub(crate) contact: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn note(tx: &Tx, organisation: Uuid, contact: Uuid) -> Result<(), DbErr> {
    let row = ActiveModel { number: NotSet, organisation: Set(organisation), contact: Set(contact) };
    Entity::insert(row).exec_without_returning(tx).await.map(drop)
}

/// Changes from this number on, including it: its presence shows that none was missed.
pub(crate) async fn from(database: &impl ConnectionTrait, number: i64) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Number.gte(number)).order_by_asc(Column::Number).all(database).await
}

pub(crate) async fn newest(database: &impl ConnectionTrait) -> Result<Option<Model>, DbErr> {
    Entity::find().order_by_desc(Column::Number).one(database).await
}

/// Drops all but the newest `keep`.
pub(crate) async fn prune(tx: &Tx, keep: i64) -> Result<(), DbErr> {
    let Some(newest) = newest(tx).await? else { return Ok(()) };
    Entity::delete_many().filter(Column::Number.lte(newest.number - keep)).exec(tx).await.map(drop)
}
