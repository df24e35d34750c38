//! Names of people in any script: which spellings are the same name, how alike two names are, and where a name is among
//! millions.
//!
//! A name is text that somebody wrote down: of any script, in any order, with or without its marks. Nothing here says what
//! anybody *is*; no culture, origin or sex is guessed.

mod watch;

pub use watch::{Unwatched, Watch};
