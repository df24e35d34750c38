//! The table of passkeys: whose each is stands in clear, as with sessions; everything else is sealed.

use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkeys")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub member: Uuid,
    /// Sealed JSON: name and public key of the passkey, whose it is and with which keys, what the member calls it, when it was added.
    pub credential: Vec<u8>,
    /// Sealed counter and time of the last use, compared byte for byte when they are replaced.
    pub used: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn of_member(db: &impl ConnectionTrait, organisation: Uuid, member: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::Member.eq(member)).order_by_asc(Column::Id).all(db).await
}

pub(crate) async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel {
        organisation: Set(row.organisation),
        id: Set(row.id),
        member: Set(row.member),
        credential: Set(row.credential),
        used: Set(row.used),
    })
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// Notes a use, if the row is there and still holds what was read: a passkey that was removed, or used, in between lets
/// nobody in.
pub(crate) async fn note_use(
    db: &impl ConnectionTrait,
    organisation: Uuid,
    id: Uuid,
    member: Uuid,
    before: &[u8],
    after: Vec<u8>,
) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::Used, Expr::value(after))
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Id.eq(id))
        .filter(Column::Member.eq(member))
        .filter(Column::Used.eq(before.to_vec()))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Removes one passkey of a member. Somebody else's is not theirs to remove.
pub(crate) async fn delete(db: &impl ConnectionTrait, organisation: Uuid, member: Uuid, id: Uuid) -> Result<bool, DbErr> {
    let done = Entity::delete_many()
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Id.eq(id))
        .filter(Column::Member.eq(member))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

pub(crate) async fn delete_of_member(db: &impl ConnectionTrait, organisation: Uuid, member: Uuid) -> Result<u64, DbErr> {
    let all = Entity::delete_many().filter(Column::Organisation.eq(organisation)).filter(Column::Member.eq(member));
    Ok(all.exec(db).await?.rows_affected)
}
