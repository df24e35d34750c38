//! The commands, one file each. They read the terminal and call acts; no rule lives here.

pub(crate) mod backup;
mod bar;
pub(crate) mod clean_apart;
pub(crate) mod demo;
pub(crate) mod doctor;
mod folder;
pub(crate) mod hotspots;
pub(crate) mod init;
pub(crate) mod ledger;
pub(crate) mod link;
mod map;
pub(crate) mod member;
pub(crate) mod names;
pub(crate) mod organisation;
mod page;
pub(crate) mod plan;
pub(crate) mod proof;
pub(crate) mod recovery;
pub(crate) mod restore;
pub(crate) mod rota;
pub(crate) mod sender;
pub(crate) mod serve;
pub(crate) mod settings;
mod source;
pub(crate) mod team;
mod terminal;
