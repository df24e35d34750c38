//! Tests of the engine from outside.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod cells;
mod events;
mod golden;
