//! Cleaned copies: a file goes in as bytes, and what comes out shows, sounds and reads the same and says nothing of who
//! made it, where, when and with what.
//!
//! A photograph of a car wash carries its place, its hour and the telephone that took it. [`clean`] keeps what is known to
//! be needed and drops everything else: containers are taken apart and built anew, never patched. What is damaged, or holds
//! a part whose meaning is not known, is not guessed at: [`CannotClean`] says why, and the caller keeps the sealed original
//! alone.
//!
//! The answer is a [`Cleaned`]: a plan of ranges of the input and of bytes made anew, so that a film of 100 MB is cleaned
//! with little memory beyond the input. [`Cleaned::write`] carries it out.
//!
//! No file, clock, network or database is touched here, and no value that was removed is told: only its [`Trace`], the kind
//! of thing it said.

mod bmff;
mod exif;
#[doc(hidden)]
pub mod fuzz;
mod gif;
mod heif;
mod icc;
mod jpeg;
mod kind;
mod mp4;
mod named;
mod odf;
mod ooxml;
mod pdf;
mod plan;
mod png;
mod read;
mod refused;
mod sound;
mod trace;
mod webp;
mod xml;
mod xmp;
mod zip;

pub use kind::{Kind, kind};
pub use plan::Cleaned;
pub use refused::{CannotClean, Reason};
pub use trace::{Kept, Trace};

/// The cleaned copy of a file, by what the file holds. Its name is never asked.
///
/// # Errors
/// [`CannotClean`] when no copy can be made of which all traces are known to be gone.
pub fn clean(bytes: &[u8]) -> Result<Cleaned, CannotClean> {
    let kind = kind(bytes)?;
    let made = match kind {
        Kind::Jpeg => jpeg::clean(bytes),
        Kind::Png => png::clean(bytes),
        Kind::Gif => gif::clean(bytes),
        Kind::WebP => webp::clean(bytes),
        Kind::Docx | Kind::Xlsx | Kind::Pptx => ooxml::clean(bytes, kind),
        Kind::Odt | Kind::Ods | Kind::Odp => odf::clean(bytes, kind),
        Kind::Pdf => pdf::clean(bytes),
        Kind::Mp4 | Kind::Mov => mp4::clean(bytes, kind),
        Kind::Mp3 => sound::mp3::clean(bytes),
        Kind::Wav => sound::wav::clean(bytes),
        Kind::Ogg => sound::ogg::clean(bytes),
        Kind::Flac => sound::flac::clean(bytes),
        Kind::Heif | Kind::Avif => heif::clean(bytes, kind),
    };
    let mut cleaned = made.map_err(|fault| fault.of(kind))?;
    cleaned.kind = kind;
    Ok(cleaned)
}
