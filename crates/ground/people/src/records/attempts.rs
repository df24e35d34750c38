//! The table of failed sign-ins: a fixed number of buckets, none of which names anybody.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_failures")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub bucket: i32,
    pub failures: i32,
    /// Seconds since 1970.
    pub last: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn find(db: &impl ConnectionTrait, organisation: Uuid, bucket: i32) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((organisation, bucket)).one(db).await
}

pub(crate) async fn put(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel {
        organisation: Set(row.organisation),
        bucket: Set(row.bucket),
        failures: Set(row.failures),
        last: Set(row.last),
    })
    .on_conflict(OnConflict::columns([Column::Organisation, Column::Bucket]).update_columns([Column::Failures, Column::Last]).to_owned())
    .exec_without_returning(db)
    .await?;
    Ok(())
}
