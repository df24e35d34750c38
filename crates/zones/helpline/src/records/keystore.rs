//! The contact keys, wrapped to a team. They live apart from the content, in a file or schema with backups of its own:
//! to delete a wrap is to erase the contact, wherever its sealed content may still lie.

use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use plainsight_store::Tx;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "helpline_contact_keys")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) organisation: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) contact: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) team: Uuid,
    pub(crate) epoch: i32,
    /// P: envelope to the team's epoch key.
    pub(crate) wrapped: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn insert(tx: &Tx, row: Model) -> Result<(), DbErr> {
    let row = ActiveModel {
        organisation: Set(row.organisation),
        contact: Set(row.contact),
        team: Set(row.team),
        epoch: Set(row.epoch),
        wrapped: Set(row.wrapped),
    };
    Entity::insert(row).exec_without_returning(tx).await.map(drop)
}

pub(crate) async fn of_contact(database: &impl ConnectionTrait, organisation: Uuid, contact: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::Contact.eq(contact)).all(database).await
}

/// The wraps of some contacts.
pub(crate) async fn of_contacts(database: &impl ConnectionTrait, organisation: Uuid, contacts: &[Uuid]) -> Result<Vec<Model>, DbErr> {
    let contacts = contacts.iter().copied();
    Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::Contact.is_in(contacts)).all(database).await
}

pub(crate) async fn erase(tx: &Tx, organisation: Uuid, contact: Uuid) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Organisation.eq(organisation)).filter(Column::Contact.eq(contact)).exec(tx).await.map(drop)
}

/// The contacts that have a key.
pub(crate) async fn contacts(database: &impl ConnectionTrait, organisation: Uuid) -> Result<Vec<Uuid>, DbErr> {
    Entity::find().select_only().column(Column::Contact).filter(Column::Organisation.eq(organisation)).into_tuple().all(database).await
}
