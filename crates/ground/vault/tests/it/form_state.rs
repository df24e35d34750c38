use data_encoding::BASE64URL_NOPAD;
use plainsight_vault::form_state::LONGEST;
use plainsight_vault::{DayKeys, FormStateError};
use proptest::prelude::*;

use crate::rng;

const HOUR: i64 = 60 * 60;
/// 21:00 on some day.
const NOW: i64 = 20_000 * 24 * HOUR + 21 * HOUR;

fn keys_at(unix: i64) -> DayKeys {
    DayKeys::derive(&[3; 32], DayKeys::day_of(unix))
}

#[test]
fn what_was_typed_comes_back_the_same_day_and_the_next() {
    let state = keys_at(NOW).seal(b"typed", NOW, &mut rng(1)).unwrap();
    for later in [0, 2 * HOUR, 4 * HOUR, 24 * HOUR] {
        let opened = keys_at(NOW + later).open(&state, NOW + later).unwrap();
        assert_eq!((opened.plaintext.as_slice(), opened.expired, opened.sealed_at), (b"typed".as_slice(), false, NOW));
    }
}

#[test]
fn after_a_day_it_still_shows_what_was_typed_and_says_so() {
    let early = NOW - 20 * HOUR;
    let state = keys_at(early).seal(b"typed", early, &mut rng(2)).unwrap();
    let late = early + 24 * HOUR + 1;
    let opened = keys_at(late).open(&state, late).unwrap();
    assert_eq!((opened.plaintext.as_slice(), opened.expired), (b"typed".as_slice(), true));
}

#[test]
fn after_two_days_the_key_is_gone() {
    let state = keys_at(NOW).seal(b"typed", NOW, &mut rng(3)).unwrap();
    let late = NOW + 48 * HOUR;
    assert_eq!(keys_at(late).open(&state, late).unwrap_err(), FormStateError::Unknown);
}

#[test]
fn keys_survive_a_restart_and_belong_to_their_master() {
    let state = keys_at(NOW).seal(b"typed", NOW, &mut rng(4)).unwrap();
    assert!(keys_at(NOW).open(&state, NOW).is_ok());
    let other = DayKeys::derive(&[4; 32], DayKeys::day_of(NOW));
    assert_eq!(other.open(&state, NOW).unwrap_err(), FormStateError::Malformed);
}

#[test]
fn any_changed_byte_is_refused() {
    let keys = keys_at(NOW);
    let sealed = BASE64URL_NOPAD.decode(keys.seal(b"typed", NOW, &mut rng(5)).unwrap().as_bytes()).unwrap();
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(keys.open(&BASE64URL_NOPAD.encode(&changed), NOW).is_err(), "byte {at}");
    }
    // A state of yesterday passed off as one of today, so as not to expire.
    let mut newer = BASE64URL_NOPAD.decode(keys_at(NOW - 24 * HOUR).seal(b"typed", NOW, &mut rng(6)).unwrap().as_bytes()).unwrap();
    newer[1..9].copy_from_slice(&keys.day().to_be_bytes());
    assert_eq!(keys.open(&BASE64URL_NOPAD.encode(&newer), NOW).unwrap_err(), FormStateError::Malformed);
}

#[test]
fn only_three_lengths_go_over_the_wire() {
    let (keys, mut rng) = (keys_at(NOW), rng(7));
    let mut length = |typed: usize| keys.seal(&vec![7; typed], NOW, &mut rng).map(|state| state.len());
    let classes = [0, 5_000, 20_000].map(|typed| length(typed).unwrap());
    assert_eq!(classes, [5527, 21_911, 87_447]);
    assert_eq!(length(4_000), Ok(classes[0]));
    assert_eq!(length(LONGEST), Ok(classes[2]));
    assert_eq!(length(LONGEST + 1), Err(FormStateError::TooLong(LONGEST + 1)));
}

#[test]
fn a_clock_that_went_back_does_not_expire_a_form() {
    let state = keys_at(NOW).seal(b"typed", NOW, &mut rng(8)).unwrap();
    assert!(!keys_at(NOW).open(&state, NOW - HOUR).unwrap().expired);
    assert_eq!(DayKeys::day_of(-1), -1, "days before 1970 are counted downwards");
}

proptest! {
    #[test]
    fn nothing_sent_can_break_the_reader(state: String) {
        let _ = keys_at(NOW).open(&state, NOW);
    }
}
