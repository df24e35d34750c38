//! The field's words as data and types: signs, settings, venues, kinds of exploitation, contact kinds, clocks,
//! and the real routes to help of each jurisdiction.
//!
//! What is data here can be corrected by somebody who writes no Rust: tables in `data/`, texts in `locales/`,
//! facts in the operator's own file. docs/vocabulary.md shows how.
//!
//! Architecture invariants:
//! - No clock, no file, no network, no randomness: everything takes the instant as an argument. Time zones are built in.
//! - A sign with a proxy risk has no strength and cannot become a [`ScoringSign`]; no type here holds nationality,
//!   language, ethnicity, religion or immigration status of a person.
//! - A fact that nobody confirmed, or whose review day has passed, is not in a [`ShownRoute`]. Only facts laid down by
//!   law outlive their review day.
//! - Texts are Fluent keys; no word for the public is written in this crate.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod clocks;
mod code_list;
mod confirmation;
mod contact;
mod controller;
mod error;
mod exploitation;
mod fact;
mod fact_file;
pub mod fuzz;
mod hours;
mod identity;
mod jurisdiction;
mod jurisdiction_file;
mod kept;
mod operator;
mod operator_edit;
mod promise;
mod route;
mod setting;
mod sign;
mod tables;
mod tasking;
mod words;

pub use clocks::{Answer, Clocks, Due, Urgency, UrgencyAnswers};
pub use confirmation::confirmation_form;
pub use contact::{CaseKind, Channel, ConsentLevel, ContactKind, Proximity};
pub use controller::{Controller, Supervisor};
pub use error::FileError;
pub use exploitation::{ExploitationLetter, ExploitationType, Venue};
pub use fact::{Fact, Standing};
pub use hours::{HoursError, HoursLine, WeeklyHours};
pub use identity::{Telling, TellingKind, reachable_at, tells_who, tells_who_in_a_line};
pub use jurisdiction::{FactReport, Jurisdiction, RouteReport, ShownRoute};
pub use kept::KeptFor;
pub use operator::OperatorFacts;
pub use operator_edit::{CheckedBy, EditError, OperatorEdit, Weight, is_guarded, weigh};
pub use promise::{Promise, Promises};
pub use route::{Anonymity, Cost, FactName, Languages, LanguagesKind, Means, Route, RouteKind, RouteName, Telephone, WebAddress};
pub use setting::{Setting, SettingSigns};
pub use sign::{Category, Observer, Scoring, ScoringSign, Sign, Strength};
pub use tasking::{Hit, TaskingRule, tasking_phrases};
pub use words::{
    contact_kinds, exploitation_type, exploitation_types, jurisdictions, self_signs, setting, settings, sign, signs, signs_for,
    signs_for_professional, venue, venues,
};
