//! Drives the real program from outside: starts its processes, posts forms as an old phone would, kills it.

pub mod house;
pub mod phone;
