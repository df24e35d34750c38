//! What anybody may post: every form can be read, and what was typed is kept.

use std::fs;
use std::path::PathBuf;

use plainsight_vault::{Receipt, Root};
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;
use time::Duration;

use crate::draft::{Draft, Drafts, State};
use crate::fields::Fields;
use crate::form::FormKey;
use crate::fuzz::{self, NOW};
use crate::message::{Ground, Receiver};
use crate::questions::{Page, absorb, check, finish, too_long};
use crate::report::{LONGEST_LINE, LONGEST_TEXT, Path, Reach, Report};

fn corpus() -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus/form");
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        fs::create_dir_all(&folder).unwrap();
        let good = [fuzz::good_form("me", "help"), fuzz::good_form("words", "ä\r\n𐐷"), b"go=open&receipt=1".to_vec(), b"go=me".to_vec()];
        for (number, input) in good.into_iter().enumerate() {
            fs::write(folder.join(format!("{number:02}.bin")), input).unwrap();
        }
    }
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|file| fs::read(file).unwrap()).collect()
}

#[test]
fn damaged_forms_are_read_and_nothing_breaks() {
    let seeds = corpus();
    assert_eq!(seeds.len(), 4);
    let drafts = Drafts::new(zeroize::Zeroizing::new(fuzz::SEED));
    let state = Fields::parse(&seeds[0]);
    assert!(matches!(drafts.open(state.get("state"), NOW), State::Open(_)), "the corpus reaches the inside");
    plainsight_fuzz::mutations_of(&seeds, 300, fuzz::form);
}

#[test]
fn damaged_forms_in_parts_are_read_to_an_end() {
    plainsight_fuzz::mutations(&fuzz::good_parts(), 3_000, fuzz::parts);
}

fn form(pairs: &[(&str, &str)]) -> Fields {
    Fields::parse(form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish().as_bytes())
}

fn any_page() -> impl Strategy<Value = Page> {
    prop::sample::select(vec![
        Page::Me,
        Page::Work,
        Page::Complain,
        Page::Danger,
        Page::Place,
        Page::Signs,
        Page::Words,
        Page::Contact,
        Page::Files,
        Page::Check,
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_a_form(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        fuzz::form(&bytes);
    }

    /// What somebody typed stands in the report after the page was taken, whatever else is wrong.
    #[test]
    fn what_was_typed_is_taken_whole(words in "\\PC{0,60}", place in "\\PC{0,60}", times in "\\PC{0,60}", reach in "\\PC{0,9}") {
        let mut report = Report::default();
        absorb(Page::Me, &form(&[("words", &words), ("place", &place), ("times", &times), ("reach", &reach)]), &mut report);
        prop_assert_eq!(report.words, words);
        prop_assert_eq!(report.place, place);
        prop_assert_eq!(report.safe_contact.times, times);
        prop_assert_eq!(report.safe_contact.reach, Reach::parse(&reach).unwrap_or_default());
    }

    /// One page never changes the answers of another.
    #[test]
    fn a_page_takes_only_its_own_answers(page in any_page()) {
        let all = [("words", "new"), ("place", "new"), ("danger", "yes"), ("naming", "share"), ("times", "new"), ("setting", "car-wash")];
        let before = Report { words: "old".into(), place: "old".into(), ..Report::default() };
        let mut report = before.clone();
        absorb(page, &form(&all), &mut report);
        let (words, place) = (report.words == "new", report.place == "new");
        prop_assert_eq!(words, matches!(page, Page::Me | Page::Work | Page::Complain | Page::Words));
        prop_assert_eq!(place, matches!(page, Page::Me | Page::Work | Page::Place));
        prop_assert_eq!(report.danger.is_some(), matches!(page, Page::Me | Page::Work | Page::Danger));
        prop_assert_eq!(report.naming.is_some(), page == Page::Contact);
        prop_assert_eq!(report.setting.is_some(), matches!(page, Page::Place | Page::Work));
    }

    /// Lengths count signs, not bytes: no script is worse off.
    #[test]
    fn the_limits_are_the_same_for_every_script(sign in any::<char>().prop_filter("typed", |sign| !sign.is_control()), over in 0_usize..2) {
        let repeated = |longest: usize| sign.to_string().repeat(longest + over);
        let report = Report { words: repeated(LONGEST_TEXT), place: repeated(LONGEST_LINE), ..Report::default() };
        prop_assert_eq!(too_long(&report).len(), 2 * over);
    }

    /// Going on is never refused for what a page did not ask.
    #[test]
    fn an_untouched_page_lets_one_go_on(page in any_page()) {
        prop_assert_eq!(check(page, &Report::default(), |_| false), []);
    }

    #[test]
    fn what_is_finished_keeps_no_address_that_nobody_may_use(reach in prop::sample::select(Reach::ALL.to_vec()), address in "\\PC{1,20}") {
        let mut report = Report::default();
        report.safe_contact.reach = reach;
        report.safe_contact.address = address.clone();
        finish(&mut report, |_| true, |_| true);
        prop_assert_eq!(report.safe_contact.address == address, reach.needs_address());
    }

    /// The receipt stands in the page's own state for 15 minutes and the mailbox stays open for 30, also when a clock was
    /// set back meanwhile.
    #[test]
    fn receipt_and_mailbox_close_in_time(seconds in -10_000_i64..10_000) {
        let mut rng = StdRng::seed_from_u64(1);
        let mut draft = Draft::of(Report { path: Path::Me, ..Report::default() }, FormKey::draw(&mut rng));
        prop_assert!(draft.receipt(NOW).is_none() && draft.mailbox(NOW).is_none() && !draft.was_sent());
        let receipt = Receipt::generate(&mut rng);
        draft.mark_sent(&receipt, NOW);
        draft.open_mailbox(&Root::from_bytes([3; 32]), NOW);
        let then = NOW + Duration::seconds(seconds);
        prop_assert_eq!(draft.receipt(then).is_some(), (0..=900).contains(&seconds));
        prop_assert_eq!(draft.mailbox(then).is_some(), (0..=1800).contains(&seconds));
        prop_assert!(draft.receipt(NOW).is_some_and(|shown| shown == receipt));
        draft.close_mailbox();
        prop_assert!(draft.mailbox(NOW).is_none());
    }

    /// A state opens under the key that sealed it, today and tomorrow, and says when it is too old.
    #[test]
    fn a_state_grows_old_and_then_unknown(hours in 0_i64..120) {
        let drafts = Drafts::new(zeroize::Zeroizing::new([1; 32]));
        let mut rng = StdRng::seed_from_u64(2);
        let draft = Draft::of(Report { words: "kept".into(), ..Report::default() }, FormKey::draw(&mut rng));
        let state = drafts.seal_at(&draft, NOW, &mut rng).unwrap();
        let opened = drafts.open(Some(&state), NOW + Duration::hours(hours));
        match opened {
            State::Open(opened) => prop_assert!(hours <= 24 && opened.report.words == "kept"),
            State::Expired(opened) => prop_assert!(hours > 24 && hours < 48 && opened.report.words == "kept"),
            State::Unknown => prop_assert!(hours > 24),
            State::None => prop_assert!(false, "there was a state"),
        }
        let elsewhere = Drafts::new(zeroize::Zeroizing::new([2; 32]));
        prop_assert!(matches!(elsewhere.open(Some(&state), NOW), State::Unknown));
    }
}

/// The words in forms, in the ledger and in stored papers are the same.
#[test]
fn receivers_and_grounds_have_one_word_each() {
    for receiver in Receiver::ALL {
        assert_eq!(Receiver::parse(receiver.name()), Some(receiver));
        assert_eq!(serde_json::to_value(receiver).unwrap(), receiver.name());
    }
    for ground in Ground::ALL {
        assert_eq!(Ground::parse(ground.name()), Some(ground));
        assert_eq!(serde_json::to_value(ground).unwrap(), ground.name());
    }
    assert_eq!((Receiver::parse(""), Ground::parse("Consent")), (None, None));
}

#[test]
fn nothing_that_was_typed_stands_in_a_debug_text() {
    let mut rng = StdRng::seed_from_u64(3);
    let draft = Draft::of(Report { words: "canary".into(), ..Report::default() }, FormKey::draw(&mut rng));
    assert!(!format!("{draft:?}{:?}", form(&[("words", "canary")])).contains("canary"));
}
