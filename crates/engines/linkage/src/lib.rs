//! Record linkage: which records are the same person, phone, vehicle or place.
//!
//! Parameters are learned without labels, every score is a sum that a person can read, every answer is the same for the
//! same records and seed on any number of threads. Nothing here opens a file or reads a clock.

// Counts become probabilities, and row numbers (at most 2^32) become smaller integers, everywhere here.
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_lossless)]

mod blocking;
mod blocks;
mod build;
mod cluster;
mod field;
mod fields;
mod index;
mod keys;
mod kind;
mod lookup;
mod model;
mod random;
mod refused;
mod run;
mod shelf;
mod stock;
mod table;
mod teach;
mod train;
mod value;
mod work;

pub use blocking::{HEAVY, Heavy, NEIGHBOURS, Rule, estimate, suggested};
pub use build::TableBuilder;
pub use cluster::Pair;
pub use field::{Field, MOST_FIELDS, Measure};
pub use fields::fields;
pub use index::{Added, Decision, Held, Index, IndexError};
pub use keys::Key;
pub use kind::{Kind, guess};
pub use model::{Evidence, Level, Model, ModelError, Part, probability};
pub use refused::refused;
pub use run::{
    Compared, Forgetful, Linked, Options, Progress, RunError, at_precision, between, dedupe, explain, go_on, groups, train_and_link,
    unlinkables,
};
pub use shelf::{Shelving, shelve};
pub use stock::Records;
pub use table::{BadCell, ColumnSpec, Table, TableError};
pub use teach::{Label, teach};
pub use train::train;
pub use value::{LONGEST, Unreadable};
