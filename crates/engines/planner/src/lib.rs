//! Who visits what, when, with which languages and skills.

#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_lossless, clippy::cast_sign_loss)]

mod budget;
mod check;
mod checker;
mod line;
mod problem;
mod random;
mod ready;
mod returns;
mod rounds;
mod standing;
mod vrptw;
mod week;
mod why;

pub use budget::{Budget, Steps};
pub use check::{About, Mistake};
pub use checker::broken;
pub use problem::{
    Break, Need, Person, Pin, Plan, Problem, Quota, Resource, Route, Rule, Seconds, Shift, Stop, Supplied, Travel, Use, Visit, Window,
    Worth,
};
pub use returns::{Return, WEEKS, returns};
pub use vrptw::{Customer, Routes, Vrptw, VrptwError};
pub use week::{Options, plan};
pub use why::{Left, Reason, Remedy, left_out};
