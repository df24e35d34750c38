//! What lies in a contact's folder after the first report: messages, notes, referrals, reviews. One table, for they are
//! kept, shown and erased alike.

use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use plainsight_store::Tx;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "helpline_papers")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) organisation: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) contact: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    /// S: when, for the order of the page.
    pub(crate) at: Vec<u8>,
    /// P: the envelope.
    pub(crate) sealed: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a paper is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PaperKind {
    /// To or from the reporter: opens with the receipt too.
    Message,
    Note,
    UrgentReferral,
    Review,
    /// What was done with a case; only in the folder of one.
    CaseEntry,
    /// A file that came; the paper's id is the file's.
    File,
    /// What became of a file that was to be cleaned.
    Cleaning,
    /// A step on the way to an original.
    Custody,
    /// What is decided so far about a passage of a copy that is being prepared; only in the folder of a request about data.
    CopyPassage,
}

impl PaperKind {
    const ALL: [Self; 9] = [
        Self::Message,
        Self::Note,
        Self::UrgentReferral,
        Self::Review,
        Self::CaseEntry,
        Self::File,
        Self::Cleaning,
        Self::Custody,
        Self::CopyPassage,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Note => "note",
            Self::UrgentReferral => "urgent-referral",
            Self::Review => "review",
            Self::CaseEntry => "case-entry",
            Self::File => "file",
            Self::Cleaning => "cleaning",
            Self::Custody => "custody",
            Self::CopyPassage => "copy-passage",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == word)
    }
}

pub(crate) async fn insert(tx: &Tx, row: Model) -> Result<(), DbErr> {
    let row = ActiveModel {
        organisation: Set(row.organisation),
        contact: Set(row.contact),
        id: Set(row.id),
        kind: Set(row.kind),
        at: Set(row.at),
        sealed: Set(row.sealed),
    };
    Entity::insert(row).exec_without_returning(tx).await.map(drop)
}

pub(crate) async fn exists(database: &impl ConnectionTrait, organisation: Uuid, contact: Uuid, id: Uuid) -> Result<bool, DbErr> {
    Ok(Entity::find_by_id((organisation, contact, id)).one(database).await?.is_some())
}

pub(crate) async fn find(database: &impl ConnectionTrait, organisation: Uuid, contact: Uuid, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((organisation, contact, id)).one(database).await
}

pub(crate) async fn of_contact(database: &impl ConnectionTrait, organisation: Uuid, contact: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::Contact.eq(contact)).all(database).await
}

/// The papers of some contacts.
pub(crate) async fn of_contacts(database: &impl ConnectionTrait, organisation: Uuid, contacts: &[Uuid]) -> Result<Vec<Model>, DbErr> {
    let contacts = contacts.iter().copied();
    Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::Contact.is_in(contacts)).all(database).await
}

/// The ids of the papers of one kind.
pub(crate) async fn ids(database: &impl ConnectionTrait, organisation: Uuid, contact: Uuid, kind: PaperKind) -> Result<Vec<Uuid>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Contact.eq(contact))
        .filter(Column::Kind.eq(kind.name()))
        .into_tuple()
        .all(database)
        .await
}

/// The papers of one kind as they are sealed, by their ids.
pub(crate) async fn sealed(
    database: &impl ConnectionTrait,
    organisation: Uuid,
    contact: Uuid,
    kind: PaperKind,
) -> Result<BTreeMap<Uuid, Vec<u8>>, DbErr> {
    let rows: Vec<(Uuid, Vec<u8>)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Sealed])
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Contact.eq(contact))
        .filter(Column::Kind.eq(kind.name()))
        .into_tuple()
        .all(database)
        .await?;
    Ok(rows.into_iter().collect())
}

pub(crate) async fn messages(database: &impl ConnectionTrait, organisation: Uuid, contact: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Contact.eq(contact))
        .filter(Column::Kind.eq(PaperKind::Message.name()))
        .all(database)
        .await
}

pub(crate) async fn delete(tx: &Tx, organisation: Uuid, contact: Uuid, ids: Vec<Uuid>) -> Result<(), DbErr> {
    if ids.is_empty() {
        return Ok(());
    }
    let of_contact = Entity::delete_many().filter(Column::Organisation.eq(organisation)).filter(Column::Contact.eq(contact));
    of_contact.filter(Column::Id.is_in(ids)).exec(tx).await.map(drop)
}

/// Deletes the papers of one kind.
pub(crate) async fn delete_kind(tx: &Tx, organisation: Uuid, contact: Uuid, kind: PaperKind) -> Result<(), DbErr> {
    let of_contact = Entity::delete_many().filter(Column::Organisation.eq(organisation)).filter(Column::Contact.eq(contact));
    of_contact.filter(Column::Kind.eq(kind.name())).exec(tx).await.map(drop)
}

pub(crate) async fn erase(tx: &Tx, organisation: Uuid, contact: Uuid) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Organisation.eq(organisation)).filter(Column::Contact.eq(contact)).exec(tx).await.map(drop)
}
