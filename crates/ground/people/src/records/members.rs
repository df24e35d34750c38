//! The table of members. What names a person is sealed under the room's service key; the secret opens only with
//! the password.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{QueryOrder, sea_query::Expr};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "members")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Keyed hash of the folded sign-in name.
    pub name_blind: Vec<u8>,
    /// Keyed hash of the folded e-mail address.
    pub email_blind: Vec<u8>,
    /// Sealed JSON: name, e-mail, sign-in name.
    pub profile: Vec<u8>,
    /// Sealed JSON: list of `zone:role`.
    pub roles: Vec<u8>,
    /// Sealed secret of the six-digit code.
    pub code_secret: Vec<u8>,
    /// Sealed last used step (16 bytes), compared byte for byte when it is replaced.
    pub code_used: Option<Vec<u8>>,
    /// Sealed pager address.
    pub pager: Option<Vec<u8>>,
    pub public_key: Vec<u8>,
    pub verifying_key: Vec<u8>,
    /// Keyed hash over both public keys: only the desk can have put them here.
    pub keys_proof: Vec<u8>,
    /// Both secret keys, wrapped by the password and the pepper.
    pub wrapped: Vec<u8>,
    /// Counts resets and removals; a session of an older generation is dead.
    pub generation: i32,
    pub closed: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn find(db: &impl ConnectionTrait, organisation: Uuid, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((organisation, id)).one(db).await
}

pub(crate) async fn all(db: &impl ConnectionTrait, organisation: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Organisation.eq(organisation)).order_by_asc(Column::Id).all(db).await
}

/// The member whose sign-in name or e-mail has this keyed hash. The two never overlap: one holds an `@`, the
/// other must not.
pub(crate) async fn by_blind(db: &impl ConnectionTrait, organisation: Uuid, blind: &[u8; 32]) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::NameBlind.eq(blind.to_vec()).or(Column::EmailBlind.eq(blind.to_vec())))
        .one(db)
        .await
}

pub(crate) async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel {
        organisation: Set(row.organisation),
        id: Set(row.id),
        name_blind: Set(row.name_blind),
        email_blind: Set(row.email_blind),
        profile: Set(row.profile),
        roles: Set(row.roles),
        code_secret: Set(row.code_secret),
        code_used: Set(row.code_used),
        pager: Set(row.pager),
        public_key: Set(row.public_key),
        verifying_key: Set(row.verifying_key),
        keys_proof: Set(row.keys_proof),
        wrapped: Set(row.wrapped),
        generation: Set(row.generation),
        closed: Set(row.closed),
    })
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// Replaces some columns of one row.
pub(crate) async fn update(db: &impl ConnectionTrait, change: ActiveModel) -> Result<(), DbErr> {
    Entity::update(change).exec(db).await?;
    Ok(())
}

/// Notes a used step, if the row still holds the step that was read. Two requests with the same code therefore
/// never both pass, on either database.
pub(crate) async fn use_code(
    db: &impl ConnectionTrait,
    organisation: Uuid,
    id: Uuid,
    before: Option<&Vec<u8>>,
    after: Vec<u8>,
) -> Result<bool, DbErr> {
    let same = match before {
        Some(bytes) => Column::CodeUsed.eq(bytes.clone()),
        None => Column::CodeUsed.is_null(),
    };
    let done = Entity::update_many()
        .col_expr(Column::CodeUsed, Expr::value(after))
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Id.eq(id))
        .filter(same)
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Makes every session of the member a stranger's.
pub(crate) async fn next_generation(db: &impl ConnectionTrait, organisation: Uuid, id: Uuid) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Generation, Expr::col(Column::Generation).add(1))
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}
