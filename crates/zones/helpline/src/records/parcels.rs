//! What files hold, cut into parcels of a mebibyte, each sealed.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{PaginatorTrait, QueryOrder, QuerySelect};

use super::files;
use plainsight_store::Tx;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "helpline_parcels")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) organisation: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) file: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) number: i32,
    /// P: under the file's key.
    pub(crate) sealed: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Puts a parcel down. One that comes again, after an answer was lost, is the same one.
pub(crate) async fn put(tx: &Tx, row: Model) -> Result<(), DbErr> {
    let row = ActiveModel { organisation: Set(row.organisation), file: Set(row.file), number: Set(row.number), sealed: Set(row.sealed) };
    let key = [Column::Organisation, Column::File, Column::Number];
    let again = OnConflict::columns(key).update_column(Column::Sealed).to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(tx).await.map(drop)
}

pub(crate) async fn find(database: &impl ConnectionTrait, organisation: Uuid, file: Uuid, number: i32) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((organisation, file, number)).one(database).await
}

/// The numbers of the parcels of a file that are there, in order.
pub(crate) async fn numbers(database: &impl ConnectionTrait, organisation: Uuid, file: Uuid) -> Result<Vec<i32>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Number)
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::File.eq(file))
        .order_by_asc(Column::Number)
        .into_tuple()
        .all(database)
        .await
}

/// How many parcels lie here of files that are in no folder.
pub(crate) async fn count_waiting(database: &impl ConnectionTrait, organisation: Uuid) -> Result<u64, DbErr> {
    let waiting = Query::select()
        .column(files::Column::Id)
        .from(files::Entity)
        .and_where(files::Column::Organisation.eq(organisation))
        .and_where(files::Column::Contact.is_null())
        .to_owned();
    Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::File.in_subquery(waiting)).count(database).await
}

pub(crate) async fn forget(tx: &Tx, organisation: Uuid, file: Uuid, number: i32) -> Result<(), DbErr> {
    Entity::delete_by_id((organisation, file, number)).exec(tx).await.map(drop)
}
