//! The rules a scenario and its contacts keep.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod contacts;
mod invented;
mod loading;
