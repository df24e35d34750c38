//! The rows of the table `jobs`. Times are seconds since 1970.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub version: i32,
    pub state: String,
    pub due: i64,
    pub attempts: i32,
    pub lease_until: Option<i64>,
    pub progress_done: Option<i64>,
    pub progress_total: Option<i64>,
    pub failure: Option<String>,
    pub payload: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
