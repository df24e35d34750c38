//! What members keep to look at again. Sealed to the member who kept it: what they look for is about people.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use plainsight_store::Tx;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "helpline_views")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) organisation: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) member: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    /// P: envelope to the member's own key.
    pub(crate) sealed: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn insert(tx: &Tx, row: Model) -> Result<(), DbErr> {
    let row = ActiveModel { organisation: Set(row.organisation), member: Set(row.member), id: Set(row.id), sealed: Set(row.sealed) };
    Entity::insert(row).exec_without_returning(tx).await.map(drop)
}

pub(crate) async fn of_member(database: &impl ConnectionTrait, organisation: Uuid, member: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::Member.eq(member)).all(database).await
}

pub(crate) async fn forget(tx: &Tx, organisation: Uuid, member: Uuid, id: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id((organisation, member, id)).exec(tx).await.map(drop)
}
