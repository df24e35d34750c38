//! Sound in containers of its own.

pub(crate) mod flac;
pub(crate) mod mp3;
pub(crate) mod ogg;
pub(crate) mod wav;

use crate::Trace;
use crate::read::{Reader, find};

/// The length of a tag of ID3v2 at the start of these bytes.
pub(crate) fn id3_length(bytes: &[u8]) -> Option<usize> {
    let mut reader = Reader::new(bytes);
    if reader.take(3)? != b"ID3" {
        return None;
    }
    let [_, _, flags] = reader.array()?;
    let size: [u8; 4] = reader.array()?;
    if size.iter().any(|byte| *byte > 0x7f) {
        return None;
    }
    let size = size.iter().fold(0, |sum, byte| sum << 7 | usize::from(*byte));
    let whole = 10 + size + if flags & 0x10 != 0 { 10 } else { 0 };
    Some(whole.min(bytes.len()))
}

/// The tags that players know (ID3, APE, Lyrics3), wherever they stand in a file.
pub(crate) struct Tags<'a> {
    bytes: &'a [u8],
    /// Where the last Lyrics3 ends. Looking for an end behind each of a million beginnings would take for ever.
    lyrics_end: usize,
}

const LYRICS_ENDS: [&[u8]; 2] = [b"LYRICSEND", b"LYRICS200"];

impl<'a> Tags<'a> {
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        let ends = |at: &usize| bytes.get(*at..at + 9).is_some_and(|name| LYRICS_ENDS.contains(&name));
        let last = (0..bytes.len().saturating_sub(8)).rev().find(ends);
        Self { bytes, lyrics_end: last.map_or(0, |at| at + 9) }
    }

    /// The length of a tag that begins here.
    pub(crate) fn length(&self, at: usize) -> Option<usize> {
        let rest = self.bytes.get(at..)?;
        if rest.starts_with(b"LYRICSBEGIN") {
            let within = self.bytes.get(at..self.lyrics_end)?;
            return LYRICS_ENDS.iter().filter_map(|name| find(within, name)).min().map(|end| end + 9);
        }
        tag_length(rest)
    }
}

fn tag_length(bytes: &[u8]) -> Option<usize> {
    if let Some(length) = id3_length(bytes) {
        return Some(length);
    }
    if bytes.starts_with(b"TAG+") && bytes.len() >= 227 {
        return Some(227);
    }
    if bytes.starts_with(b"TAG") && bytes.len() >= 128 {
        return Some(128);
    }
    if bytes.starts_with(b"APETAGEX") {
        let size = Reader::from(bytes, 12).le32()? as usize;
        // With a head, the size counts everything but the head.
        return Some(size.saturating_add(32).min(bytes.len()));
    }
    None
}

/// What tags tell of a song, or of a recording on a telephone.
pub(crate) const TAG: [Trace; 4] = [Trace::Author, Trace::Time, Trace::Comment, Trace::Software];

#[cfg(test)]
mod tests {
    use super::Tags;

    #[test]
    fn tags_have_their_lengths() {
        let length = |bytes: &[u8]| Tags::of(bytes).length(0);
        assert_eq!(length(b"ID3\x04\0\0\0\0\x01\0rest"), Some(14));
        assert_eq!(length(&[b"TAG".as_slice(), &[0; 200]].concat()), Some(128));
        assert_eq!(length(b"LYRICSBEGINabcLYRICS200xLYRICSEND"), Some(23));
        assert_eq!(length(b"LYRICSBEGINabc"), None);
        assert_eq!(length(b"\xff\xfb"), None);
    }
}
