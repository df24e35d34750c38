//! Invented worlds for the demo, for training and for tests of scale: a borough in which every street, premises, person,
//! company, number and plate is made up, and a generator of lifelike contacts.
//!
//! A scenario is a folder of text files (`scenarios/westmere` is built into the program); [`Scenario::load`] reads one
//! and [`generate()`] writes contacts from a seed. Generating is pure: it reads no clock, no file and no other randomness.
//! [`invented`] holds the rules that nothing here may break, for tests and for the tidy check.

mod contact;
mod desk;
mod error;
mod generate;
pub mod invented;
mod load;
mod local_time;
mod place;
mod random;
mod rates;
mod reach;
mod service;
mod text;
mod typing;
mod writer;

#[cfg(test)]
mod tests;

pub use contact::{
    Channel, ChannelKind, DeskAct, DeskStep, DeskStory, InventedContact, InventedPlace, LaterMessage, ReportPath, SafeContact, Seen, Truth,
};
pub use error::ScenarioError;
pub use generate::generate;
pub use load::{EMBEDDED, Scenario};
pub use place::{Figure, Kind, Places, Premises, Street, Vehicle, Ward};
pub use rates::{Answers, Overall, Rates, Shares, When};
pub use service::{Confirmed, Line, Member, Operator, Organisation, Role, Shift, Slot, Staffed, Team};
pub use text::{DeskTexts, Language, Text, Urgent};

/// The banner of every page that shows invented data; each scenario's own file says the same in more languages.
pub const INVENTED: &str = "Everything here is invented: the borough of Westmere, its people, places, telephone numbers and plates. Do not use it for a real person.";
