//! Rules of the cleaning, on files that peers/media/make_corpus.sh planted a canary in, and on files planted here.

mod corpus;
mod fuzzing;
mod kinds;
mod pictures;

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
