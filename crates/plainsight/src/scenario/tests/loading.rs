//! A scenario is whole, fits together, and says what is wrong with it when it is not.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use time::Weekday;
use time::macros::date;

use crate::scenario::{EMBEDDED, INVENTED, Scenario, ScenarioError};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/westmere")
}

fn files_under(folder: &Path, base: &Path, into: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_under(&path, base, into);
        } else {
            into.insert(path.strip_prefix(base).unwrap().to_string_lossy().replace('\\', "/"));
        }
    }
}

/// A copy of the scenario with one file changed.
fn with_change(file: &str, from: &str, to: &str) -> Result<Scenario, ScenarioError> {
    let copy = tempfile::tempdir().unwrap();
    fs::create_dir(copy.path().join("texts")).unwrap();
    for (name, text) in EMBEDDED[0].1 {
        let text = if *name == file { text.replacen(from, to, 1) } else { (*text).to_owned() };
        fs::write(copy.path().join(name), text).unwrap();
    }
    Scenario::load(copy.path().to_str().unwrap())
}

#[test]
fn the_program_holds_every_file_of_the_folder() {
    let mut on_disk = BTreeSet::new();
    files_under(&folder(), &folder(), &mut on_disk);
    let embedded: BTreeSet<String> = EMBEDDED[0].1.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(on_disk, embedded);
}

#[test]
fn a_folder_gives_the_same_world_as_the_built_in_name() {
    let built_in = Scenario::load("westmere").unwrap();
    let from_folder = Scenario::load(folder().to_str().unwrap()).unwrap();
    assert_eq!(built_in.places, from_folder.places);
    assert_eq!(built_in.languages, from_folder.languages);
    assert_eq!(built_in.organisation, from_folder.organisation);
    assert_eq!(built_in.rates, from_folder.rates);
}

#[test]
fn the_borough_is_as_large_as_promised() {
    let world = Scenario::load("westmere").unwrap();
    assert!(world.places.streets.len() >= 60, "{} streets", world.places.streets.len());
    assert!(world.places.premises.len() >= 85, "{} premises", world.places.premises.len());
    let sentences: usize = world.languages.iter().map(|language| language.sentences().count()).sum();
    assert!(sentences >= 400, "{sentences} sentences");
    assert_eq!(world.banner("en"), INVENTED);
    assert_eq!(world.banner("vi"), INVENTED, "a language without a banner shows the English one");
    assert_ne!(world.banner("ro"), INVENTED);
}

#[test]
fn kinds_signs_and_routes_are_those_of_the_vocabulary() {
    let world = Scenario::load("westmere").unwrap();
    for kind in &world.places.kinds {
        assert!(plainsight_vocabulary::venues().iter().any(|venue| venue.id == kind.venue), "venue {}", kind.venue);
        if let Some(setting) = &kind.setting {
            let setting = plainsight_vocabulary::settings().iter().find(|known| known.id == *setting).expect(setting);
            let belongs = setting.venues.contains(&kind.venue);
            assert!(belongs, "the setting {} does not have the venue {}", setting.id, kind.venue);
        }
    }
    let said = world.languages.iter().flat_map(|language| language.say.keys().map(|key| key.split('/').next().unwrap()));
    let told = world.languages.iter().flat_map(|language| language.texts.iter().flat_map(|text| text.signs.iter().map(String::as_str)));
    for id in world.rates.signs.values().flat_map(|shares| shares.keys().map(String::as_str)).chain(said).chain(told) {
        let sign = plainsight_vocabulary::signs().iter().find(|sign| sign.id == id).expect(id);
        assert!(sign.public_ok && !sign.proxy_risk, "{id} is not for the public");
    }
}

#[test]
fn the_operators_route_facts_fit_what_is_shipped_and_are_dated_to_the_demo() {
    let world = Scenario::load("westmere").unwrap();
    let routes = world.routes(date!(2031 - 02 - 03));
    assert!(routes.contains("on = 2031-02-03") && routes.contains("review_by = 2031-08-03"), "{routes}");
    assert!(!routes.contains(&world.operator.confirmed.on));
    let facts = plainsight_vocabulary::OperatorFacts::parse("routes.toml", &routes).unwrap();
    let made = facts.apply(plainsight_vocabulary::jurisdictions()).unwrap();
    let england = made.iter().find(|one| one.id == world.jurisdiction).unwrap();
    let own = england.route("westmere-helpline").expect("the operator's own route");
    assert!(own.own);
    assert!(england.desk_hours.is_some());
    let promised = facts.promises().on(date!(2031 - 02 - 03));
    assert!(promised.contains(&plainsight_vocabulary::Promise::NoEmployer));
    assert!(!promised.contains(&plainsight_vocabulary::Promise::NoImmigration), "not theirs to give");
}

#[test]
fn the_rota_covers_every_minute_of_the_week() {
    let world = Scenario::load("westmere").unwrap();
    let slots = world.organisation.slots().unwrap();
    for day in
        [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday, Weekday::Saturday, Weekday::Sunday]
    {
        for minute in 0..1440 {
            let there = slots.iter().any(|slot| slot.day == day && (slot.from..slot.to).contains(&minute) && slot.duty != "second on call");
            assert!(there, "nobody is there on {day} at minute {minute}");
        }
    }
}

#[test]
fn administrator_and_auditor_hold_no_key_and_no_member_works_for_both_sides() {
    let world = Scenario::load("westmere").unwrap();
    let administrators: Vec<_> = world.organisation.members.iter().filter(|member| member.has_role("people", "administrator")).collect();
    assert_eq!(administrators.len(), 1);
    for member in administrators {
        assert!(member.teams.is_empty() && member.roles.len() == 1);
    }
    let auditors: Vec<_> = world.organisation.members.iter().filter(|member| member.has_role("people", "auditor")).collect();
    assert_eq!(auditors.len(), 1);
    for member in auditors {
        assert!(member.teams.is_empty() && member.roles.len() == 1);
    }
    let enforcement = |zone: &str| ["intelligence", "operations"].contains(&zone);
    assert!(!world.organisation.members.iter().any(|member| member.roles.iter().any(|role| enforcement(&role.zone))));
}

#[test]
fn what_is_wrong_is_named_with_its_file() {
    let message = Scenario::load("eastmere").unwrap_err().to_string();
    assert!(message.contains("eastmere") && message.contains("westmere"), "{message}");
    let cases = [
        ("rates.toml", "me = 0.10", "mee = 0.10", "mee"),
        ("premises.csv", "Alder Row,WM91 1CC", "Adler Row,WM91 1CC", "Adler Row"),
        ("premises.csv", "alder-row-hand-car-wash,hand-car-wash", "alder-row-hand-car-wash,hand-carwash", "hand-carwash"),
        ("texts/ro.toml", "{price} lire.", "{pricee} lire.", "pricee"),
        ("organisation.toml", "from = \"08:00\"", "from = \"8 o'clock\"", "8 o'clock"),
        ("organisation.toml", "members = [\"ioana\", \"linh\"]", "members = [\"iona\", \"linh\"]", "iona"),
        ("vehicles.csv", "van,alder-row-hand-car-wash", "van,nowhere", "nowhere"),
        ("scenario.toml", "Europe/London", "Europe/Westmere", "Europe/Westmere"),
    ];
    for (file, from, to, named) in cases {
        let message = with_change(file, from, to).expect_err(named).to_string();
        assert!(message.contains(file) && message.contains(named), "{file}: {message}");
    }
    let nothing = tempfile::tempdir().unwrap();
    let message = Scenario::load(nothing.path().to_str().unwrap()).unwrap_err().to_string();
    assert!(message.contains("scenario.toml"), "{message}");
}
