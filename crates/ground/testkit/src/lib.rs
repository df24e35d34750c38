//! What tests stand on: a database of each kind with the real migrations, a clock that is set by hand, and randomness from a seed.
//!
//! A dev-dependency only. Its failures are panics with a message that says what to do, as a test's are.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod act_codes;
mod cluster;
mod database;
mod seeded;

pub use act_codes::act_codes;
pub use database::{TestDb, on_both};
pub use seeded::{TestClock, TestEntropy};
