//! Changes that were made to the operator's file from a page, one row a version, and changes that wait for a second person.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use plainsight_store::Tx;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "helpline_settings")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) organisation: Uuid,
    /// Counted from 1: by it the processes see that something changed.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) number: i64,
    pub(crate) id: Uuid,
    /// S: see `standing.rs`.
    pub(crate) sealed: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn insert(tx: &Tx, row: Model) -> Result<(), DbErr> {
    let row = ActiveModel { organisation: Set(row.organisation), number: Set(row.number), id: Set(row.id), sealed: Set(row.sealed) };
    Entity::insert(row).exec_without_returning(tx).await.map(drop)
}

/// The number of the newest version; none counts as 0.
pub(crate) async fn newest(database: &impl ConnectionTrait, organisation: Uuid) -> Result<i64, DbErr> {
    let numbers = Entity::find().select_only().column(Column::Number).filter(Column::Organisation.eq(organisation));
    let newest: Option<i64> = numbers.order_by_desc(Column::Number).limit(1).into_tuple().one(database).await?;
    Ok(newest.unwrap_or_default())
}

pub(crate) async fn find(database: &impl ConnectionTrait, organisation: Uuid, number: i64) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((organisation, number)).one(database).await
}

/// The versions after this number, the newest first, and no more than `most`.
pub(crate) async fn after(
    database: &impl ConnectionTrait,
    organisation: Uuid,
    number: i64,
    most: Option<u64>,
) -> Result<Vec<Model>, DbErr> {
    let later = Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::Number.gt(number));
    later.order_by_desc(Column::Number).limit(most).all(database).await
}

/// What waits for a second person, and what was decided of it.
pub(crate) mod proposals {
    use sea_orm::ActiveValue::Set;
    use sea_orm::QuerySelect;
    use sea_orm::entity::prelude::*;

    use plainsight_store::Tx;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "helpline_proposals")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        /// S: see `standing.rs`.
        pub(crate) sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    pub(crate) async fn insert(tx: &Tx, row: Model) -> Result<(), DbErr> {
        let row = ActiveModel { organisation: Set(row.organisation), id: Set(row.id), sealed: Set(row.sealed) };
        Entity::insert(row).exec_without_returning(tx).await.map(drop)
    }

    pub(crate) async fn all(database: &impl ConnectionTrait, organisation: Uuid) -> Result<Vec<Model>, DbErr> {
        Entity::find().filter(Column::Organisation.eq(organisation)).all(database).await
    }

    pub(crate) async fn find(database: &impl ConnectionTrait, organisation: Uuid, id: Uuid) -> Result<Option<Model>, DbErr> {
        Entity::find_by_id((organisation, id)).one(database).await
    }

    /// The row, held until the transaction ends.
    pub(crate) async fn find_to_change(tx: &Tx, organisation: Uuid, id: Uuid) -> Result<Option<Model>, DbErr> {
        Entity::find_by_id((organisation, id)).lock_exclusive().one(tx).await
    }

    pub(crate) async fn delete(tx: &Tx, organisation: Uuid, id: Uuid) -> Result<(), DbErr> {
        Entity::delete_by_id((organisation, id)).exec(tx).await.map(drop)
    }
}
