//! What must hold of the whole program, whatever happens to it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops where it fails")]

mod canary;
mod crash;
mod files;
mod old_phones;
mod processes;
mod restore;
mod trouble;
