//! The table of rota slots. Who works when is staff data: the slot is sealed, only its team is clear.

use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rota")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub team: Uuid,
    /// Sealed JSON of the slot.
    pub slot: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn of_team(db: &impl ConnectionTrait, organisation: Uuid, team: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::Team.eq(team)).order_by_asc(Column::Id).all(db).await
}

pub(crate) async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel { organisation: Set(row.organisation), id: Set(row.id), team: Set(row.team), slot: Set(row.slot) })
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub(crate) async fn delete(db: &impl ConnectionTrait, organisation: Uuid, id: Uuid) -> Result<u64, DbErr> {
    Ok(Entity::delete_by_id((organisation, id)).exec(db).await?.rows_affected)
}
