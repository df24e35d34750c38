//! Tests of the engine from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::cast_precision_loss, clippy::cast_possible_truncation)]

mod cells;
mod effort;
mod events;
mod golden;
mod sets;
mod twin;
