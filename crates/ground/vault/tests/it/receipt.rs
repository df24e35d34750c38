use plainsight_vault::receipt::{DIGITS, WORDS};
use plainsight_vault::{ReadyReceipt, Receipt, ReceiptError, Root, SiteSalt, WordList, stretch};
use proptest::prelude::*;

use crate::rng;

fn digits(receipt: &Receipt) -> Vec<u8> {
    receipt.to_ascii().to_vec()
}

fn parse(ascii: &[u8]) -> Result<Receipt, ReceiptError> {
    Receipt::parse(std::str::from_utf8(ascii).unwrap())
}

proptest! {
    #[test]
    fn any_single_wrong_digit_is_found(seed: u64, at in 0..DIGITS, other in 1_u8..10) {
        let mut typed = digits(&Receipt::generate(&mut rng(seed)));
        typed[at] = b'0' + (typed[at] - b'0' + other) % 10;
        prop_assert_eq!(parse(&typed), Err(ReceiptError::CheckDigits));
    }

    #[test]
    fn any_swap_of_neighbours_is_found(seed: u64, at in 0..DIGITS - 1) {
        let mut typed = digits(&Receipt::generate(&mut rng(seed)));
        prop_assume!(typed[at] != typed[at + 1]);
        typed.swap(at, at + 1);
        prop_assert_eq!(parse(&typed), Err(ReceiptError::CheckDigits));
    }

    #[test]
    fn digits_and_words_are_the_same_receipt(seed: u64) {
        let receipt = Receipt::generate(&mut rng(seed));
        prop_assert_eq!(Receipt::parse(&receipt.digits()), Ok(receipt.clone()));
        for list in WordList::all() {
            let words = receipt.words(list);
            prop_assert_eq!(words.len(), WORDS);
            prop_assert_eq!(Receipt::parse(&words.join(" ")), Ok(receipt.clone()));
            prop_assert_eq!(Receipt::parse(&words.join(", ").to_uppercase()), Ok(receipt.clone()));
        }
    }

    #[test]
    fn any_single_wrong_word_is_found(seed: u64, at in 0..WORDS, other in 1_u16..2048) {
        let list = WordList::english();
        let mut words = Receipt::generate(&mut rng(seed)).words(list);
        words[at] = list.word(list.number(words[at]).unwrap() + other);
        prop_assert_eq!(Receipt::parse(&words.join(" ")), Err(ReceiptError::CheckDigits));
    }

    #[test]
    fn any_swap_of_two_words_is_found(seed: u64, one in 0..WORDS, other in 0..WORDS) {
        let mut words = Receipt::generate(&mut rng(seed)).words(WordList::romanian());
        prop_assume!(words[one] != words[other]);
        words.swap(one, other);
        prop_assert_eq!(Receipt::parse(&words.join(" ")), Err(ReceiptError::CheckDigits));
    }

    #[test]
    fn nothing_typed_can_break_the_reader(typed: String) {
        let _ = Receipt::parse(&typed);
    }
}

#[test]
fn every_single_wrong_digit_of_one_receipt_is_found() {
    let good = digits(&Receipt::generate(&mut rng(1)));
    for at in 0..DIGITS {
        for digit in b'0'..=b'9' {
            let mut typed = good.clone();
            typed[at] = digit;
            assert_eq!(parse(&typed).is_ok(), typed == good);
        }
    }
}

#[test]
fn groups_are_five_of_five() {
    let shown = Receipt::generate(&mut rng(2)).digits();
    assert_eq!(shown.split(' ').map(str::len).collect::<Vec<_>>(), [5; 5]);
    assert!(shown.starts_with('1'), "the first digit is the version");
}

#[test]
fn spaces_dashes_and_the_digits_of_other_keyboards_are_read() {
    let receipt = Receipt::generate(&mut rng(3));
    let plain = String::from_utf8(digits(&receipt)).unwrap();
    let dashed = plain.as_bytes().chunks(4).map(|group| std::str::from_utf8(group).unwrap()).collect::<Vec<_>>().join(" \u{2013} ");
    assert_eq!(Receipt::parse(&format!("\u{200f} {dashed}\n")), Ok(receipt.clone()));
    for zero in ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ff10}'] {
        let other: String = plain.bytes().map(|digit| char::from_u32(u32::from(zero) + u32::from(digit - b'0')).unwrap()).collect();
        assert_eq!(Receipt::parse(&other), Ok(receipt.clone()), "{zero}");
    }
}

#[test]
fn each_mistake_has_its_name() {
    assert_eq!(Receipt::parse(""), Err(ReceiptError::WrongLength));
    assert_eq!(Receipt::parse("12345"), Err(ReceiptError::WrongLength));
    assert_eq!(Receipt::parse("12345 + 1"), Err(ReceiptError::NotDigits));
    assert_eq!(Receipt::parse("able above"), Err(ReceiptError::WrongLength));
    let mut words = Receipt::generate(&mut rng(4)).words(WordList::english());
    words[5] = "bananna";
    assert_eq!(Receipt::parse(&words.join(" ")), Err(ReceiptError::UnknownWord("bananna".into())));
    words[5] = WordList::romanian().word(7);
    assert_eq!(Receipt::parse(&words.join(" ")), Err(ReceiptError::UnknownWord(words[5].into())), "lists do not mix");
}

#[test]
fn another_version_is_told_from_a_typing_mistake() {
    // Version 2, secret 0: check digits so that the whole leaves 1 by 97 (ISO/IEC 7064).
    let payload = 2 * 10_u128.pow(22);
    let check = 98 - payload * 100 % 97;
    assert_eq!(Receipt::parse(&format!("{payload}{check:02}")), Err(ReceiptError::UnknownVersion));
}

#[test]
fn a_printed_receipt_is_not_in_a_log() {
    let receipt = Receipt::generate(&mut rng(5));
    let words = receipt.words(WordList::english());
    let printed = format!("{receipt:?} {:?}", Receipt::parse(&format!("secretword {}", words[1..].join(" "))));
    assert!(!printed.contains("secretword"));
    assert!(!printed.bytes().any(|byte| byte.is_ascii_digit()), "{printed}");
}

/// Two stretches at the real cost: the one that makes the pool's entry and the one of coming back.
#[test]
fn coming_back_finds_what_the_pool_made() {
    let mut rng = rng(6);
    let (salt, pepper) = (SiteSalt::generate(&mut rng), [9; 32]);
    let ready = ReadyReceipt::make(&salt, &pepper, &mut rng).unwrap();
    let root = stretch(&Receipt::parse(&ready.receipt.digits()).unwrap(), &salt).unwrap();
    assert_eq!(root.locate(&pepper), ready.locate);
    assert_eq!(root.mailbox().public(), ready.mailbox_public);
    assert_ne!(root.locate(&[8; 32]), ready.locate, "another pepper finds nothing");
    assert_eq!(Root::from_bytes(*root.to_bytes()), root);

    let carried = ReadyReceipt::from_bytes(&ready.to_bytes()).unwrap();
    assert_eq!(carried.receipt, ready.receipt);
    assert_eq!(carried.locate, ready.locate);
    assert_eq!(carried.mailbox_public, ready.mailbox_public);
    assert_eq!(ready.to_bytes().len(), ReadyReceipt::LENGTH);
    assert!(ReadyReceipt::from_bytes(&ready.to_bytes()[1..]).is_none());
}
