//! One row a contact: the sealed header, the sealed first report, and the keys that later messages are sealed to.

use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QuerySelect};

use plainsight_store::Tx;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "helpline_contacts")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) organisation: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    /// S: see `header.rs`.
    pub(crate) header: Vec<u8>,
    /// S: keyed hash that the receipt leads to; gone when the contact is withdrawn or erased.
    pub(crate) locate: Option<Vec<u8>>,
    /// The reporter's public key, made from the receipt.
    pub(crate) mailbox_key: Vec<u8>,
    /// The contact's own public key; its secret is wrapped to the team in the keystore.
    pub(crate) contact_key: Vec<u8>,
    /// The team epoch that the first report was sealed under.
    pub(crate) epoch: i32,
    /// P: the first report's envelope. Empty when erased.
    pub(crate) report: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn insert(tx: &Tx, row: Model) -> Result<(), DbErr> {
    let row: ActiveModel = row.into_active();
    Entity::insert(row).exec_without_returning(tx).await.map(drop)
}

/// Many rows at once.
pub(crate) async fn insert_for_measure(tx: &Tx, rows: Vec<Model>) -> Result<(), DbErr> {
    Entity::insert_many(rows.into_iter().map(Model::into_active)).exec_without_returning(tx).await.map(drop)
}

pub(crate) async fn find(database: &impl ConnectionTrait, organisation: Uuid, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((organisation, id)).one(database).await
}

/// The row, held until the transaction ends.
pub(crate) async fn find_to_change(tx: &Tx, organisation: Uuid, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((organisation, id)).lock_exclusive().one(tx).await
}

pub(crate) async fn find_by_locate(database: &impl ConnectionTrait, organisation: Uuid, locate: &[u8]) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::Locate.eq(locate)).one(database).await
}

pub(crate) async fn set_header(tx: &Tx, organisation: Uuid, id: Uuid, header: Vec<u8>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Header, header.into())
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await
        .map(drop)
}

/// Puts another report in the place of the first, while an adviser writes it down.
pub(crate) async fn set_report(tx: &Tx, organisation: Uuid, id: Uuid, report: Vec<u8>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Report, report.into())
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await
        .map(drop)
}

/// Cuts the receipt off: from now on it reads like a wrong one.
pub(crate) async fn forget_locate(tx: &Tx, organisation: Uuid, id: Uuid) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Locate, Option::<Vec<u8>>::None.into())
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await
        .map(drop)
}

/// Empties the content; the sealed bytes are overwritten by the database (`secure_delete`).
pub(crate) async fn empty_report(tx: &Tx, organisation: Uuid, id: Uuid) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Report, Vec::<u8>::new().into())
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await
        .map(drop)
}

/// Ids and headers of the whole organisation, in the order of the random ids.
pub(crate) async fn headers(database: &impl ConnectionTrait, organisation: Uuid) -> Result<Vec<(Uuid, Vec<u8>)>, DbErr> {
    Entity::find()
        .select_only()
        .columns([Column::Id, Column::Header])
        .filter(Column::Organisation.eq(organisation))
        .into_tuple()
        .all(database)
        .await
}

/// Some contacts, whole.
pub(crate) async fn some(database: &impl ConnectionTrait, organisation: Uuid, ids: &[Uuid]) -> Result<Vec<Model>, DbErr> {
    let ids = ids.iter().copied();
    Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::Id.is_in(ids)).all(database).await
}

/// The headers of some contacts.
pub(crate) async fn headers_of(database: &impl ConnectionTrait, organisation: Uuid, ids: &[Uuid]) -> Result<Vec<(Uuid, Vec<u8>)>, DbErr> {
    Entity::find()
        .select_only()
        .columns([Column::Id, Column::Header])
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(database)
        .await
}

impl Model {
    fn into_active(self) -> ActiveModel {
        ActiveModel {
            organisation: Set(self.organisation),
            id: Set(self.id),
            header: Set(self.header),
            locate: Set(self.locate),
            mailbox_key: Set(self.mailbox_key),
            contact_key: Set(self.contact_key),
            epoch: Set(self.epoch),
            report: Set(self.report),
        }
    }
}
