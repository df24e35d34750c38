//! What a file is, by what it holds. Its name and what the sender called it are never asked; and a file that two programs
//! would take for two different things is nothing that anybody should pass on.

use std::fmt;

use crate::named::named;
use crate::read::{Reader, find, holds};
use crate::sound::id3_length;
use crate::zip::Archive;
use crate::{CannotClean, ooxml};

named! {
    /// A kind of file that is known by its content.
    pub enum Kind {
        /// A photograph.
        Jpeg = "jpeg",
        /// A picture or a screenshot, animated or not.
        Png = "png",
        /// A picture, often animated.
        Gif = "gif",
        /// A picture of the web, animated or not.
        WebP = "webp",
        /// A photograph of newer telephones (HEIC).
        Heif = "heif",
        /// A picture of the web, coded as AV1.
        Avif = "avif",
        /// A page to print.
        Pdf = "pdf",
        /// A text of Microsoft Word.
        Docx = "docx",
        /// A table of Microsoft Excel.
        Xlsx = "xlsx",
        /// Slides of Microsoft PowerPoint.
        Pptx = "pptx",
        /// A text of LibreOffice.
        Odt = "odt",
        /// A table of LibreOffice.
        Ods = "ods",
        /// Slides of LibreOffice.
        Odp = "odp",
        /// A film, or sound in the same container (M4A, 3GP).
        Mp4 = "mp4",
        /// A film of Apple's QuickTime.
        Mov = "mov",
        /// Sound.
        Mp3 = "mp3",
        /// Sound as it was sampled.
        Wav = "wav",
        /// Sound: Vorbis or Opus.
        Ogg = "ogg",
        /// Sound without loss.
        Flac = "flac",
    }
}

impl Kind {
    /// The media type under which browsers know it.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Heif => "image/heic",
            Self::Avif => "image/avif",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Mp4 => "video/mp4",
            Self::Mov => "video/quicktime",
            Self::Mp3 => "audio/mpeg",
            Self::Wav => "audio/wav",
            Self::Ogg => "audio/ogg",
            Self::Flac => "audio/flac",
        }
    }

    /// The ending that a cleaned copy gets: the sender's own name for the file is a trace too.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::WebP => "webp",
            Self::Heif => "heic",
            Self::Avif => "avif",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
            Self::Odt => "odt",
            Self::Ods => "ods",
            Self::Odp => "odp",
            Self::Mp4 => "mp4",
            Self::Mov => "mov",
            Self::Mp3 => "mp3",
            Self::Wav => "wav",
            Self::Ogg => "ogg",
            Self::Flac => "flac",
        }
    }

    fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Gif | Self::WebP | Self::Heif | Self::Avif)
    }

    fn is_zip(self) -> bool {
        matches!(self, Self::Docx | Self::Xlsx | Self::Pptx | Self::Odt | Self::Ods | Self::Odp)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.ending())
    }
}

/// Readers of PDF look for its header this far into a file.
const PDF_HEADER_WITHIN: usize = 1024;
/// A ZIP's end, with the longest comment.
const ZIP_END_WITHIN: usize = 22 + 65_535;

/// What a file is.
///
/// # Errors
/// [`CannotClean::UnknownKind`], [`CannotClean::Active`] for pages, drawings, scripts and programs,
/// [`CannotClean::TwoKinds`] when another program would take it for something else.
pub fn kind(bytes: &[u8]) -> Result<Kind, CannotClean> {
    if let Some(what) = active(bytes) {
        return Err(CannotClean::Active(what));
    }
    let kind = by_magic(bytes)?;
    match second(bytes, kind) {
        Some(other) => Err(CannotClean::TwoKinds(kind, other)),
        None => Ok(kind),
    }
}

fn by_magic(bytes: &[u8]) -> Result<Kind, CannotClean> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let at = |place: usize, magic: &[u8]| bytes.get(place..).is_some_and(|rest| rest.starts_with(magic));
    Ok(if starts(b"\xff\xd8\xff") {
        Kind::Jpeg
    } else if starts(b"\x89PNG\r\n\x1a\n") {
        Kind::Png
    } else if starts(b"GIF87a") || starts(b"GIF89a") {
        Kind::Gif
    } else if starts(b"RIFF") && at(8, b"WEBP") {
        Kind::WebP
    } else if starts(b"RIFF") && at(8, b"WAVE") {
        Kind::Wav
    } else if starts(b"%PDF-") {
        Kind::Pdf
    } else if starts(b"fLaC") {
        Kind::Flac
    } else if starts(b"OggS") {
        Kind::Ogg
    } else if at(4, b"ftyp") {
        by_brand(bytes).ok_or(CannotClean::UnknownKind)?
    } else if [b"moov", b"mdat", b"wide", b"free", b"skip"].iter().any(|name| at(4, *name)) {
        Kind::Mov
    } else if starts(b"PK\x03\x04") {
        by_parts(bytes)?
    } else if starts(b"ID3") && after_id3(bytes).starts_with(b"fLaC") {
        Kind::Flac
    } else if starts(b"ID3") || is_mp3_frame(bytes) {
        Kind::Mp3
    } else {
        return Err(CannotClean::UnknownKind);
    })
}

/// What comes after the tags at the start of a file of sound.
fn after_id3(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    while let Some(length) = id3_length(rest).filter(|length| *length > 0) {
        rest = rest.get(length..).unwrap_or_default();
    }
    rest
}

/// A document of an office: an archive whose own list of parts, or whose first part, says what it is.
fn by_parts(bytes: &[u8]) -> Result<Kind, CannotClean> {
    let Ok(archive) = Archive::read(bytes) else { return Err(CannotClean::UnknownKind) };
    let read = |name: &str| {
        archive.find(name).and_then(|entry| archive.inflate(entry, 1 << 20).ok()).and_then(|bytes| String::from_utf8(bytes).ok())
    };
    if let Some(types) = read("[Content_Types].xml") {
        return ooxml::kind(&types).ok_or(CannotClean::UnknownKind);
    }
    match read("mimetype").as_deref().map(str::trim) {
        Some("application/vnd.oasis.opendocument.text") => Ok(Kind::Odt),
        Some("application/vnd.oasis.opendocument.spreadsheet") => Ok(Kind::Ods),
        Some("application/vnd.oasis.opendocument.presentation") => Ok(Kind::Odp),
        _ => Err(CannotClean::UnknownKind),
    }
}

/// The major brand decides; a brand that only says "some pictures" is read on in the compatible ones.
fn by_brand(bytes: &[u8]) -> Option<Kind> {
    let mut reader = Reader::new(bytes);
    let size = reader.be32()? as usize;
    let mut brands = Reader::new(bytes.get(8..size.min(bytes.len()).min(512))?);
    let major: [u8; 4] = brands.array()?;
    brands.be32()?;
    let mut all = vec![major];
    while let Some(brand) = brands.array() {
        all.push(brand);
    }
    let has = |names: &[&[u8; 4]]| all.iter().any(|brand| names.contains(&brand));
    if &major == b"qt  " {
        Some(Kind::Mov)
    } else if has(&[b"avif", b"avis"]) {
        Some(Kind::Avif)
    } else if has(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"]) {
        Some(Kind::Heif)
    } else {
        Some(Kind::Mp4)
    }
}

/// A frame of MPEG audio layer III. One sync word is found in any noise, so the header must be a possible one.
fn is_mp3_frame(bytes: &[u8]) -> bool {
    let Some([0xff, second, third, _]) = Reader::new(bytes).array() else { return false };
    second & 0xe6 == 0xe2 && second & 0x18 != 0x08 && third >> 4 != 0x0f && third >> 4 != 0 && third & 0x0c != 0x0c
}

/// Files that run, or that a browser runs.
fn active(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"MZ") || starts(b"\x7fELF") || starts(b"\xca\xfe\xba\xbe") || starts(b"\xcf\xfa\xed\xfe") || starts(b"#!") {
        return Some("a program");
    }
    if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some("an office file of the old kind");
    }
    if starts(b"{\\rtf") {
        return Some("a rich text file");
    }
    let text = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let text: Vec<u8> = text.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let text = text.strip_prefix(b"\xef\xbb\xbf").or(text.strip_prefix(b"\xff\xfe")).or(text.strip_prefix(b"\xfe\xff")).unwrap_or(&text);
    let text = text.trim_ascii_start();
    if !text.starts_with(b"<") {
        return None;
    }
    Some(if holds(text, b"<svg") { "a drawing as SVG" } else { "a page or other text with marks" })
}

/// What else a program would take it for.
fn second(bytes: &[u8], kind: Kind) -> Option<&'static str> {
    let head = bytes.get(..bytes.len().min(PDF_HEADER_WITHIN))?;
    if kind != Kind::Pdf && holds(head, b"%PDF-") {
        return Some("a PDF");
    }
    if !kind.is_zip() && ends_as_zip(bytes) {
        return Some("a ZIP archive");
    }
    if kind.is_picture() && holds_page(bytes) {
        return Some("a page of HTML");
    }
    None
}

/// Whether an unpacker would find an archive at the end.
fn ends_as_zip(bytes: &[u8]) -> bool {
    let from = bytes.len().saturating_sub(ZIP_END_WITHIN);
    let tail = bytes.get(from..).unwrap_or_default();
    let mut at = 0;
    while let Some(step) = tail.get(at..).and_then(|rest| find(rest, b"PK\x05\x06")) {
        let place = at + step;
        let mut reader = Reader::from(tail, place + 12);
        if let Some(size) = reader.le32() {
            let directory = (from + place).checked_sub(size as usize);
            let entry = directory.and_then(|start| bytes.get(start..)).is_some_and(|rest| rest.starts_with(b"PK\x01\x02"));
            if entry {
                return true;
            }
        }
        at = place + 4;
    }
    false
}

/// Marks with which a page or a script of a server begins, anywhere in a picture.
fn holds_page(bytes: &[u8]) -> bool {
    const MARKS: [&[u8]; 5] = [b"<html", b"<script", b"<?php", b"<!doctype html", b"<svg"];
    let mut at = 0;
    while let Some(step) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'<')) {
        let place = at + step;
        let found = MARKS.iter().any(|mark| {
            let here = bytes.get(place..place + mark.len()).is_some_and(|text| text.eq_ignore_ascii_case(mark));
            // Five bytes alone come up in noise; a page goes on with a space, a bracket or a letter.
            here && bytes.get(place + mark.len()).is_some_and(|next| next.is_ascii_whitespace() || next.is_ascii_punctuation())
        });
        if found {
            return true;
        }
        at = place + 1;
    }
    false
}
