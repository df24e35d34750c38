//! Who visits what, when, with which languages and skills.

#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_lossless, clippy::cast_sign_loss)]

mod budget;
mod random;
mod rounds;
mod vrptw;

pub use budget::{Budget, Steps};
pub use vrptw::{Customer, Routes, Vrptw, VrptwError};
