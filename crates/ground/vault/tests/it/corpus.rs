//! The fuzzing targets, run on a committed corpus of good inputs and on damaged copies of them. A target fails by
//! panicking; what is refused or opened is the business of the other tests.
//!
//! `UPDATE_VECTORS=1` writes the corpus anew.

use std::fs;
use std::path::PathBuf;

use plainsight_vault::fuzz::{self, NOW, SEED, column_place, envelope_place};
use plainsight_vault::password::wrap_member;
use plainsight_vault::{DataKeyRing, DayKeys, Mailbox, PasswordCost, ReadyReceipt, Receipt, SecretKey, SigningKey, WordList, envelope};

use crate::rng;

fn corpus(target: &str, good: impl FnOnce() -> Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        fs::create_dir_all(&folder).unwrap();
        for (number, input) in good().into_iter().enumerate() {
            fs::write(folder.join(format!("{number:02}.bin")), input).unwrap();
        }
    }
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "there is no corpus for {target}");
    files.into_iter().map(|file| fs::read(file).unwrap()).collect()
}

#[test]
fn envelope() {
    let seeds = corpus("envelope", || {
        let mut rng = rng(1);
        let key = SecretKey::<Mailbox>::from_seed(SEED).public();
        vec![
            envelope::seal(&envelope_place(), &[&key], b"content", &mut rng).unwrap(),
            envelope::seal(&envelope_place(), &[&key, &key], &[7; 3000], &mut rng).unwrap(),
            envelope::seal_signed(&envelope_place(), &[&key], b"signed", &SigningKey::from_bytes(SEED), &mut rng).unwrap(),
        ]
    });
    let key = SecretKey::<Mailbox>::from_seed(SEED);
    assert!(envelope::open(&seeds[0], &envelope_place(), &key).is_ok(), "the corpus reaches the inside");
    plainsight_fuzz::mutations_of(&seeds, 100, fuzz::envelope);
}

#[test]
fn column() {
    let seeds = corpus("column", || {
        let (ring, mut rng) = (DataKeyRing::new(1, &SEED), rng(2));
        vec![ring.seal(&column_place(), b"", &mut rng), ring.seal(&column_place(), b"a header", &mut rng)]
    });
    assert!(DataKeyRing::new(1, &SEED).open(&column_place(), &seeds[1]).is_ok());
    plainsight_fuzz::mutations_of(&seeds, 2000, fuzz::column);
}

#[test]
fn receipt() {
    let seeds = corpus("receipt", || {
        let receipt = Receipt::generate(&mut rng(3));
        let ready = ReadyReceipt { receipt: receipt.clone(), locate: [1; 32], mailbox_public: SecretKey::from_seed(SEED).public() };
        vec![
            receipt.digits().as_bytes().to_vec(),
            receipt.words(WordList::english()).join(" ").into_bytes(),
            receipt.words(WordList::romanian()).join(" ").into_bytes(),
            ready.to_bytes().to_vec(),
        ]
    });
    assert!(Receipt::parse(std::str::from_utf8(&seeds[0]).unwrap()).is_ok());
    plainsight_fuzz::mutations_of(&seeds, 1000, fuzz::receipt);
}

#[test]
fn form_state() {
    let seeds = corpus("form_state", || {
        let (keys, mut rng) = (DayKeys::derive(&SEED, DayKeys::day_of(NOW)), rng(4));
        vec![keys.seal(b"typed", NOW, &mut rng).unwrap().into_bytes(), keys.seal(b"typed", NOW - 90_000, &mut rng).unwrap().into_bytes()]
    });
    let keys = DayKeys::derive(&SEED, DayKeys::day_of(NOW));
    assert!(keys.open(std::str::from_utf8(&seeds[1]).unwrap(), NOW).unwrap().expired);
    plainsight_fuzz::mutations_of(&seeds, 300, fuzz::form_state);
}

#[test]
fn password() {
    let seeds = corpus("password", || {
        let light = PasswordCost::light_for_tests_only();
        vec![wrap_member(b"secret", "correct horse battery staple", &SEED, &mut rng(5), light).unwrap()]
    });
    plainsight_fuzz::mutations_of(&seeds, 500, fuzz::password);
}
