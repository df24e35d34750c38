//! The rules that the field's words keep.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod clocks;
mod code_lists;
mod corpus;
mod fluent;
mod hours;
mod identity;
mod jurisdictions;
mod operator;
mod settings;
mod signs;
mod tasking;
mod words;
