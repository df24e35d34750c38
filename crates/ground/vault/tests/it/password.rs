use std::collections::HashSet;

use plainsight_vault::password::{check_strength, cost_of, five_words, unwrap_member, wrap_member};
use plainsight_vault::{PasswordCost, PasswordError, TooWeak, WrongPassword};
use proptest::prelude::*;

use crate::rng;

const LIGHT: PasswordCost = PasswordCost::light_for_tests_only();

#[test]
fn the_right_password_and_pepper_unwrap_and_no_other() {
    let wrapped = wrap_member(b"secret", "a long password here", &[1; 32], &mut rng(1), LIGHT).unwrap();
    assert_eq!(unwrap_member(&wrapped, "a long password here", &[1; 32]).unwrap().as_slice(), b"secret");
    let wrong = PasswordError::Wrong(WrongPassword);
    assert_eq!(unwrap_member(&wrapped, "a long password Here", &[1; 32]).unwrap_err(), wrong);
    assert_eq!(unwrap_member(&wrapped, "", &[1; 32]).unwrap_err(), wrong);
    assert_eq!(unwrap_member(&wrapped, "a long password here", &[2; 32]).unwrap_err(), wrong, "the database alone does not do");
}

/// One wrap and one unwrap at the real cost.
#[test]
fn the_real_cost_is_stored_with_the_secret() {
    let wrapped = wrap_member(b"secret", "a long password here", &[1; 32], &mut rng(2), PasswordCost::REAL).unwrap();
    assert_eq!(cost_of(&wrapped), Ok(PasswordCost::REAL));
    assert_eq!(wrapped[1..13], [0, 2, 0, 0, 0, 0, 0, 3, 0, 0, 0, 1], "128 MiB, 3 passes, 1 lane");
    assert_eq!(unwrap_member(&wrapped, "a long password here", &[1; 32]).unwrap().as_slice(), b"secret");
    assert!(PasswordCost::REAL.is_real() && !LIGHT.is_real());
    assert_eq!(PasswordCost::default(), PasswordCost::REAL);
}

#[test]
fn a_blob_cannot_ask_for_more_work_than_is_allowed() {
    let wrapped = wrap_member(b"secret", "a long password here", &[1; 32], &mut rng(3), LIGHT).unwrap();
    for at in [1, 5, 9] {
        let mut greedy = wrapped.clone();
        greedy[at] = 0xff;
        assert_eq!(unwrap_member(&greedy, "a long password here", &[1; 32]).unwrap_err(), PasswordError::Malformed);
    }
    let mut newer = wrapped.clone();
    newer[0] = 2;
    assert_eq!(cost_of(&newer), Err(PasswordError::UnknownVersion(2)));
    for cut in 0..wrapped.len() {
        assert!(unwrap_member(&wrapped[..cut], "a long password here", &[1; 32]).is_err());
    }
}

#[test]
fn any_changed_byte_is_refused() {
    let wrapped = wrap_member(b"secret", "a long password here", &[1; 32], &mut rng(4), LIGHT).unwrap();
    for at in 13..wrapped.len() {
        let mut changed = wrapped.clone();
        changed[at] ^= 4;
        assert_eq!(
            unwrap_member(&changed, "a long password here", &[1; 32]).unwrap_err(),
            PasswordError::Wrong(WrongPassword),
            "byte {at}"
        );
    }
}

#[test]
fn two_wraps_of_the_same_secret_have_nothing_in_common() {
    let mut rng = rng(5);
    let mut wrap = || wrap_member(b"secret", "a long password here", &[1; 32], &mut rng, LIGHT).unwrap();
    assert_ne!(wrap()[13..29], wrap()[13..29], "each has its own salt");
}

#[test]
fn strength_is_length_and_no_trivial_pattern() {
    let cases = [
        ("correct horse", Err(TooWeak::Short)),
        ("fourteen chars", Err(TooWeak::Short)),
        ("fifteen chars!!", Ok(())),
        ("șaptesprezece ani", Ok(())),
        ("aaaaaaaaaaaaaaaaaaaa", Err(TooWeak::Repeated)),
        ("abababababababab", Err(TooWeak::Repeated)),
        ("Abcd1Abcd1Abcd1Abcd1", Err(TooWeak::Repeated)),
        ("aAaAáÁaAaAaAaAaA", Err(TooWeak::Repeated)),
        ("abcdefghijklmnop", Err(TooWeak::Run)),
        ("123456789012345", Err(TooWeak::Run)),
        ("qwertyuiopasdfgh", Err(TooWeak::Run)),
        ("my cat sleeps on the mat", Ok(())),
    ];
    for (password, expected) in cases {
        assert_eq!(check_strength(password), expected, "{password}");
    }
}

#[test]
fn a_phrase_of_one_word_five_times_is_no_phrase() {
    assert_eq!(check_strength("owl owl owl owl"), Err(TooWeak::Repeated));
    assert_eq!(check_strength("ice ice ice ice ice"), Err(TooWeak::Repeated));
}

#[test]
fn generated_phrases_are_five_words_drawn_from_the_whole_list() {
    let mut rng = rng(6);
    let mut words = HashSet::new();
    for _ in 0..4_000 {
        let phrase = five_words(&mut rng);
        let parts: Vec<&str> = phrase.split(' ').collect();
        assert_eq!(parts.len(), 5, "{phrase}");
        words.extend(parts.into_iter().map(str::to_owned));
    }
    // 20,000 draws leave each of 2,048 words out with a chance of e^-9.8; about one in ten of a word is expected to be missing.
    assert!(words.len() > 2_040, "{} words came up", words.len());
}

proptest! {
    #[test]
    fn a_generated_phrase_is_strong_enough(seed: u64) {
        let phrase = five_words(&mut rng(seed));
        let mut words: Vec<&str> = phrase.split(' ').collect();
        words.sort_unstable();
        words.dedup();
        // The same word twice is rare and lands in the rule of length.
        prop_assume!(words.len() == 5);
        prop_assert_eq!(check_strength(&phrase), Ok(()));
    }

    #[test]
    fn no_password_breaks_the_check(password: String) {
        let _ = check_strength(&password);
    }
}
