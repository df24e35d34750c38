//! Codes are stored and exchanged: they do not change, and tables and program agree.

use std::collections::BTreeSet;

use plainsight_vocabulary::{
    Anonymity, Answer, CaseKind, Channel, ConsentLevel, Cost, ExploitationLetter, FactName, LanguagesKind, Means, Promise, Proximity,
    RouteKind, Strength, TaskingRule, Urgency, contact_kinds, exploitation_type, exploitation_types, venue, venues,
};

macro_rules! round_trip {
    ($($name:ty),+ $(,)?) => { $(
        for value in <$name>::ALL {
            assert_eq!(<$name>::from_code(value.code()), Some(*value));
            assert_eq!(value.to_string(), value.code());
        }
        let codes: BTreeSet<&str> = <$name>::ALL.iter().map(|value| value.code()).collect();
        assert_eq!(codes.len(), <$name>::ALL.len(), "{} has a code twice", stringify!($name));
        assert_eq!(<$name>::from_code(""), None);
        assert_eq!(<$name>::from_code("NO-SUCH-CODE"), None);
    )+ };
}

#[test]
fn a_code_reads_back_as_the_value_it_was_written_for() {
    round_trip!(
        Anonymity,
        Answer,
        CaseKind,
        Channel,
        ConsentLevel,
        Cost,
        ExploitationLetter,
        FactName,
        LanguagesKind,
        Means,
        Promise,
        Proximity,
        RouteKind,
        Strength,
        TaskingRule,
        Urgency,
    );
}

#[test]
fn the_table_of_contact_codes_holds_every_code_of_the_program() {
    let of = |list: &str| -> Vec<&str> { contact_kinds().iter().filter(|kind| kind.list == list).map(|kind| kind.id.as_str()).collect() };
    assert_eq!(of("proximity"), Proximity::ALL.iter().map(|value| value.code()).collect::<Vec<_>>());
    assert_eq!(of("arrived"), Channel::ALL.iter().map(|value| value.code()).collect::<Vec<_>>());
    assert_eq!(of("case-kind"), CaseKind::ALL.iter().map(|value| value.code()).collect::<Vec<_>>());
    assert_eq!(of("consent"), ConsentLevel::ALL.iter().map(|value| value.code()).collect::<Vec<_>>());
    assert!(contact_kinds().iter().all(|kind| !kind.sources.is_empty()));
}

/// Field values of the referral form and column names of the open data standards, as those publish them.
#[test]
fn kinds_of_exploitation_carry_only_codes_that_the_standards_have() {
    const NRM: [&str; 10] = [
        "forced-to-work",
        "wages-taken",
        "forced-to-commit-fraud",
        "prostitution",
        "child-exploitation",
        "taken-somewhere",
        "forced-to-commit-crime",
        "organs-removed",
        "unpaid-household-work",
        "other",
    ];
    const CTDC: [&str; 9] = [
        "isForcedLabour",
        "isSexualExploit",
        "isOtherExploit",
        "isForcedMarriage",
        "isForcedMilitary",
        "isOrganRemoval",
        "typeOfLabourBegging",
        "typeOfLabourDomesticWork",
        "typeOfLabourIllicitActivities",
    ];
    for kind in exploitation_types() {
        assert!(!kind.sources.is_empty(), "{}", kind.id);
        assert!(kind.nrm.iter().all(|code| NRM.contains(&code.as_str())), "{}: {:?}", kind.id, kind.nrm);
        let ctdc = |code: &String| CTDC.contains(&code.as_str()) || code == "typeOfSexRemoteInteractiveServices";
        assert!(kind.ctdc.iter().all(ctdc), "{}: {:?}", kind.id, kind.ctdc);
        if let Some(parent) = &kind.parent {
            let parent = exploitation_type(parent).unwrap();
            assert!(parent.parent.is_none() && parent.letter == kind.letter, "{}", kind.id);
        }
    }
    let used: BTreeSet<&str> = exploitation_types().iter().flat_map(|kind| &kind.nrm).map(String::as_str).collect();
    assert_eq!(used, NRM.into_iter().collect(), "every field of the referral form can be filled");
    assert!(exploitation_type("no-such-kind").is_none());
}

/// "Not known" and "labour abuse" are on no form: an export leaves them out instead of guessing.
#[test]
fn what_no_standard_has_is_left_blank() {
    for id in ["not-known", "labour-abuse"] {
        let kind = exploitation_type(id).unwrap();
        assert!(kind.nrm.is_empty() && kind.htcds.is_empty() && kind.ctdc.is_empty(), "{id}");
    }
}

#[test]
fn the_places_of_the_public_account_are_kinds_of_venue() {
    for id in [
        "hand-car-wash",
        "nail-beauty-bar",
        "construction-site",
        "brothel-flat",
        "homeless-service",
        "place-of-worship",
        "airport",
        "other",
    ] {
        assert!(venue(id).is_some(), "{id}");
    }
    assert!(venues().iter().all(|venue| !venue.sources.is_empty()));
}

#[test]
fn only_an_anonymous_reporter_is_never_named() {
    for level in ConsentLevel::ALL {
        assert_eq!(level.may_name_reporter(), *level != ConsentLevel::Anonymous);
    }
}
