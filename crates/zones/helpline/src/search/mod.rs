//! Search in what is sealed. What a team may open is read into memory while one of its members is signed in and unlocked, and
//! dropped with their keys: nothing of it is on the disk. The parts: what a contact says (`said.rs`), the index of it
//! (`shelf.rs`), the reading and dropping (`library.rs`), and which contacts may be about the same (`alike.rs`).

pub(crate) mod alike;
pub(crate) mod library;
pub(crate) mod query;
pub(crate) mod said;
pub(crate) mod shelf;
