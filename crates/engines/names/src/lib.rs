//! Names of people in any script: which spellings are the same name, how alike two names are, and where a name is among
//! millions.
//!
//! A name is text that somebody wrote down: of any script, in any order, with or without its marks. Nothing here says what
//! anybody *is*; no culture, origin or sex is guessed. The data files are facts of spelling, kept by the language that
//! spells so.
//!
//! The way through: [`fold()`] makes one plain Latin spelling of a word, reading other scripts aloud ([`read`]); [`sound()`]
//! and [`skeleton`] give keys under which spellings of one name meet; [`Word`] holds them all; [`word_likeness`] and
//! [`likeness()`] compare; [`NameIndex`] finds.

mod distance;
mod fold;
#[doc(hidden)]
pub mod fuzz;
mod index;
mod likeness;
mod name;
mod script;
mod sound;
mod spoken;
mod variants;
mod watch;

pub use distance::{damerau_levenshtein, jaro_winkler};
pub use fold::fold;
pub use index::{Hit, NameIndex, NameIndexError};
pub use likeness::{likeness, word_likeness};
pub use name::{Name, Word};
pub use script::{is_abjad, read};
pub use sound::{skeleton, sound};
pub use variants::{other_forms, same_name};
pub use watch::{Unwatched, Watch};
