//! Whatever the bytes are, there is an answer: and a cleaned file is clean.

use plainsight_media::fuzz;
use proptest::prelude::*;

use crate::corpus::names;
use crate::file;

#[test]
fn damaged_files_are_refused_or_cleaned() {
    for name in names() {
        let bytes = file(&name);
        let rounds = if bytes.len() > 20_000 { 60 } else { 300 };
        plainsight_fuzz::mutations(&bytes, rounds, fuzz::any);
    }
}

#[test]
fn every_cut_of_a_small_file_has_an_answer() {
    for name in names() {
        let bytes = file(&name);
        let step = bytes.len() / 150 + 1;
        for end in (0..bytes.len()).step_by(step) {
            fuzz::any(&bytes[..end]);
        }
    }
}

proptest! {
    #[test]
    fn noise_after_any_magic_has_an_answer(magic in 0..12_usize, noise in proptest::collection::vec(any::<u8>(), 0..400)) {
        const MAGIC: [&[u8]; 12] = [
            b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x40\0\0\0WEBP", b"RIFF\x40\0\0\0WAVE", b"%PDF-1.7\n",
            b"fLaC", b"OggS", b"\0\0\0\x18ftypheic", b"\0\0\0\x18ftypisom", b"ID3\x04\0\0", b"PK\x03\x04",
        ];
        fuzz::any(&[MAGIC[magic], noise.as_slice()].concat());
    }
}
