use std::collections::HashSet;

use plainsight_vault::WordList;
use plainsight_vault::words::{LIST, fold};
use sha2::{Digest, Sha256};

#[test]
fn every_list_has_2048_words_of_three_to_nine_letters() {
    for list in WordList::all() {
        assert_eq!(list.words().len(), LIST, "{list:?}");
        for word in list.words() {
            let letters = word.chars().count();
            assert!((3..=9).contains(&letters), "{list:?}: {word}");
            assert!(fold(word).bytes().all(|byte| byte.is_ascii_lowercase()), "{list:?}: {word} cannot be typed without marks");
        }
    }
}

#[test]
fn no_two_words_are_the_same_after_folding_in_any_list() {
    let mut seen = HashSet::new();
    for list in WordList::all() {
        for word in list.words() {
            assert!(seen.insert(fold(word)), "{list:?}: {word} is there twice");
        }
    }
}

#[test]
fn four_letters_tell_an_english_word() {
    let starts: HashSet<String> = WordList::english().words().iter().map(|word| word.chars().take(4).collect()).collect();
    assert_eq!(starts.len(), LIST);
}

#[test]
fn words_and_numbers_belong_together() {
    for list in WordList::all() {
        for number in 0..LIST as u16 {
            assert_eq!(list.number(list.word(number)), Some(number));
        }
    }
}

#[test]
fn case_and_marks_do_not_matter() {
    let list = WordList::romanian();
    let marked = list.words().iter().find(|word| !word.is_ascii()).unwrap();
    assert_eq!(list.number(&marked.to_uppercase()), list.number(&fold(marked)));
    // The cedilla forms of old keyboards are the comma forms of the norm.
    assert_eq!(fold("Ţară Şarpe"), fold("țară șarpe"));
    // A letter and a combining mark are the letter with the mark.
    assert_eq!(fold("a\u{306}"), "a");
}

#[test]
fn no_word_of_the_lists_belongs_to_the_subject() {
    let harmful = [
        "abuse",
        "border",
        "crime",
        "debt",
        "drug",
        "escort",
        "gun",
        "kill",
        "knife",
        "passport",
        "police",
        "prison",
        "rape",
        "rescue",
        "sex",
        "slave",
        "trap",
        "visa",
        "weapon",
        "armă",
        "crimă",
        "cuțit",
        "drog",
        "hotar",
        "lacăt",
        "polițist",
        "sclav",
        "sex",
        "stăpân",
        "vamă",
    ];
    for list in WordList::all() {
        for word in harmful {
            assert_eq!(list.number(word), None, "{list:?}: {word}");
        }
    }
}

#[test]
fn a_language_tag_finds_its_list() {
    assert_eq!(WordList::for_language("ro-MD").map(WordList::tag), Some("ro"));
    assert_eq!(WordList::for_language("EN").map(WordList::tag), Some("en"));
    assert!(WordList::for_language("sq").is_none());
}

/// A receipt in words is its numbers on the list: a list that changes makes receipts that were given out worthless.
#[test]
fn the_lists_never_change() {
    let sums = WordList::all().map(|list| data_encoding::HEXLOWER.encode(&Sha256::digest(list.words().join("\n"))));
    assert_eq!(
        sums,
        [
            "8896d2167f269d40ca5797a5d24809fd10deec54b2a5e48bb9e89b93f6d48693",
            "861b78717dcace793176ee5c24689f1c89d2e1c7829dc7922bacf9c56d6a60aa",
        ]
    );
}
