//! The table of sessions: keyed by the hash of the session id, so that a row cannot be turned into a cookie.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: Uuid,
    /// SHA-256 of the session id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: Vec<u8>,
    pub member: Uuid,
    /// Seconds since 1970 at which the session ends.
    pub ends: i64,
    /// Sealed session data.
    pub data: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn find(db: &impl ConnectionTrait, organisation: Uuid, key: &[u8; 32]) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((organisation, key.to_vec())).one(db).await
}

pub(crate) async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel {
        organisation: Set(row.organisation),
        key: Set(row.key),
        member: Set(row.member),
        ends: Set(row.ends),
        data: Set(row.data),
    })
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// Replaces the data of a row that exists. A row that died in between stays dead.
pub(crate) async fn save(db: &impl ConnectionTrait, organisation: Uuid, key: &[u8; 32], data: Vec<u8>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Data, Expr::value(data))
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Key.eq(key.to_vec()))
        .exec(db)
        .await?;
    Ok(())
}

/// Ends a session at `now`. The row stays for a day, only to say whose late form may be kept.
pub(crate) async fn end(db: &impl ConnectionTrait, organisation: Uuid, key: &[u8; 32], now: i64) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Ends, Expr::value(now))
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Key.eq(key.to_vec()))
        .filter(Column::Ends.gt(now))
        .exec(db)
        .await?;
    Ok(())
}

pub(crate) async fn delete_of_member(db: &impl ConnectionTrait, organisation: Uuid, member: Uuid) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Organisation.eq(organisation)).filter(Column::Member.eq(member)).exec(db).await?;
    Ok(())
}

/// All but the one with this key.
pub(crate) async fn delete_others_of_member(
    db: &impl ConnectionTrait,
    organisation: Uuid,
    member: Uuid,
    but: &[u8; 32],
) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Member.eq(member))
        .filter(Column::Key.ne(but.to_vec()))
        .exec(db)
        .await?;
    Ok(())
}

pub(crate) async fn delete_ended_before(db: &impl ConnectionTrait, organisation: Uuid, moment: i64) -> Result<u64, DbErr> {
    Ok(Entity::delete_many().filter(Column::Organisation.eq(organisation)).filter(Column::Ends.lt(moment)).exec(db).await?.rows_affected)
}
