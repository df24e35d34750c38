//! The store on real databases.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod backup;
mod classes;
mod durable;
mod files;
mod group_commit;
mod jobs;
mod keys;
mod migrations;
mod tombstones;
mod transactions;
mod trial;
mod trouble;
