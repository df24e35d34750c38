//! The fuzzing targets, run on a committed corpus and on damaged copies of it. A target fails by panicking.

use std::fs;
use std::path::PathBuf;

use plainsight_vocabulary::{Jurisdiction, OperatorFacts, fuzz, jurisdictions};
use proptest::prelude::*;

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "there is no corpus for {target}");
    files.into_iter().map(|file| fs::read(file).unwrap()).collect()
}

#[test]
fn jurisdiction() {
    let seeds = corpus("jurisdiction");
    for seed in &seeds {
        assert!(Jurisdiction::parse("seed.toml", &String::from_utf8_lossy(seed)).is_ok(), "the corpus reaches the inside");
    }
    plainsight_fuzz::mutations_of(&seeds, 150, fuzz::jurisdiction);
}

#[test]
fn operator() {
    let seeds = corpus("operator");
    for seed in &seeds {
        let read = OperatorFacts::parse("seed.toml", &String::from_utf8_lossy(seed)).and_then(|facts| facts.apply(jurisdictions()));
        assert!(read.is_ok(), "the corpus reaches the inside: {read:?}");
    }
    plainsight_fuzz::mutations_of(&seeds, 300, fuzz::operator);
}

#[test]
fn tables() {
    plainsight_fuzz::mutations_of(&corpus("tables"), 60, fuzz::tables);
}

#[test]
fn tasking() {
    plainsight_fuzz::mutations_of(&corpus("tasking"), 1000, fuzz::tasking);
}

#[test]
fn identity() {
    plainsight_fuzz::mutations_of(&corpus("identity"), 1000, fuzz::identity);
}

proptest! {
    #[test]
    fn no_bytes_break_any_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        fuzz::jurisdiction(&bytes);
        fuzz::operator(&bytes);
        fuzz::tables(&bytes);
        fuzz::tasking(&bytes);
        fuzz::identity(&bytes);
    }
}
