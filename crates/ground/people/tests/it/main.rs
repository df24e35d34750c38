//! The rules of this room, kept by its acts and by the door, on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod accounts;
mod act_words;
mod administrator;
mod authenticator;
mod browser;
mod changes_page;
mod desk_path;
mod forged_grants;
mod ledger;
mod members_page;
mod passkeys;
mod recovery;
mod recovery_forged;
mod recovery_page;
mod rota;
mod rota_page;
mod sessions;
mod signing_in;
mod swaps;
mod teams;
mod world;
