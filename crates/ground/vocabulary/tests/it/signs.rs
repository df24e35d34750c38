//! Signs: the list of the field is whole, and a sign that marks who people are can never count against them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use plainsight_vocabulary::{Category, ExploitationLetter, Observer, Scoring, Sign, Strength, exploitation_types, sign, signs, venues};
use proptest::prelude::*;
use proptest::sample::subsequence;

/// What practitioners said marks migrants, a faith or sex work by choice.
const PROXIES: [&str; 13] = [
    "beh-policefear",
    "chd-noschool",
    "ctl-ritual",
    "doc-false",
    "hlt-brand",
    "liv-curtains",
    "mon-sharedacct",
    "rec-minibus",
    "sex-callers",
    "sex-shortlet",
    "sex-words",
    "ven-nobusiness",
    "wrk-notices",
];

/// What practitioners asked to be added to the list.
const ADDED: [&str; 4] = ["rec-shelternow", "wrk-aboard", "wrk-othername", "wrk-rentsaccount"];

fn codes<T: Copy>(values: &[T], code: fn(T) -> &'static str) -> String {
    values.iter().map(|value| code(*value)).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_sign_of_the_source_list_is_there_once_as_the_list_has_it() {
    let list = include_str!("source_list.csv");
    let rows: Vec<Vec<&str>> = list.lines().skip(2).map(|row| row.split(',').collect()).collect();
    assert_eq!(rows.len(), 101);
    for row in &rows {
        let [id, category, exploitation, observers, sources] = row[..] else { panic!("{row:?}") };
        let found: Vec<&Sign> = signs().iter().filter(|sign| sign.id == id).collect();
        let [sign] = found[..] else { panic!("{id} stands {} times", found.len()) };
        assert_eq!(sign.category.code(), category, "{id}");
        let letters = codes(&sign.exploitation, ExploitationLetter::code);
        assert_eq!(if letters.is_empty() { "*" } else { &letters }, exploitation, "{id}");
        assert_eq!(codes(&sign.observers, Observer::code), observers, "{id}");
        assert_eq!(sign.sources.join(" "), sources, "{id}");
    }
    let listed: BTreeSet<&str> = rows.iter().map(|row| row[0]).collect();
    let ours: BTreeSet<&str> = signs().iter().map(|sign| sign.id.as_str()).collect();
    assert_eq!(ours.difference(&listed).copied().collect::<Vec<_>>(), ADDED, "nothing else was added");
    assert_eq!(ours.len(), signs().len(), "no sign stands twice");
}

#[test]
fn the_proxies_are_those_that_practitioners_named_and_nothing_shows_them_to_the_public() {
    let ours: BTreeSet<&str> = signs().iter().filter(|sign| sign.proxy_risk).map(|sign| sign.id.as_str()).collect();
    assert_eq!(ours, PROXIES.into_iter().collect());
    for id in PROXIES {
        let sign = sign(id).unwrap();
        assert!(!sign.alone_ok && !sign.public_ok && !sign.self_ok, "{id}");
    }
}

#[test]
fn no_proxy_can_become_a_scoring_sign_and_every_other_sign_can() {
    for sign in signs() {
        assert_eq!(sign.for_scoring().is_none(), sign.proxy_risk, "{}", sign.id);
    }
}

#[test]
fn a_sign_that_may_stand_alone_is_public_and_more_than_weak() {
    for sign in signs().iter().filter(|sign| sign.alone_ok) {
        assert!(sign.public_ok, "{}", sign.id);
        assert_ne!(sign.for_scoring().unwrap().strength(), Strength::Weak, "{}", sign.id);
    }
}

#[test]
fn a_question_to_the_person_is_asked_only_about_public_signs() {
    for sign in signs() {
        assert!(sign.public_ok || !sign.self_ok, "{}", sign.id);
        assert_eq!(sign.self_key().is_some(), sign.self_ok, "{}", sign.id);
    }
}

/// What a person cannot tell of themselves, or what only somebody else can judge. A sign leaves this list by getting words.
#[test]
fn the_signs_without_a_question_to_the_person_are_known_one_by_one() {
    let without: Vec<&str> = signs().iter().filter(|sign| !sign.self_ok && !sign.proxy_risk).map(|sign| sign.id.as_str()).collect();
    let known = [
        "wrk-norecords",
        "wrk-turnover",
        "rec-taxinum",
        "hlt-reproductive",
        "hlt-trauma",
        "mon-cards",
        "beh-withdrawn",
        "beh-inconsistent",
        "ven-cheap",
        "ven-cashonly",
        "sex-adverts",
        "sex-phones",
        "chd-noguardian",
        "chd-place",
        "chd-missing",
        "cuc-signs",
    ];
    assert_eq!(without, known);
}

#[test]
fn every_category_and_every_observer_is_in_use() {
    for category in Category::ALL {
        assert!(signs().iter().any(|sign| sign.category == *category), "{category}");
    }
    for observer in Observer::ALL {
        assert!(signs().iter().any(|sign| sign.seen_by(*observer)), "{observer}");
    }
    for letter in ExploitationLetter::ALL {
        assert!(signs().iter().any(|sign| sign.exploitation.contains(letter)), "{letter}");
        assert!(exploitation_types().iter().any(|kind| kind.letter == Some(*letter)), "{letter}");
    }
}

#[test]
fn a_sign_of_any_kind_points_to_every_kind() {
    let any = sign("ctl-threat").unwrap();
    let labour = sign("wrk-noppe").unwrap();
    for letter in ExploitationLetter::ALL {
        assert!(any.points_to(*letter));
        assert_eq!(labour.points_to(*letter), *letter == ExploitationLetter::Labour);
    }
}

/// A key without a source is a claim without one.
#[test]
fn every_source_key_is_explained_and_every_explained_key_is_used() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../docs/vocabulary.md");
    let text = fs::read_to_string(path).unwrap();
    let (_, list) = text.split_once("## Sources").unwrap();
    let explained: BTreeMap<&str, &str> = list
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "))
        .filter(|(key, _)| *key != "key")
        .collect();
    let used: BTreeSet<&str> = signs()
        .iter()
        .flat_map(|sign| &sign.sources)
        .chain(venues().iter().flat_map(|venue| &venue.sources))
        .chain(exploitation_types().iter().flat_map(|kind| &kind.sources))
        .chain(plainsight_vocabulary::contact_kinds().iter().flat_map(|kind| &kind.sources))
        .map(String::as_str)
        .collect();
    assert_eq!(explained.keys().copied().collect::<BTreeSet<_>>(), used);
    assert!(explained.values().all(|source| source.len() > 5));
}

proptest! {
    /// Whatever signs somebody marks, what may count is those of them without a proxy risk, and the counts add up.
    #[test]
    fn a_score_over_any_signs_holds_no_proxy(marked in subsequence(signs().iter().collect::<Vec<_>>(), 0..=105)) {
        let scoring = Scoring::over(marked.iter().copied());
        let counted: Vec<&str> = scoring.iter().map(|sign| sign.id()).collect();
        let expected: Vec<&str> = marked.iter().filter(|sign| !sign.proxy_risk).map(|sign| sign.id.as_str()).collect();
        prop_assert!(counted.iter().all(|id| !PROXIES.contains(id)));
        prop_assert_eq!(&counted, &expected);
        let sum: usize = Strength::ALL.iter().map(|strength| scoring.count(*strength)).sum();
        prop_assert_eq!(sum, counted.len());
    }

    /// Even a sign that somebody changed in code, with any flags, does not count when it has a proxy risk; and taking the
    /// mark away does not give a strength to a sign that has none.
    #[test]
    fn a_changed_sign_with_a_proxy_risk_does_not_count(at in 0..signs().len(), alone in any::<bool>(), public in any::<bool>()) {
        let mut changed = signs()[at].clone();
        (changed.proxy_risk, changed.alone_ok, changed.public_ok) = (true, alone, public);
        prop_assert!(changed.for_scoring().is_none());
        changed.proxy_risk = false;
        prop_assert_eq!(changed.for_scoring().is_some(), !signs()[at].proxy_risk);
    }
}
