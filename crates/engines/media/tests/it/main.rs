//! Rules of the cleaning, on files that peers/media/make_corpus.sh planted a canary in, and on files planted here.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its files fails")]

mod bounds;
mod corpus;
mod documents;
mod films;
mod fuzzing;
mod hidden;
mod kinds;
mod pages;
mod pictures;
mod sounds;

use std::fs;
use std::path::PathBuf;

/// What stands in every field that a tool could write.
pub(crate) const CANARY: &[u8] = b"CANARY";

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../data/media")
}

pub(crate) fn file(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub(crate) fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

pub(crate) fn clean(bytes: &[u8]) -> Vec<u8> {
    plainsight_media::clean(bytes).unwrap().to_bytes(bytes)
}

/// The parts of an archive that was written here: each head says its own sizes.
pub(crate) fn parts(zip: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut parts = Vec::new();
    let mut at = 0;
    while zip[at..].starts_with(b"PK\x03\x04") {
        let number = |place: usize, width: usize| {
            zip[at + place..at + place + width].iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
        };
        let (method, packed, name, extra) = (number(8, 2), number(18, 4), number(26, 2), number(28, 2));
        let body = at + 30 + name + extra;
        let text = String::from_utf8(zip[at + 30..at + 30 + name].to_vec()).unwrap();
        let bytes = &zip[body..body + packed];
        let mut out = Vec::new();
        if method == 8 {
            std::io::Read::read_to_end(&mut flate2::read::DeflateDecoder::new(bytes), &mut out).unwrap();
        } else {
            out.extend(bytes);
        }
        parts.push((text, out));
        at = body + packed;
    }
    parts
}

/// An archive of stored parts.
pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let mut head = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        head.extend(crc32fast::hash(bytes).to_le_bytes());
        head.extend((bytes.len() as u32).to_le_bytes());
        head.extend((bytes.len() as u32).to_le_bytes());
        head.extend((name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        directory.extend([b"PK\x01\x02\x14\0".as_slice(), &head, &[0; 10], &(out.len() as u32).to_le_bytes(), name.as_bytes()].concat());
        out.extend([b"PK\x03\x04".as_slice(), &head, name.as_bytes(), bytes].concat());
    }
    let (start, size, count) = (out.len() as u32, directory.len() as u32, parts.len() as u16);
    out.extend(directory);
    out.extend(
        [b"PK\x05\x06\0\0\0\0".as_slice(), &count.to_le_bytes(), &count.to_le_bytes(), &size.to_le_bytes(), &start.to_le_bytes(), &[0, 0]]
            .concat(),
    );
    out
}
