//! The ledger on real databases.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod chain;
mod heads;
mod tampering;
mod walk;
mod world;
