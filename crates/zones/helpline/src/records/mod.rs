//! The helpline's tables and queries. Nothing else touches them.

pub(crate) mod changes;
pub(crate) mod contacts;
pub(crate) mod files;
pub(crate) mod filings;
pub(crate) mod handed;
pub(crate) mod keystore;
pub(crate) mod papers;
pub(crate) mod parcels;
mod schema;
pub(crate) mod senders;
pub(crate) mod settings;
pub(crate) mod views;

pub(crate) use schema::{migrations, tables};

/// The zone's name in every place that binds a sealed value.
pub(crate) const ZONE: &str = "helpline";
/// The role of those who look at what one adviser must not decide alone.
pub(crate) const SUPERVISOR: &str = "supervisor";
/// The role of those who keep the originals of files, from which nothing was removed.
pub(crate) const CUSTODIAN: &str = "custodian";
