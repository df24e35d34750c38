//! The table of grants: one team key for one member, newest epoch only (older epochs follow from it).

use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "grants")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub team: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub member: Uuid,
    pub epoch: i32,
    /// Names this grant in its envelope's associated data.
    pub id: Uuid,
    pub granted_by: Uuid,
    /// The granter's verifying key at that time; kept here because a reset gives them a new one.
    pub granter_key: Vec<u8>,
    /// Keyed hash over all of the above and the member's public key: only the desk can have written this row, and only
    /// for the keys that the member has now.
    pub proof: Vec<u8>,
    /// The team's secret key, signed by the granter, sealed to the member.
    pub sealed: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn of_member(db: &impl ConnectionTrait, organisation: Uuid, member: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::Member.eq(member)).order_by_asc(Column::Team).all(db).await
}

pub(crate) async fn of_team(db: &impl ConnectionTrait, organisation: Uuid, team: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::Team.eq(team)).order_by_asc(Column::Member).all(db).await
}

pub(crate) async fn put(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    delete(db, row.organisation, row.team, row.member).await?;
    Entity::insert(ActiveModel {
        organisation: Set(row.organisation),
        team: Set(row.team),
        member: Set(row.member),
        epoch: Set(row.epoch),
        id: Set(row.id),
        granted_by: Set(row.granted_by),
        granter_key: Set(row.granter_key),
        proof: Set(row.proof),
        sealed: Set(row.sealed),
    })
    .exec_without_returning(db)
    .await?;
    Ok(())
}

pub(crate) async fn delete(db: &impl ConnectionTrait, organisation: Uuid, team: Uuid, member: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id((organisation, team, member)).exec(db).await?;
    Ok(())
}

pub(crate) async fn delete_of_member(db: &impl ConnectionTrait, organisation: Uuid, member: Uuid) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Organisation.eq(organisation)).filter(Column::Member.eq(member)).exec(db).await?;
    Ok(())
}
