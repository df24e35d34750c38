//! The tables of the ledger. `hour` is seconds since 1970, at the full hour.

use sea_orm::sea_query::{ColumnDef, Index, Table};
use sea_orm::{DbBackend, Statement};

use plainsight_store::keyed_table;

pub(crate) mod entries {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ledger_entries")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub zone: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        pub version: i32,
        pub hour: i64,
        pub body: Vec<u8>,
        pub hash: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod heads {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ledger_heads")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub zone: String,
        pub entries: i64,
        pub hash: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) fn tables(backend: DbBackend) -> Vec<Statement> {
    let mut heads = Table::create();
    heads
        .table("ledger_heads")
        .col(ColumnDef::new("organisation").uuid().not_null())
        .col(ColumnDef::new("zone").text().not_null())
        .col(ColumnDef::new("entries").big_integer().not_null())
        .col(ColumnDef::new("hash").blob().not_null())
        .primary_key(Index::create().col("organisation").col("zone"));
    let mut entries = Table::create();
    entries
        .table("ledger_entries")
        .col(ColumnDef::new("organisation").uuid().not_null())
        .col(ColumnDef::new("zone").text().not_null())
        .col(ColumnDef::new("seq").big_integer().not_null())
        .col(ColumnDef::new("version").integer().not_null())
        .col(ColumnDef::new("hour").big_integer().not_null())
        .col(ColumnDef::new("body").blob().not_null())
        .col(ColumnDef::new("hash").blob().not_null())
        .primary_key(Index::create().col("organisation").col("zone").col("seq"));
    vec![keyed_table(backend, &mut heads), keyed_table(backend, &mut entries)]
}
