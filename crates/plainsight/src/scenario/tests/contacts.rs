//! The contacts keep to the base rates, to time, and to what a reporter allowed.

use std::collections::{BTreeMap, BTreeSet};

use plainsight_vocabulary::{Answer, ConsentLevel};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

use crate::scenario::{DeskAct, InventedContact, ReportPath, SafeContact, Scenario, Seen, generate};

const UNTIL: OffsetDateTime = datetime!(2026-11-24 09:00 UTC);
const MANY: usize = 5_000;

fn world() -> Scenario {
    Scenario::load("westmere").unwrap()
}

fn share(contacts: &[&InventedContact], of: impl Fn(&InventedContact) -> bool) -> f64 {
    contacts.iter().filter(|contact| of(contact)).count() as f64 / contacts.len() as f64
}

/// A share of `count` draws lies within four standard errors, and never asks for more than half a point in a hundred.
fn assert_near(what: &str, found: f64, expected: f64, count: usize) {
    let tolerance = (4.0 * (expected * (1.0 - expected) / count as f64).sqrt()).max(0.005);
    assert!((found - expected).abs() <= tolerance, "{what}: {found:.4}, expected {expected:.4} within {tolerance:.4} of {count}");
}

#[test]
fn the_same_seed_gives_the_same_contacts_and_another_gives_others() {
    let world = world();
    let first = generate(&world, 1, 300, UNTIL);
    assert_eq!(first, generate(&world, 1, 300, UNTIL));
    assert_ne!(first, generate(&world, 2, 300, UNTIL));
    assert_eq!(first.len(), 300);
    assert_eq!(generate(&world, 1, 0, UNTIL), []);
}

#[test]
fn contacts_come_in_order_within_the_last_sixty_days() {
    let world = world();
    let contacts = generate(&world, 3, MANY, UNTIL);
    assert_eq!(contacts.len(), MANY);
    for (index, contact) in contacts.iter().enumerate() {
        assert_eq!(contact.number, index);
        assert!(contact.filed_at <= UNTIL && contact.filed_at >= UNTIL - Duration::days(60), "{}", contact.filed_at);
    }
    assert!(contacts.windows(2).all(|pair| pair[0].filed_at <= pair[1].filed_at));
    let days: BTreeSet<_> = contacts.iter().map(|contact| contact.filed_at.date()).collect();
    assert!(days.len() >= 60, "{} days", days.len());
}

#[test]
fn car_washes_have_the_published_base_rates() {
    let world = world();
    let contacts = generate(&world, 4, 20_000, UNTIL);
    let washes: Vec<_> =
        contacts.iter().filter(|contact| contact.place.venue.as_deref() == Some("hand-car-wash") && !contact.signs.is_empty()).collect();
    assert!(washes.len() > 1_500, "{}", washes.len());
    for (sign, rate) in [("ven-cashonly", 0.80), ("wrk-noppe", 0.48), ("beh-fear", 0.17), ("liv-atwork", 0.14), ("chd-work", 0.08)] {
        let found = share(&washes, |contact| contact.signs.iter().any(|(id, seen)| id == sign && *seen == Seen::Yes));
        assert_near(sign, found, rate, washes.len());
    }
}

#[test]
fn self_reports_danger_and_the_dominance_of_car_washes_and_beauty() {
    let world = world();
    let contacts = generate(&world, 5, MANY, UNTIL);
    let all: Vec<_> = contacts.iter().collect();
    assert_near("self-reports", share(&all, |contact| contact.path == ReportPath::Me), 0.10, MANY);
    assert_near("danger", share(&all, |contact| contact.danger), 0.03, MANY);
    let placed: Vec<_> = contacts.iter().filter(|contact| contact.path == ReportPath::Noticed && contact.place.venue.is_some()).collect();
    let dominant = share(&placed, |contact| matches!(contact.place.venue.as_deref(), Some("hand-car-wash" | "nail-beauty-bar")));
    // Some voices only fit some kinds of place, so this one is a band: at least two in five, at most half.
    assert!((0.40..0.50).contains(&dominant), "{dominant}");
}

#[test]
fn many_languages_and_scripts_are_written_already_in_the_small_demo() {
    let contacts = generate(&world(), 1, 300, UNTIL);
    let languages: BTreeSet<&str> = contacts.iter().map(|contact| contact.language.as_str()).collect();
    assert!(languages.len() >= 10, "{languages:?}");
    assert!(languages.contains("ro") && languages.contains("en"));
    let english = contacts.iter().filter(|contact| contact.language == "en").count();
    assert!((180..270).contains(&english), "{english} of 300 in English");
    let romanian: Vec<_> = contacts.iter().filter(|contact| contact.language == "ro" && contact.own_words.len() > 60).collect();
    let marked = |contact: &&&InventedContact| contact.own_words.contains(['ă', 'ș', 'ț', 'î', 'â']);
    assert!(romanian.iter().any(|contact| marked(&contact)), "Romanian with marks");
    assert!(romanian.iter().any(|contact| !marked(&contact)), "Romanian without marks");
}

#[test]
fn bulgarian_is_written_in_both_scripts_and_tagged_so() {
    let contacts = generate(&world(), 6, MANY, UNTIL);
    for contact in contacts.iter().filter(|contact| contact.language.starts_with("bg")) {
        let cyrillic = contact.own_words.chars().any(|letter| ('а'..='я').contains(&letter));
        assert_eq!(cyrillic, contact.language == "bg" && !contact.own_words.is_empty(), "{}", contact.own_words);
    }
    let tags: BTreeSet<_> = contacts.iter().map(|contact| contact.language.as_str()).filter(|tag| tag.starts_with("bg")).collect();
    assert_eq!(tags, BTreeSet::from(["bg", "bg-Latn"]));
}

#[test]
fn hundreds_of_contacts_read_differently() {
    for (count, least) in [(300, 0.94), (MANY, 0.85)] {
        let contacts = generate(&world(), 1, count, UNTIL);
        let words: Vec<&str> = contacts.iter().map(|contact| contact.own_words.as_str()).filter(|words| !words.is_empty()).collect();
        let different: BTreeSet<&str> = words.iter().copied().collect();
        let share = different.len() as f64 / words.len() as f64;
        assert!(share >= least, "{share:.3} of {count} differ");
    }
}

#[test]
fn nobody_who_is_anonymous_has_a_name_and_nobody_out_of_reach_comes_back() {
    for contact in generate(&world(), 8, MANY, UNTIL) {
        if contact.identity == ConsentLevel::Anonymous {
            assert_eq!(contact.name, None);
        }
        if contact.safe_contact == SafeContact::None {
            assert_eq!(contact.later_messages, []);
            assert!(!contact.desk_story.steps.iter().any(|step| matches!(step.act, DeskAct::Reply(_) | DeskAct::Ask(_))));
        }
        for message in &contact.later_messages {
            assert!(contact.filed_at + message.after <= UNTIL && !message.text.is_empty());
        }
        if let SafeContact::Channels(channels) = &contact.safe_contact {
            assert!(channels.iter().all(|channel| channel.from < channel.to && !channel.days.is_empty()) && !channels.is_empty());
        }
    }
}

#[test]
fn signs_are_asked_only_of_those_who_noticed_and_words_say_no_more_than_the_answers() {
    let world = world();
    for contact in generate(&world, 9, MANY, UNTIL) {
        if contact.path == ReportPath::Me {
            assert_eq!(contact.signs, []);
        }
        let ids: BTreeSet<&str> = contact.signs.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(ids.len(), contact.signs.len(), "a sign is answered twice");
        let Some(language) = world.language(&contact.language).filter(|_| !contact.signs.is_empty()) else { continue };
        let yes = |sign: &str| contact.signs.iter().any(|(id, seen)| id == sign && *seen == Seen::Yes);
        // Sentences without slots and typing slips can be looked up as they are.
        for (way, sign) in language.say.iter().flat_map(|(key, ways)| ways.iter().map(|way| (way, key.split('/').next().unwrap()))) {
            if way.contains('{') || !contact.own_words.contains(way.as_str()) {
                continue;
            }
            // The same sentence may stand for a sign in general and at one kind of place, never for two signs.
            assert!(yes(sign), "{sign} is said but not answered: {}", contact.own_words);
        }
    }
}

#[test]
fn a_young_person_is_a_child_on_the_path_and_a_child_at_work_is_seen() {
    let contacts = generate(&world(), 10, MANY, UNTIL);
    let young: Vec<_> = contacts.iter().filter(|contact| contact.truth.voice == "young").collect();
    assert!(!young.is_empty());
    for contact in young {
        assert!(matches!(contact.child, Some(Answer::Yes | Answer::NotSure)));
    }
    for contact in contacts.iter().filter(|contact| contact.signs.iter().any(|(id, seen)| id == "chd-work" && *seen == Seen::Yes)) {
        assert!(matches!(contact.child, Some(Answer::Yes | Answer::NotSure)), "{}", contact.own_words);
    }
}

#[test]
fn the_same_place_is_spelled_in_several_ways_and_some_write_again() {
    let contacts = generate(&world(), 1, 300, UNTIL);
    let mut spellings: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for contact in contacts.iter().filter(|contact| !contact.place.words.is_empty()) {
        if let Some(premises) = contact.truth.premises.as_deref() {
            spellings.entry(premises).or_default().insert(&contact.place.words);
        }
    }
    assert!(spellings.values().filter(|ways| ways.len() >= 4).count() >= 5, "{spellings:#?}");
    let again: Vec<_> = contacts.iter().filter(|contact| contact.truth.repeats.is_some()).collect();
    assert!(again.len() >= 4, "{}", again.len());
    for contact in again {
        let earlier = &contacts[contact.truth.repeats.unwrap()];
        assert!(earlier.number < contact.number);
        assert_eq!((&earlier.truth.premises, earlier.identity), (&contact.truth.premises, contact.identity));
        assert_eq!(earlier.safe_contact, contact.safe_contact, "the same person has the same safe contact");
    }
}

#[test]
fn the_desk_acts_in_order_and_never_in_the_future() {
    let world = world();
    for contact in generate(&world, 11, MANY, UNTIL) {
        let steps = &contact.desk_story.steps;
        assert!(steps.windows(2).all(|pair| pair[0].after <= pair[1].after), "{steps:?}");
        if let Some(first) = steps.first() {
            assert_eq!(first.act, DeskAct::Opened);
        }
        for step in steps {
            assert!(contact.filed_at + step.after <= UNTIL);
            let member = world.organisation.member(&step.by).expect("a member");
            assert!(member.has_role("helpline", "adviser"), "{} has no key to do this", step.by);
        }
    }
}

#[test]
fn danger_is_told_by_telephone_within_half_an_hour_at_any_hour_and_reviewed_by_another() {
    let contacts = generate(&world(), 12, MANY, UNTIL - Duration::days(3));
    let danger: Vec<_> = contacts.iter().filter(|contact| contact.danger && contact.filed_at < UNTIL - Duration::days(5)).collect();
    assert!(danger.len() > 80);
    for contact in danger {
        let steps = &contact.desk_story.steps;
        let told = steps.iter().find(|step| matches!(step.act, DeskAct::UrgentReferral { .. })).expect("an urgent referral");
        assert!(told.after <= Duration::minutes(30));
        let reviewed = steps.iter().find(|step| step.act == DeskAct::UrgentReviewed).expect("a review");
        assert_ne!(told.by, reviewed.by);
        assert!(reviewed.after - told.after <= Duration::hours(24));
    }
}

#[test]
fn no_adviser_asks_a_reporter_to_find_out_more() {
    let world = world();
    let desk = &world.desk;
    let texts = [&desk.asks, &desk.replies_me, &desk.replies_noticed, &desk.replies_other];
    for text in texts.into_iter().flat_map(|by| by.values().flatten()) {
        let hits = plainsight_vocabulary::tasking_phrases(text);
        assert!(hits.is_empty(), "{text}: {hits:?}");
    }
}

#[test]
fn a_moment_before_the_first_contact_of_the_year_or_in_a_clock_change_is_no_trouble() {
    let world = world();
    for until in [datetime!(2026-03-29 01:30 UTC), datetime!(2026-10-25 00:30 UTC), datetime!(2028-02-29 23:59:59.9 UTC)] {
        let contacts = generate(&world, 13, 500, until);
        assert!(contacts.iter().all(|contact| contact.filed_at <= until && contact.filed_at >= until - Duration::days(61)));
    }
}
