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

/// The length of any tag at the start of these bytes that players know: ID3, APE, Lyrics3.
pub(crate) fn tag_length(bytes: &[u8]) -> Option<usize> {
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
    if bytes.starts_with(b"LYRICSBEGIN") {
        return find(bytes, b"LYRICSEND").or_else(|| find(bytes, b"LYRICS200")).map(|end| end + 9);
    }
    None
}

/// What tags tell of a song, or of a recording on a telephone.
pub(crate) const TAG: [Trace; 4] = [Trace::Author, Trace::Time, Trace::Comment, Trace::Software];

#[cfg(test)]
mod tests {
    use super::tag_length;

    #[test]
    fn tags_have_their_lengths() {
        assert_eq!(tag_length(b"ID3\x04\0\0\0\0\x01\0rest"), Some(14));
        assert_eq!(tag_length(&[b"TAG".as_slice(), &[0; 200]].concat()), Some(128));
        assert_eq!(tag_length(b"LYRICSBEGINabcLYRICS200x"), Some(23));
        assert_eq!(tag_length(b"\xff\xfb"), None);
    }
}
