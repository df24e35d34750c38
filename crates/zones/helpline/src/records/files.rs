//! The files that were sent: which there are, and to which folder they belong. What they are called and what they hold is
//! sealed elsewhere: in a paper of the folder, and in parcels.

use sea_orm::ActiveValue::Set;
use sea_orm::PaginatorTrait;
use sea_orm::entity::prelude::*;

use plainsight_store::Tx;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "helpline_files")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) organisation: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    /// None while whoever chose it has not sent it, and when it is to be swept.
    pub(crate) contact: Option<Uuid>,
    /// S: how long it waits to be sent.
    pub(crate) until: Vec<u8>,
    /// P: envelope to the folder's key, until a cleaned copy was made; then empty.
    pub(crate) key: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn insert(tx: &Tx, row: Model) -> Result<(), DbErr> {
    let row = ActiveModel {
        organisation: Set(row.organisation),
        id: Set(row.id),
        contact: Set(row.contact),
        until: Set(row.until),
        key: Set(row.key),
    };
    Entity::insert(row).exec_without_returning(tx).await.map(drop)
}

pub(crate) async fn find(database: &impl ConnectionTrait, organisation: Uuid, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((organisation, id)).one(database).await
}

/// Puts a file into a folder.
pub(crate) async fn attach(tx: &Tx, organisation: Uuid, id: Uuid, contact: Uuid, key: Vec<u8>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Contact, Expr::value(contact))
        .col_expr(Column::Key, Expr::value(key))
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await
        .map(drop)
}

/// Takes the key away that opened the original for cleaning.
pub(crate) async fn forget_key(tx: &Tx, organisation: Uuid, id: Uuid) -> Result<(), DbErr> {
    let filter = Entity::update_many().filter(Column::Organisation.eq(organisation)).filter(Column::Id.eq(id));
    filter.col_expr(Column::Key, Expr::value(Vec::<u8>::new())).exec(tx).await.map(drop)
}

pub(crate) async fn forget(tx: &Tx, organisation: Uuid, id: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id((organisation, id)).exec(tx).await.map(drop)
}

pub(crate) async fn of_contact(database: &impl ConnectionTrait, organisation: Uuid, contact: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::Contact.eq(contact)).all(database).await
}

/// Takes a file out of its folder, or ends its waiting: its parcels are swept, and its row after them.
pub(crate) async fn let_go(tx: &Tx, organisation: Uuid, id: Uuid, until: Vec<u8>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Contact, Expr::value(Option::<Uuid>::None))
        .col_expr(Column::Key, Expr::value(Vec::<u8>::new()))
        .col_expr(Column::Until, Expr::value(until))
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await
        .map(drop)
}

/// The files that are in no folder.
pub(crate) async fn waiting(database: &impl ConnectionTrait, organisation: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::Contact.is_null()).all(database).await
}

/// How many files are in no folder.
pub(crate) async fn count_waiting(database: &impl ConnectionTrait, organisation: Uuid) -> Result<u64, DbErr> {
    Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::Contact.is_null()).count(database).await
}
