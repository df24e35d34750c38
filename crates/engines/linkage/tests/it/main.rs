//! Linkage from outside: public sets against the truth, the same answer every time, and input that is wrong.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod index;
mod quality;
mod rules;
mod sets;
