//! The store: SQLite and PostgreSQL behind one door.
//!
//! Two databases, `content` and `keystore`; named transactions that run on SQLite's single writer with group commit and are run
//! again on PostgreSQL after a serialization failure; migrations composed from rooms; and the ground's own tables: service keys,
//! site values and jobs. `docs/store.md` says what is promised about the disk.
//!
//! Architecture invariant: no bound value reaches a log or an error's text.
//!
//! Architecture invariant: nothing here reads the clock of the day or the system's random source; durations (time-outs and
//! figures for `doctor`) are measured on the monotonic clock.

pub mod backup;
mod classes;
mod counters;
mod database;
mod error;
#[doc(hidden)]
pub mod fuzz;
mod jobs;
mod migrate;
mod postgres;
mod service_keys;
mod site_values;
mod sqlite;
mod store;
mod time;
mod tombstones;
mod writer;

use std::time::Duration;

pub use classes::{Class, ClassFault, TableClasses, schema_columns};
pub use counters::{Counts, TxCount};
pub use database::Database;
pub use error::StoreError;
pub use jobs::{Handlers, JobContext, JobError, JobRow, JobState, Jobs, NewJob, Ran};
pub use migrate::{Migration, Which, keyed_table};
pub use service_keys::{Holder, ensure_service_key, load_service_ring, rotate_service_key};
pub use site_values::{put_site_value, site_value};
pub use store::{Address, OpenOptions, Store};
pub use time::{Clock, Entropy, from_unix, unix};
pub use tombstones::{Tombstone, TombstoneError, TombstoneFile, TombstoneKeys, Tombstones, UntrustedTombstones};

/// A running transaction. Rooms' queries take `&impl ConnectionTrait`, so they serve a transaction and a reader alike.
pub type Tx = sea_orm::DatabaseTransaction;

/// How long one work may run inside a transaction before it is given up and rolled back: it holds everybody else up.
pub const WORK_LIMIT: Duration = Duration::from_secs(30);

/// The migrations of this room.
pub fn migrations() -> Vec<Migration> {
    let content = Which::Content;
    vec![
        Migration { name: "store/0001_service_keys", database: content, up: service_keys::table },
        Migration { name: "store/0002_site_values", database: content, up: site_values::table },
        Migration { name: "store/0003_jobs", database: content, up: jobs::table },
    ]
}

/// The classes of this room's columns.
pub fn tables() -> &'static [TableClasses] {
    use Class::{Clear, Service};
    &[
        TableClasses { table: "schema_migrations", columns: &[("name", Clear), ("checksum", Clear)] },
        TableClasses {
            table: "service_keys",
            columns: &[("organisation", Clear), ("zone", Clear), ("holder", Clear), ("epoch", Clear), ("wrapped", Service)],
        },
        TableClasses { table: "site_values", columns: &[("organisation", Clear), ("name", Clear), ("value", Clear)] },
        TableClasses {
            table: "jobs",
            columns: &[
                ("organisation", Clear),
                ("id", Clear),
                ("kind", Clear),
                ("version", Clear),
                ("state", Clear),
                ("due", Clear),
                ("attempts", Clear),
                ("lease_until", Clear),
                ("progress_done", Clear),
                ("progress_total", Clear),
                ("failure", Clear),
                ("payload", Service),
            ],
        },
    ]
}
