//! "Spot the signs": what each reader is shown.

use plainsight_vocabulary::{Observer, ScoringSign, self_signs, setting, settings, sign, signs, signs_for, signs_for_professional, venues};

#[test]
fn every_setting_shows_eight_to_fifteen_signs_at_once_and_none_is_a_proxy() {
    for setting in settings() {
        for shown in [signs_for(setting), signs_for_professional(setting)] {
            assert!((8..=15).contains(&shown.strongest.len()), "{}: {}", setting.id, shown.strongest.len());
            assert!(shown.strongest.iter().all(|sign| sign.public_ok && !sign.proxy_risk), "{}", setting.id);
        }
    }
}

#[test]
fn a_sign_that_is_not_for_the_public_is_in_no_public_list() {
    for setting in settings() {
        assert!(signs_for(setting).iter().all(|sign| sign.public_ok && !sign.proxy_risk), "{}", setting.id);
        assert!(self_signs(Some(setting)).iter().all(|sign| sign.public_ok && sign.self_ok), "{}", setting.id);
    }
    assert!(self_signs(None).iter().all(|sign| sign.public_ok && sign.self_ok));
    assert_eq!(self_signs(None).len(), signs().iter().filter(|sign| sign.self_ok).count());
}

/// A proxy says nothing by itself: professionals find it behind "more", after every sign that has a strength.
#[test]
fn professionals_find_proxies_only_beside_and_after_other_signs() {
    for setting in settings() {
        let shown = signs_for_professional(setting);
        let after = shown.more.iter().skip_while(|sign| !sign.proxy_risk);
        assert!(after.clone().all(|sign| sign.proxy_risk), "{}: a sign after a proxy", setting.id);
    }
}

#[test]
fn the_strongest_come_first_for_every_reader() {
    for setting in settings() {
        for list in [signs_for(setting).strongest, signs_for(setting).more, signs_for_professional(setting).strongest] {
            let strengths: Vec<_> = list.iter().map(|sign| sign.for_scoring().map(|sign: ScoringSign| sign.strength())).collect();
            assert!(strengths.is_sorted(), "{}: {strengths:?}", setting.id);
        }
    }
    let strengths: Vec<_> = self_signs(None).iter().map(|sign| sign.for_scoring().unwrap().strength()).collect();
    assert!(strengths.is_sorted());
}

#[test]
fn no_setting_repeats_a_sign_and_ranks_count_from_one() {
    for setting in settings() {
        let shown: Vec<&str> = signs_for_professional(setting).iter().map(|sign| sign.id.as_str()).collect();
        for id in &shown {
            assert_eq!(shown.iter().filter(|other| other == &id).count(), 1, "{}: {id}", setting.id);
        }
        assert_eq!(setting.rank(&signs_for(setting).strongest[0].id), Some(1));
        assert_eq!(setting.rank("no-such-sign"), None);
    }
}

/// Every setting asks a self-reporter something, so nobody to whom it happens finds an empty page.
#[test]
fn somebody_to_whom_it_happens_finds_themselves_in_every_setting() {
    for setting in settings() {
        assert!(self_signs(Some(setting)).len() >= 8, "{}: {}", setting.id, self_signs(Some(setting)).len());
    }
}

#[test]
fn the_settings_that_the_public_account_names_are_there_and_somewhere_else_is_last() {
    for id in ["car-wash", "nail-bar", "building-site", "flat", "travel"] {
        assert!(setting(id).is_some(), "{id}");
    }
    assert_eq!(settings().last().unwrap().id, "other");
    assert!(setting("no-such-setting").is_none());
}

#[test]
fn every_sign_and_every_venue_has_a_setting() {
    for sign in signs() {
        assert!(settings().iter().any(|setting| setting.rank(&sign.id).is_some()), "{}", sign.id);
    }
    for venue in venues() {
        assert!(settings().iter().any(|setting| setting.venues.contains(&venue.id)), "{}", venue.id);
    }
}

/// A sign that the public cannot see and that is not asked of the person would be a row nobody can answer.
#[test]
fn somebody_can_see_every_sign() {
    for sign in signs() {
        assert!(Observer::ALL.iter().any(|observer| sign.seen_by(*observer)), "{}", sign.id);
    }
    assert!(sign("rec-minibus").unwrap().seen_by(Observer::Public));
}
