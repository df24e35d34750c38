//! The engine from outside: real names, and bytes that are none.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::PathBuf;

use plainsight_names::{NameIndex, Unwatched, fold, fuzz, sound};
use proptest::prelude::*;

/// 59 Romanian given and family names, of which a widely used protection system found 31 by their plain spelling (3 of the
/// 31 with ș or ț).
const ROMANIAN: &str = include_str!("../../data/romanian.txt");

/// As a clerk without these letters writes them.
fn plain(name: &str) -> String {
    name.chars()
        .map(|letter| match letter {
            'ă' | 'â' => 'a',
            'Ă' | 'Â' => 'A',
            'î' => 'i',
            'Î' => 'I',
            'ș' => 's',
            'Ș' => 'S',
            'ț' => 't',
            'Ț' => 'T',
            letter => letter,
        })
        .collect()
}

#[test]
fn every_romanian_name_is_found_by_its_plain_spelling_and_the_other_way_round() {
    let names: Vec<&str> = ROMANIAN.lines().collect();
    assert_eq!(names.len(), 59);
    let marked = NameIndex::build(names.iter().copied(), &Unwatched).unwrap();
    let spelt: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let unmarked = NameIndex::build(spelt.iter().map(String::as_str), &Unwatched).unwrap();
    for name in &names {
        assert_eq!(marked.search(&plain(name), 1).first().map(|hit| hit.written), Some(*name));
        assert_eq!(unmarked.search(name, 1).first().map(|hit| hit.written.to_owned()), Some(plain(name)));
        // The old letters with a cedilla, and marks that stand apart, are the same name.
        let cedilla = name.replace('ș', "ş").replace('ț', "ţ").replace('Ș', "Ş").replace('Ț', "Ţ");
        assert_eq!((fold(&cedilla), sound(&fold(&cedilla))), (fold(name), sound(&fold(&plain(name)))), "{name}");
    }
}

fn corpus() -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus/names");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|file| fs::read(file).unwrap()).collect()
}

#[test]
fn damaged_names_break_nothing() {
    plainsight_fuzz::mutations_of(&corpus(), 600, fuzz::names);
}

proptest! {
    #[test]
    fn no_bytes_break_it(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
        fuzz::names(&bytes);
    }

    #[test]
    fn no_text_breaks_it(text in "\\PC{0,60}\n?\\PC{0,60}") {
        fuzz::names(text.as_bytes());
    }
}
