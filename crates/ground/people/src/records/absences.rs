//! The table of absences. Who is away when is staff data: nothing of it is clear but its id.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rota_absences")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Sealed JSON of the absence.
    pub absence: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn all(db: &impl ConnectionTrait, organisation: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Organisation.eq(organisation)).all(db).await
}

pub(crate) async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel { organisation: Set(row.organisation), id: Set(row.id), absence: Set(row.absence) })
        .exec_without_returning(db)
        .await
        .map(drop)
}

pub(crate) async fn delete(db: &impl ConnectionTrait, organisation: Uuid, id: Uuid) -> Result<u64, DbErr> {
    Ok(Entity::delete_by_id((organisation, id)).exec(db).await?.rows_affected)
}
