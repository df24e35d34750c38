//! Forms sent in the last 15 minutes, so that a double submit or a lost answer shows the same receipt again. The receipt
//! is sealed with a key that only the form itself carries: nothing here opens without the reporter's own page.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use plainsight_store::Tx;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "helpline_filings")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) organisation: Uuid,
    /// S: hash of the form's own key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) form: Vec<u8>,
    /// Sealed with the form's own key.
    pub(crate) receipt: Vec<u8>,
    /// S: when to forget.
    pub(crate) until: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn insert(tx: &Tx, row: Model) -> Result<(), DbErr> {
    let row = ActiveModel { organisation: Set(row.organisation), form: Set(row.form), receipt: Set(row.receipt), until: Set(row.until) };
    Entity::insert(row).exec_without_returning(tx).await.map(drop)
}

pub(crate) async fn find(database: &impl ConnectionTrait, organisation: Uuid, form: &[u8]) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((organisation, form.to_vec())).one(database).await
}

pub(crate) async fn all(database: &impl ConnectionTrait, organisation: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Organisation.eq(organisation)).all(database).await
}

pub(crate) async fn forget(tx: &Tx, organisation: Uuid, form: &[u8]) -> Result<(), DbErr> {
    Entity::delete_by_id((organisation, form.to_vec())).exec(tx).await.map(drop)
}

/// Takes the receipt out and leaves that the form was sent.
pub(crate) async fn empty_receipt(tx: &Tx, organisation: Uuid, form: &[u8]) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Receipt, Vec::<u8>::new().into())
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Form.eq(form))
        .exec(tx)
        .await
        .map(drop)
}
