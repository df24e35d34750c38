//! The command line as an administrator meets it: the built program, a folder of its own, real passwords.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod clean_apart;
mod effort;
mod help;
mod hotspots;
mod link;
mod mistakes;
mod names;
mod path;
mod plan;
mod program;
mod replan;
mod scan;
