//! This room's tables and the queries on them. Nothing else touches them.

pub(crate) mod absences;
pub(crate) mod attempts;
pub(crate) mod grants;
pub(crate) mod members;
pub(crate) mod migrations;
pub(crate) mod organisations;
pub(crate) mod passkeys;
pub(crate) mod recovery;
pub(crate) mod rota;
pub(crate) mod sessions;
pub(crate) mod teams;
